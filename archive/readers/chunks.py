"""Processes a giant text in chunks, so that it takes little more memory than the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

CHUNK_CHARS = 1_000_000
"""Characters of a chunk, or a few more; a shorter text is one chunk."""

# A letter before which a text may be cut in the middle of a line: it is none that NFC joins to the one before it, and
# no blank, so that blanks at the end of a line stay together.
_MAY_BEGIN_CHUNK = re.compile("[!-~\xa1-\u02ff]")


def split_chunks(text: str) -> Iterator[str]:
    """The chunks of a text, cut after a line end where one is near; together they are the text."""
    at = 0
    while len(text) - at > CHUNK_CHARS:
        end = text.find("\n", at + CHUNK_CHARS, at + 2 * CHUNK_CHARS) + 1
        if not end:
            found = _MAY_BEGIN_CHUNK.search(text, at + CHUNK_CHARS)
            end = found.start() if found else len(text)
        yield text[at:end]
        at = end
    yield text[at:] if at else text


def map_chunks(work: Callable[[str], str], text: str) -> str:
    """Apply `work` to each chunk and join the results; `text` itself where nothing changes."""
    if len(text) <= CHUNK_CHARS:
        return work(text)
    kept: list[str] = []
    same = 0
    for chunk in split_chunks(text):
        done = work(chunk)
        if not kept and done == chunk:
            same += len(chunk)
        else:
            kept.append(done)
    return "".join([text[:same], *kept]) if kept else text
