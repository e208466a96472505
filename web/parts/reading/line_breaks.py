"""Which line ends of a plain text end a paragraph though no blank line follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from web.parts.reading.line_shapes import MAX_WIDTH, MIN_WIDTH, is_full, is_list, is_table

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,3}$")


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
    texts = [line.text for line in lines]
    if len(lines) == 1 or is_table(texts) or is_list(texts):
        return lambda line, following: False
    width = max(map(len, texts))
    if width > MAX_WIDTH:
        return lambda line, following: max(len(line.text), len(following.text)) > MAX_WIDTH
    if width < MIN_WIDTH or sum(is_full(*pair, width) for pair in pairwise(texts)) * 2 < len(lines):
        return lambda line, following: False
    return lambda line, following: (
        _indent(following) > _indent(line) + 1
        or (not is_full(line.text, following.text, width) and bool(_SENTENCE_END.search(line.text)))
    )


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())
