"""A part of a list of names: those in two or more releases or all, of one letter, with some letters in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.results import FacetValue
from indexer.search.names.alphabet import OTHER, fold_label

ValueCount = tuple[str, int]
"""A value of a field, and the number of releases that have it."""


@dataclass(frozen=True, slots=True)
class NameRequest:
    """Which names are asked for, and in which order: by `count` or `az`.

    With `repeated` only those in two or more releases; `filter` is what every name must have in it, word by word,
    whatever its case and accents.
    """

    order: str = "count"
    letter: str = ""
    filter: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class NameSelection:
    """The names asked for, in order, and what there is beside them.

    `letter` is "" where none of `letters` was asked for; `once` counts the names left out because they stand in one
    release only, `unnamed` the releases that have no name.
    """

    counts: Sequence[ValueCount]
    labels: Mapping[str, str]
    order: str
    letter: str
    letters: tuple[str, ...]
    once: int
    unnamed: int

    @property
    def total(self) -> int:
        """How many names there are."""
        return len(self.counts)

    def page(self, offset: int, limit: int) -> tuple[FacetValue, ...]:
        """The names from `offset` on, at most so many."""
        shown = self.counts[offset : offset + limit]
        return tuple(FacetValue(value, self.labels.get(value, value), count) for value, count in shown)


def sorted_letters(letters: Iterable[str]) -> tuple[str, ...]:
    """Each letter once, A to Z, then the rest of all names."""
    found = set(letters)
    return (*sorted(found - {OTHER}), *([OTHER] if OTHER in found else ()))


def filter_words(text: str) -> list[str]:
    """The words of a filter, folded as names are."""
    return fold_label(text).split()
