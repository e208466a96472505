"""A body cut into paragraphs, each with its marks and the layout that suits its lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from indexer.results import Span
from web.parts.reading.line_breaks import split_stretch
from web.parts.reading.line_shapes import MAX_WIDTH, MIN_WIDTH, is_full, is_list, is_table

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


class Layout(StrEnum):
    """How a paragraph's lines are shown."""

    FLOW = "flow"  # wrapped by hand: the line ends mean nothing
    LINES = "lines"  # an address, a list, a poem: they do
    TABLE = "table"  # columns made with blanks
    CAPTION = "caption"  # the words below a picture


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a paragraph. A match over two paragraphs is two stretches with one number."""

    start: int
    end: int
    number: int
    first: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a body: `text` equals the body from `start` on; `is_apart` where it is not of the story."""

    text: str
    start: int
    layout: Layout
    marks: tuple[Mark, ...] = ()
    is_apart: bool = False

    @property
    def classes(self) -> str:
        """How the style sheet knows it."""
        layout = "" if self.layout is Layout.FLOW else self.layout.value
        return f"{layout} {'apart' if self.is_apart else ''}".strip()


def split_paragraphs(
    body: str,
    spans: Sequence[Span] = (),
    numbered_from: int = 1,
    captions: Collection[int] = (),
    apart: Collection[int] = (),
) -> list[Paragraph]:
    """The paragraphs of a body; the spans become marks numbered from `numbered_from` on, `captions` begin there.

    `apart` are the beginnings of lines that are not of the story; a paragraph that begins with one is set apart.
    """
    found, at = [], 0
    for start, end in _paragraph_spans(body, apart):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        marks = tuple(_marks(spans, at, start, end, numbered_from))
        text = body[start:end]
        first = start + len(text) - len(text.lstrip())
        shown = Layout.CAPTION if start in captions else layout(text)
        found.append(Paragraph(text, start, shown, marks, first in apart))
    return found


def title_marks(spans: Sequence[Span]) -> list[Mark]:
    """The marks of a headline, which are the first."""
    return [Mark(start, end, number) for number, (start, end) in enumerate(spans, 1)]


def _paragraph_spans(body: str, apart: Collection[int]) -> Iterator[tuple[int, int]]:
    for start, end in _stretches(body):
        yield from split_stretch(body, start, end, apart)


def _stretches(body: str) -> Iterator[tuple[int, int]]:
    edges = [0, *(edge for blank in _BLANK_LINES.finditer(body) for edge in blank.span()), len(body)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if body[start:end].strip():
            yield start, end


def _marks(spans: Sequence[Span], at: int, start: int, end: int, numbered_from: int) -> Iterator[Mark]:
    while at < len(spans) and spans[at].start < end:
        span = spans[at]
        piece = max(span.start, start) - start, min(span.end, end) - start
        yield Mark(*piece, number=at + numbered_from, first=span.start >= start)
        at += 1


def layout(text: str) -> Layout:
    """How the lines of a paragraph should be shown, judged by their lengths."""
    lines = text.strip("\n").split("\n")
    if len(lines) == 1:
        return Layout.FLOW
    if is_table(lines):
        return Layout.TABLE
    if is_list(lines):
        return Layout.LINES
    return Layout.FLOW if _wrapped_by_hand(lines) else Layout.LINES


def _wrapped_by_hand(lines: list[str]) -> bool:
    """Whether each line ends where the next word would not have fitted."""
    lines = [line.rstrip() for line in lines]
    width = max(len(line) for line in lines)
    return MIN_WIDTH <= width <= MAX_WIDTH and all(is_full(*pair, width) for pair in pairwise(lines))
