"""Splits a text file of several releases at separators, only where both sides are surely releases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from archive.extract import Line, split_lines
from archive.extract.dates import read_dateline
from archive.extract.structure import is_boilerplate_line
from archive.readers.encoding import decode_as

# An end mark belongs to the release before it; a ruled line or a form feed belongs to none.
_SEPARATOR = re.compile(
    rb"^[ \t]*(?P<end>#(?:[ \t]?#){2,5}|-{1,2} ?30 ?-{1,2})[ \t]*\r?$|^[ \t]*(?:={5,}|\*{5,}|-{5,}|_{5,})[ \t]*\r?$|\f",
    re.MULTILINE,
)
_SEPARATOR_STARTS = {
    b"#": (b"##", b"# #", b"#\t#"),
    b"-": (b"-30", b"- 30", b"-----"),
    b"=": (b"=====",),
    b"*": (b"*****",),
    b"_": (b"_____",),
    b"\f": (b"\f",),
}
"""Every separator has one of these; keyed by first byte, which is found fastest.

A text without any is not searched by the pattern.
"""

_RELEASED = re.compile(r"\W{0,5}(?:for\s+immediate\s+release|(?:press|news|media)\s+release\b.{0,40}$)", re.IGNORECASE)
_MAX_SEPARATORS = 10_000
"""A file with more separators is a table or a drawing, and is not split."""

_HEAD_BYTES = 3_000
_HEAD_LINES = 12
_MIN_RELEASE_BYTES = 250
"""Characters of the shortest text that is surely a release and no cover, contents or contacts."""

_LATEST_YEAR = 2100


def split_releases(content: bytes, encoding: str) -> Iterator[tuple[int, int]]:
    """The slices of a file's bytes that are releases; the whole file where it is not surely several."""
    if encoding.startswith(("utf-16", "utf-32")) or not _may_have_separators(content):
        yield 0, len(content)
        return
    found = list(islice(_SEPARATOR.finditer(content), _MAX_SEPARATORS + 1))
    start = 0
    edges = [match.end() for match in found] + [len(content)]
    for match, following in zip(found, edges[1:], strict=True) if len(found) <= _MAX_SEPARATORS else ():
        after = content[match.end() : following]
        if _is_release(after, encoding) and _is_release(content[start : match.start()], encoding):
            yield start, match.end() if match["end"] else match.start()
            start = match.end()
    yield start, len(content)


def _may_have_separators(content: bytes) -> bool:
    return any(
        first in content and any(sign in content for sign in signs) for first, signs in _SEPARATOR_STARTS.items()
    )


def headline(text: str) -> str:
    """The first line of a release that is no boilerplate: the key of a part."""
    lines = split_lines(text, _HEAD_LINES)
    return next((line.text for line in lines if not is_boilerplate_line(line.text)), lines[0].text if lines else "")


def _is_release(content: bytes, encoding: str) -> bool:
    """Whether a text begins as releases do and is long enough for one."""
    if len(content) < _MIN_RELEASE_BYTES:
        return False
    text = decode_as(content[:_HEAD_BYTES], encoding).text
    lines = split_lines(text, _HEAD_LINES)
    if any(_RELEASED.match(line.text) for line in lines[:5]):
        return True
    return any(_opens_story(text, line) for line in lines[1:]) and not lines[0].text[:1].islower()


def _opens_story(text: str, line: Line) -> bool:
    """Whether a line below a headline opens a story with its place; a date alone may be a letter's."""
    dateline = read_dateline(text, line, _LATEST_YEAR)
    return bool(dateline and dateline.has_dash and dateline.start == line.start)
