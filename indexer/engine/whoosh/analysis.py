"""Our tokenizer as Whoosh analyzers, so that stock Whoosh indexes and queries the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer

from indexer.engine.arrays.segments import is_pair, pair
from indexer.language import tokenizer

NAME_GAP = 100
"""Positions between one name and the next in a field of names, so that no phrase spans two."""


class KeyAnalyzer(Analyzer):
    """Yields the keys of a text; Whoosh pickles it by class and `kind`, so both names are part of the format."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeyAnalyzer) and other.kind == self.kind

    def __hash__(self) -> int:
        return hash(self.kind)

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **_: Any
    ) -> Iterator[Token]:
        """The tokens of `value` in the protocol of whoosh.analysis: one Token object, filled anew each time."""
        token = Token(positions, chars, removestops=False, mode=mode)
        token.boost = 1.0
        for position, key, start, end in _KINDS[self.kind](value):
            token.text = key
            token.pos, token.startchar, token.endchar = position, start, end
            yield token


def _verbatim(value: str) -> Iterator[tuple[int, str, int, int]]:
    for position, (key, start, end) in enumerate(zip(*tokenizer.tokenize(value), strict=True)):
        yield position, key, start, end


def _loose(value: str) -> Iterator[tuple[int, str, int, int]]:
    for position, key, start, end in _verbatim(value):
        yield position, tokenizer.stem(key), start, end


def _pairs(value: str) -> Iterator[tuple[int, str, int, int]]:
    """Neighbours that are both common words, as one token where the first stands."""
    for (position, left, start, _), (_, right, _, end) in pairwise(_verbatim(value)):
        if is_pair(left, right):
            yield position, pair(left, right), start, end


def _names(value: str) -> Iterator[tuple[int, str, int, int]]:
    """The folded keys of names, one name a line."""
    at = 0
    for number, line in enumerate(value.split("\n")):
        for position, key, start, end in _verbatim(line):
            yield number * NAME_GAP + position, tokenizer.fold_accents(key), at + start, at + end
        at += len(line) + 1


@lru_cache(maxsize=50_000)
def folded(name: str) -> tuple[str, ...]:
    """The keys of a name's words without accents, as _names yields them."""
    return tuple(map(tokenizer.fold_accents, tokenizer.exact_terms(name)))


def _lines(value: str) -> Iterator[tuple[int, str, int, int]]:
    """Each line whole, as it is: exact keys."""
    at = 0
    for position, line in enumerate(value.split("\n")):
        yield position, line, at, at + len(line)
        at += len(line) + 1


_KINDS: dict[str, Callable[[str], Iterator[tuple[int, str, int, int]]]] = {
    "verbatim": _verbatim,
    "loose": _loose,
    "pairs": _pairs,
    "names": _names,
    "lines": _lines,
}
