"""Normalises text for records: NFC, LF line ends, no NULs, lone surrogates or control characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from archive.characters import collapse_spaces, needs_no_cleaning
from archive.line_breaks import close_cut_words
from archive.readers.chunks import map_chunks

_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_UNWANTED = [*range(9), *range(14, 28), 31, *range(127, 133), *range(134, 160), 0xFEFF]
_CONTROLS = {**dict.fromkeys(map(ord, _BREAKS), "\n"), **dict.fromkeys(_UNWANTED, "")}
_TO_CLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_WIDE_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"
_MANY_BLANK_LINES = re.compile("\n{4,}")
_MAX_CACHED_CHARS = 300  # longer texts hardly repeat
_NOT_LETTERS = re.compile(r"[\W_]+")
_NOT_ASCII_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}


def clean(text: str) -> str:
    """Give `text` in NFC, without characters that no reader of it could see or store."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if needs_no_cleaning(text) else map_chunks(_clean_chunk, text)


def _clean_chunk(text: str) -> str:
    if text.isascii():
        return text.translate(_CONTROLS)  # fast for ASCII only
    found = _TO_CLEAN.search(text)
    while found:  # few distinct ones, however many in all
        text = text.replace(found[0], _CONTROLS.get(ord(found[0]), "\ufffd"))  # not in the table: a lone surrogate
        found = _TO_CLEAN.search(text, found.start())
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Clean `text`, join words cut at its line ends, and make every run of white space in it one space."""
    return collapse_spaces(close_cut_words(clean(text)))


def is_nothing(text: str, words: frozenset[str]) -> bool:
    """Whether a text is one of a few words of four letters at most, in any case, that programs write for nothing."""
    text = text.strip()
    return len(text) <= 4 and text.casefold() in words


def tidy(text: str) -> str:
    """Clean `text` and its white space, but keep its lines: where they break may be all its layout.

    Tabs and the wide blanks become spaces, blanks at line ends go, and no more than two lines
    stay empty in a row.
    """
    text = map_chunks(_normalise_chunk_spaces, clean(text)).rstrip(" ")
    if "\n\n\n\n" in text:
        text = _MANY_BLANK_LINES.sub("\n\n\n", text)
    return text.strip("\n")


def _normalise_chunk_spaces(text: str) -> str:
    """One kind of space, and none at line ends; trailing ones are left to the caller."""
    text = normalise_spaces(text)
    if " \n" in text:
        *lines, last = text.split("\n")
        text = "\n".join([line.rstrip(" ") for line in lines] + [last])
    return text


def normalise_spaces(text: str) -> str:
    """Tabs and the wide blanks as spaces."""
    text = text.replace("\t", " ")
    if not text.isascii():
        for blank in _WIDE_BLANKS:
            text = text.replace(blank, " ")
    return text


def comparison_key(text: str) -> str:
    """Only the letters and digits of `text`, case folded: equal for two lines that say the same."""
    return _cached_comparison_key(text) if len(text) <= _MAX_CACHED_CHARS else _make_comparison_key(text)


def _make_comparison_key(text: str) -> str:
    found = text.translate(_NOT_ASCII_LETTERS) if text.isascii() else _NOT_LETTERS.sub("", text)
    return found.casefold()


_cached_comparison_key = lru_cache(maxsize=1024)(_make_comparison_key)  # pages repeat their title, sites their headings


def split_words(text: str) -> tuple[str, ...]:
    """The words of a text: long tables are easier to read and change as running text."""
    return tuple(text.split())
