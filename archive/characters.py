"""Fast checks and counts of the characters of a text, and white space collapsed."""

from __future__ import annotations

import re

_CHUNK_CHARS = 100_000

# Nothing here is a control or a lone surrogate, and NFC changes none of it nor joins it to what stands before.
_PLAIN_ASCII = bytes([*b"\t\n\r", *range(ord(" "), ord("~") + 1)])
_MAY_NEED_CLEANING = re.compile("[^\t\n\r -~\xa0-\u02ff\u2010-\u2027\u2030-\u205e]")


def needs_no_cleaning(text: str) -> bool:
    """Whether no character of a text can need cleaning (see `readers.normalise.clean`); true of most texts."""
    if text.isascii():
        return not text.encode("ascii").translate(None, _PLAIN_ASCII)  # faster than the pattern
    return not _MAY_NEED_CLEANING.search(text)


def count_characters(text: str, characters: str) -> int:
    """How many characters of a text are one of these, none of which is given twice."""
    return sum(map(text.count, characters))


def collapse_spaces(text: str) -> str:
    """The words of a text with one space between two."""
    return " ".join(text.split()) if len(text) <= _CHUNK_CHARS else _collapse_chunks(text)


def _collapse_chunks(text: str) -> str:
    """The same chunk by chunk, which bounds the memory: a list of all words of a giant text is far larger than it."""
    chunks, at = [], 0
    while at < len(text):
        end = text.find(" ", at + _CHUNK_CHARS) % (len(text) + 1)  # without one the rest of it
        chunks.append(" ".join(text[at:end].split()))
        at = end
    return " ".join(filter(None, chunks))
