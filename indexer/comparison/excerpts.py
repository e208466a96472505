"""The first changes of a text, each with a few words around it: what a list of changes shows of an edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.comparison.pieces import Piece, PieceKind, without_marks
from indexer.comparison.words import split_words

CONTEXT_WORDS = 8
"""Words shown before and after a change."""

MAX_CHARS = 600
"""Characters shown at most of what was removed, and of what is new, in one change."""

Excerpt = tuple[Piece, ...]
"""Changes close to each other, with the words around them. Where marks alone differ, it has those of the new text."""


def first_changes(pieces: Sequence[Piece], limit: int) -> list[Excerpt]:
    """The first changes of words, at most so many; those with few words between them stand in one excerpt."""
    excerpts: list[list[Piece]] = []
    current: list[Piece] = []
    for piece in _up_to_change(pieces, limit):
        if piece.kind is PieceKind.CHANGED:
            current.append(_shortened(piece))
        elif not current:
            current = [_last_words(piece)]
        elif piece.new_words <= 2 * CONTEXT_WORDS:
            current.append(piece)
        else:
            excerpts.append([*current, _first_words(piece)])
            current = [_last_words(piece)]
    return [tuple(each) for each in (*excerpts, current) if any(p.kind is PieceKind.CHANGED for p in each)]


def _up_to_change(pieces: Sequence[Piece], limit: int) -> Iterator[Piece]:
    """The pieces that show so many changes, and what stands after the last of them."""
    shown = 0
    for piece in without_marks(pieces):
        if piece.kind is PieceKind.CHANGED and (shown := shown + 1) > limit:
            return
        yield piece


def _first_words(piece: Piece) -> Piece:
    words = split_words(piece.new)
    return piece if len(words) <= CONTEXT_WORDS else _same(f"{piece.new[: words[CONTEXT_WORDS - 1].end]} …")


def _last_words(piece: Piece) -> Piece:
    words = split_words(piece.new)
    return piece if len(words) <= CONTEXT_WORDS else _same(f"… {piece.new[words[-CONTEXT_WORDS].start :]}")


def _same(text: str) -> Piece:
    return Piece(PieceKind.SAME, text, text, CONTEXT_WORDS, CONTEXT_WORDS)


def _shortened(piece: Piece) -> Piece:
    """A change of many words without those that are not shown; the counts stay those of all."""
    old, new = (text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]} …" for text in (piece.old, piece.new))
    return piece._replace(old=old, new=new)
