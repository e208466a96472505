"""All names of a field in one state of an index: sorted, folded and labelled once, whatever part is asked for then."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from archive.ids import slug
from indexer.query import NameField
from indexer.results import FacetValue
from indexer.search.names.alphabet import OTHER, fold_label, letter_of, sort_key
from indexer.search.names.selection import NameRequest, NameSelection, ValueCount, filter_words, sorted_letters

MAX_SELECTIONS = 64
"""Parts of the whole list that are kept: the letters in both orders."""


class NameDirectory:
    """The names of a field with their counts over all releases, as given: commonest first. Thread-safe."""

    def __init__(self, name: NameField, values: Sequence[FacetValue]) -> None:
        self.values = tuple(values)
        self._counts = [(each.value, each.count) for each in values]
        self._labels = {each.value: each.label for each in values}
        keys = sorted((sort_key(name, each.label), each.value) for each in values)
        self._ranks = {value: rank for rank, (_, value) in enumerate(keys)}
        self._letters = {value: letter_of(key) for key, value in keys}
        folded = [fold_label(each.label).replace("\n", " ") for each in values]
        self._folded = "\n".join(folded)
        self._starts = [0, *accumulate(len(each) + 1 for each in folded)]
        self._selections: OrderedDict[NameRequest, NameSelection] = OrderedDict()

    def choose(self, request: NameRequest) -> NameSelection:
        """A part of all names, with their counts over all releases."""
        if (found := self._selections.get(request)) is None:
            found = self.choose_among(self._counts, request)
            if not request.filter:
                self._selections[request] = found
                while len(self._selections) > MAX_SELECTIONS:
                    self._selections.popitem(last=False)
        return found

    def choose_among(self, counts: Sequence[ValueCount], request: NameRequest) -> NameSelection:
        """A part of some names, given as values with their counts, commonest first."""
        unnamed = next((count for value, count in counts if not value), 0)
        kept, once = _cut_once(counts) if request.repeated else (counts, 0)
        if words := filter_words(request.filter):
            matching = set.intersection(*map(self._find, words))
            kept = [each for each in kept if each[0] in matching]
        kept = [each for each in kept if each[0]]
        letter_by_value, rank = self._letters, self._ranks
        letters = sorted_letters({letter_by_value.get(value, OTHER) for value, _ in kept})
        letter = request.letter if request.letter in letters else ""
        if letter:
            kept = [each for each in kept if letter_by_value.get(each[0], OTHER) == letter]
        order = "az" if letter or request.order == "az" else "count"
        if order == "az":
            kept.sort(key=lambda each: rank.get(each[0], len(rank)))
        return NameSelection(kept, self._labels, order, letter, letters, once, unnamed)

    def having_slug(self, wanted: str) -> Sequence[FacetValue]:
        """The names whose label has this slug, commonest first: of sources and places that differ in marks alone."""
        return self._by_slug.get(wanted, ())

    def count(self, value: str) -> int:
        """How many releases have a value."""
        return self._by_value.get(value, 0)

    def _find(self, word: str) -> set[str]:
        """The values whose label has a folded word, or part of one, in it."""
        found, at = set(), self._folded.find(word)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            found.add(self._counts[row][0])
            at = self._folded.find(word, self._starts[row + 1])
        return found

    @cached_property
    def _by_slug(self) -> dict[str, list[FacetValue]]:
        found: dict[str, list[FacetValue]] = {}
        for each in self.values:
            if each.value:
                found.setdefault(slug(each.label), []).append(each)
        return found

    @cached_property
    def _by_value(self) -> dict[str, int]:
        return dict(self._counts)


def _cut_once(counts: Sequence[ValueCount]) -> tuple[Sequence[ValueCount], int]:
    """The values, commonest first, that stand in two or more releases, and how many more stand in one.

    All of them where none stands in two.
    """
    end = bisect_right(counts, -2, key=lambda each: -each[1])
    if not any(value for value, _ in counts[:end]):
        return counts, 0
    return counts[:end], len(counts) - end - any(not value for value, _ in counts[end:])
