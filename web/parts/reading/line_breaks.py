"""Which line ends of a plain text end a paragraph though no blank line follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_COLUMNS = re.compile(r"\S(?:[ ]{3,}|\t+)\S")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,3}$")

MIN_WIDTH, MAX_WIDTH, RAGGED = 45, 110, 8
"""Text wrapped by hand has lines of 45 to 110 characters, its right edge ragged by some 8."""


class Line(NamedTuple):
    """A line of a body by its offsets, and its text without the space behind it."""

    start: int
    end: int
    text: str


def split_stretch(body: str, start: int, end: int, apart: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """The paragraphs of a stretch of a body that no blank line divides.

    It is divided where lines are too long to be wrapped ones, where wrapped lines are indented or end early behind a
    sentence, and where those begin or end that are set apart (`apart` are the beginnings of their words).
    """
    lines = list(_lines(body, start, end))
    ends = _paragraph_ends(lines)
    first = start
    for line, following in pairwise(lines):
        if ends(line, following) or (_first_word(line) in apart) != (_first_word(following) in apart):
            yield first, line.end
            first = following.start
    yield first, end


def _lines(body: str, start: int, end: int) -> Iterator[Line]:
    at = start
    for text in body[start:end].split("\n"):
        yield Line(at, at + len(text), text.rstrip())
        at += len(text) + 1


def _first_word(line: Line) -> int:
    return line.start + len(line.text) - len(line.text.lstrip())


def _paragraph_ends(lines: Sequence[Line]) -> Callable[[Line, Line], bool]:
    """What tells whether a paragraph ends between two of these lines."""
    is_table = sum(bool(_COLUMNS.search(line.text.strip())) for line in lines) * 2 > len(lines)
    if len(lines) == 1 or is_table or sum(bool(_BULLET.match(line.text)) for line in lines) > 1:
        return lambda line, following: False
    width = max(len(line.text) for line in lines)
    if width > MAX_WIDTH:
        return lambda line, following: max(len(line.text), len(following.text)) > MAX_WIDTH
    if width < MIN_WIDTH or sum(_is_full(*pair, width) for pair in pairwise(lines)) * 2 < len(lines):
        return lambda line, following: False
    return lambda line, following: (
        _indent(following) > _indent(line) + 1
        or (not _is_full(line, following, width) and bool(_SENTENCE_END.search(line.text)))
    )


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Whether the next word would not have fitted into a line."""
    return len(line.text) + len((following.text.split() or [""])[0]) >= width - RAGGED


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())
