"""The tokenizer as Whoosh analyzers, so that stock Whoosh indexes and queries the same terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer

from indexer.engine.arrays.segments import bigram_term, is_common_bigram
from indexer.language import fold_accents, name_terms, stems, tokenizer

NAME_GAP = 100
"""The position increment from one name to the next in a field of names, so that no phrase spans two."""


class KeyAnalyzer(Analyzer):
    """Yields the terms of a text; Whoosh pickles it by class and `kind`, so both names are part of the format."""

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
        for position, key, start, end in _ANALYZERS[self.kind](value):
            token.text = key
            token.pos, token.startchar, token.endchar = position, start, end
            yield token


def _exact(value: str) -> Iterator[tuple[int, str, int, int]]:
    for position, (key, start, end) in enumerate(zip(*tokenizer.tokenize(value), strict=True)):
        yield position, key, start, end


def _stemmed(value: str) -> Iterator[tuple[int, str, int, int]]:
    for position, key, start, end in _exact(value):
        for stemmed in stems(key):
            yield position, stemmed, start, end


def _bigrams(value: str) -> Iterator[tuple[int, str, int, int]]:
    """Common bigrams, as one token at the position of the first word."""
    for (position, left, start, _), (_, right, _, end) in pairwise(_exact(value)):
        if is_common_bigram(left, right):
            yield position, bigram_term(left, right), start, end


def _names(value: str) -> Iterator[tuple[int, str, int, int]]:
    """The terms of names without accents, one name a line."""
    at = 0
    for number, line in enumerate(value.split("\n")):
        for position, key, start, end in _exact(line):
            yield number * NAME_GAP + position, fold_accents(key), at + start, at + end
        at += len(line) + 1


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> tuple[str, ...]:
    """The terms of a name without accents, as _names yields them."""
    return name_terms(name)


def _lines(value: str) -> Iterator[tuple[int, str, int, int]]:
    """Each line as one term."""
    at = 0
    for position, line in enumerate(value.split("\n")):
        yield position, line, at, at + len(line)
        at += len(line) + 1


_ANALYZERS: dict[str, Callable[[str], Iterator[tuple[int, str, int, int]]]] = {
    "verbatim": _exact,
    "loose": _stemmed,
    "pairs": _bigrams,
    "names": _names,
    "lines": _lines,
}
