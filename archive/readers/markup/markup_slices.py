"""Slices the bytes of XML or SGML by elements of given names, however broken the markup is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Slice(NamedTuple):
    """The bytes of one element, and whether its end tag is missing."""

    original: bytes
    is_cut: bool


def element_slices(content: bytes, *names: str) -> Iterator[Slice]:
    """Give the elements of these names (any prefix, any case) in order; none of them may hold another.

    Tags in CDATA sections and comments do not count. An element whose end tag is missing ends where
    the next one begins, or with the file.
    """
    start = -1
    for begin, end, opens in _tags(content, "|".join(map(re.escape, names)).encode()):
        if start >= 0:
            yield Slice(content[start : begin if opens else end], opens)
        start = begin if opens else -1
    if start >= 0:
        yield Slice(content[start:], True)


def _tags(content: bytes, names: bytes) -> Iterator[tuple[int, int, bool]]:
    """Begin, end and kind of each tag of these names; opening tags that are empty elements do not count."""
    token = re.compile(
        rb"<!\[CDATA\[|<!--|<(?:[\w.-]+:)?(?:" + names + rb")(?=[\s>])[^<>]*>|</(?:[\w.-]+:)?(?:" + names + rb")\s*>",
        re.IGNORECASE,
    )
    unclosed: set[bytes] = set()
    found = token.search(content)
    while found:
        at, word = found.end(), found[0]
        if word in _ENDS:
            closed = -1 if word in unclosed else content.find(_ENDS[word], at)
            if closed < 0:
                unclosed.add(word)  # remembered, or a file of such openings would be searched to its end for each
            else:
                at = closed + len(_ENDS[word])
        elif not word.endswith(b"/>"):
            yield found.start(), at, not word.startswith(b"</")
        found = token.search(content, at)


_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
