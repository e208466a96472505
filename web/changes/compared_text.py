"""A comparison as a page shows it: changes in their sentences, long unchanged passages folded, marks apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.comparison import Piece, PieceKind, without_marks

FOLDED_WORDS = 120
"""An unchanged passage of more words is folded, but for its ends."""

SHOWN_WORDS = 40
"""Words at each end of a folded passage that stay in sight."""

MAX_MARKS = 200
"""Changes of marks alone that are listed; the rest are counted."""

_CONTEXT_CHARS = 30
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a compared text: `old` and `new` differ in a change; `folded` says how many words it keeps back."""

    old: str
    new: str
    is_change: bool = False
    folded: int = 0


@dataclass(frozen=True, slots=True)
class MarkChange:
    """A place where marks and spaces alone differ: what stands around it, and what stood and stands there, in words."""

    before: str
    old: str
    new: str
    after: str


def make_segments(pieces: Sequence[Piece]) -> list[Segment]:
    """The segments of a text; marks that alone differ are shown as they are in the new one."""
    row = list(without_marks(pieces))
    return [each for at, piece in enumerate(row) for each in _segments(piece, at == 0, at == len(row) - 1)]


def _segments(piece: Piece, is_first: bool, is_last: bool) -> Iterator[Segment]:
    if piece.kind is PieceKind.CHANGED:
        yield Segment(piece.old, piece.new, is_change=True)
        return
    words = [match.span() for match in _WORD.finditer(piece.new)]
    head, tail = (0 if is_first else SHOWN_WORDS), (0 if is_last else SHOWN_WORDS)
    if len(words) <= FOLDED_WORDS or (is_first and is_last):
        yield Segment(piece.new, piece.new)
        return
    start = words[head][0] if head else 0
    end = words[len(words) - tail][0] if tail else len(piece.new)
    parts = piece.new[:start], piece.new[start:end], piece.new[end:]
    for text, folded in zip(parts, (0, len(words) - head - tail, 0), strict=True):
        if text:
            yield Segment(text, text, folded=folded)


def list_mark_changes(pieces: Sequence[Piece]) -> list[MarkChange]:
    """The places of a text where marks alone differ, in order; at most MAX_MARKS."""
    found = []
    for at, piece in enumerate(pieces):
        if piece.kind is PieceKind.MARKS:
            before = pieces[at - 1].new[-_CONTEXT_CHARS:] if at else ""
            after = pieces[at + 1].new[:_CONTEXT_CHARS] if at + 1 < len(pieces) else ""
            found.append(MarkChange(before, _in_words(piece.old), _in_words(piece.new), after))
            if len(found) == MAX_MARKS:
                break
    return found


def _in_words(marks: str) -> str:
    """Marks as they are; nothing and spaces by name, since nobody sees them."""
    if marks.strip():
        return marks
    if "\n" in marks:
        return "new paragraph" if marks.count("\n") > 1 else "new line"
    return {"": "nothing", " ": "space", "\u00a0": "no-break space"}.get(marks, "other spaces")
