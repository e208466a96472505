"""Two texts as one row of pieces: what stayed, what was changed, and where marks and spaces alone differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from indexer.comparison.matching_runs import MatchingRun, matching_runs
from indexer.comparison.words import Word, split_words


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    CHANGED = "changed"  # words were removed, added or replaced
    MARKS = "marks"  # the words are equal; what stands between or within them is not


class Piece(NamedTuple):
    """A piece of two texts: what stands in the old and in the new one ("" for nothing), and how many words each is."""

    kind: PieceKind
    old: str
    new: str
    old_words: int = 0
    new_words: int = 0


class _Side(NamedTuple):
    """A text with its words."""

    text: str
    words: Sequence[Word]

    def end_of(self, word: int) -> int:
        """Where a word ends; of the one before the first, the beginning of the text."""
        return self.words[word].end if word >= 0 else 0

    def start_of(self, word: int) -> int:
        """Where a word starts; of the one after the last, the end of the text."""
        return self.words[word].start if word < len(self.words) else len(self.text)


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two texts. Joined, their `old` parts give the old text, and their `new` parts the new one."""
    if old == new:
        return (Piece(PieceKind.SAME, old, new, *[len(split_words(old))] * 2),) if old else ()
    one, other = _Side(old, split_words(old)), _Side(new, split_words(new))
    runs = matching_runs([word.key for word in one.words], [word.key for word in other.words])
    return tuple(_merge(_pieces(one, other, runs)))


def without_marks(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces with marks as in the new text where they alone differ: what stayed and what was changed, in turn."""
    for is_change, group in groupby(pieces, key=lambda each: each.kind is PieceKind.CHANGED):
        if is_change:
            yield from group
            continue
        texts, words = [], 0
        for piece in group:
            texts.append(piece.new)
            words += piece.new_words
        yield Piece(PieceKind.SAME, "".join(texts), "".join(texts), words, words)


def _pieces(old: _Side, new: _Side, runs: list[MatchingRun]) -> Iterator[Piece]:
    i = j = 0
    for run in [*runs, MatchingRun(len(old.words), len(new.words), 0)]:
        yield from _between(old, new, (i, run.old), (j, run.new))
        if run.length:
            yield from _matching(old, new, run)
        i, j = run.old + run.length, run.new + run.length


def _matching(old: _Side, new: _Side, run: MatchingRun) -> Iterator[Piece]:
    """The pieces of words that are in both texts: one where they are written alike, else those of its two halves."""
    i, j, length = run
    written = (
        old.text[old.words[i].start : old.words[i + length - 1].end],
        new.text[new.words[j].start : new.words[j + length - 1].end],
    )
    if written[0] == written[1]:
        yield Piece(PieceKind.SAME, *written, length, length)
    elif length == 1:
        yield Piece(PieceKind.MARKS, *written, 1, 1)
    else:
        half = length // 2
        yield from _matching(old, new, MatchingRun(i, j, half))
        yield from _between(old, new, (i + half, i + half), (j + half, j + half))
        yield from _matching(old, new, MatchingRun(i + half, j + half, length - half))


def _between(old: _Side, new: _Side, gone: tuple[int, int], come: tuple[int, int]) -> Iterator[Piece]:
    """The pieces between two matches, where the words `gone` of the old text (a range) and `come` of the new one stand.

    What is equal at both ends, marks and spaces, stayed.
    """
    one = old.text[old.end_of(gone[0] - 1) : old.start_of(gone[1])]
    other = new.text[new.end_of(come[0] - 1) : new.start_of(come[1])]
    # No further than the first word, and behind the last: words that differ may begin and end with the same letters.
    heads = _margins(old, gone, len(one)), _margins(new, come, len(other))
    head = _count_equal(one[: heads[0][0]], other[: heads[1][0]])
    tails = one[max(head, heads[0][1]) :], other[max(head, heads[1][1]) :]
    tail = _count_equal(tails[0][::-1], tails[1][::-1])
    yield Piece(PieceKind.SAME, one[:head], one[:head])
    changed = one[head : len(one) - tail], other[head : len(other) - tail]
    counts = gone[1] - gone[0], come[1] - come[0]
    yield Piece(PieceKind.CHANGED if any(counts) else PieceKind.MARKS, *changed, *counts)
    yield Piece(PieceKind.SAME, one[len(one) - tail :], one[len(one) - tail :])


def _count_equal(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _margins(side: _Side, words: tuple[int, int], length: int) -> tuple[int, int]:
    """Within the text around some words: where the first begins, and where the last ends; all of it without words."""
    if words[0] == words[1]:
        return length, 0
    start = side.end_of(words[0] - 1)
    return side.words[words[0]].start - start, side.words[words[1] - 1].end - start


def _merge(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces without empty ones, neighbours of one kind as one."""
    gathered: list[Piece] = []
    for piece in pieces:
        if not (piece.old or piece.new):
            continue
        if gathered and gathered[-1].kind is not piece.kind:
            yield _joined(gathered)
            gathered = []
        gathered.append(piece)
    if gathered:
        yield _joined(gathered)


def _joined(pieces: list[Piece]) -> Piece:
    return Piece(
        pieces[0].kind,
        "".join(each.old for each in pieces),
        "".join(each.new for each in pieces),
        sum(each.old_words for each in pieces),
        sum(each.new_words for each in pieces),
    )
