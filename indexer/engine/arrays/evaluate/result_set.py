"""The results of one query: the matches in order, and their facets, each computed when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.evaluator import Evaluator
from indexer.engine.arrays.evaluate.matches import Proximity
from indexer.engine.arrays.evaluate.quotations import ArrayQuotationSet, count_speakers
from indexer.engine.arrays.files import raises_index_damaged
from indexer.engine.protocol import Unit
from indexer.kernels import Documents, Floats, Numbers
from indexer.query import NameField, Order, Query, searches_history

MIN_CANDIDATES = 20
"""The fewest hits whose full scores are computed to find the least score of a page."""

_DIVISOR = {"month": 100, "day": 1}


class ArrayResultSet:
    """The results of one query: only document numbers and scores, a few bytes a hit."""

    @raises_index_damaged
    def __init__(self, folder: Path, evaluator: Evaluator, query: Query) -> None:
        self._folder = folder
        self._evaluator, self._query = evaluator, query
        self._columns = evaluator.columns
        self._matches = evaluator.evaluate(query.clause)
        self._hits = evaluator.newest_matches(evaluator.apply_filters(self._matches.documents, query.filters))

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""
        return len(self._hits)

    @raises_index_damaged
    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on."""
        indices, scores = (some[offset:] for some in self._top(offset + limit))
        ids = self._columns.ids[self._hits[indices]].tolist()
        return [(release.decode(), score) for release, score in zip(ids, scores.tolist(), strict=True)]

    @raises_index_damaged
    def position(self, release_id: str) -> int | None:
        """The rank of a release among the hits: the number of those before it."""
        index = self._index(release_id)
        if index is None:
            return None
        before, equal = np.zeros(self.total, bool), np.ones(self.total, bool)
        date, rank = self._columns.date[self._hits], self._columns.rank[self._hits]
        for key in (-self._sort_keys, -date, rank):
            before |= equal & (key < key[index])
            equal &= key == key[index]
        return int(np.count_nonzero(before))

    @raises_index_damaged
    def other_versions(self, release_ids: Sequence[str]) -> Mapping[str, int]:
        """The number of the version that matched, of those that are not the current version of a live release."""
        columns, found = self._columns, dict[str, int]()
        if not searches_history(self._query.clause):
            return found
        if len(release_ids) == self.total:  # of all hits: not one by one
            others = self._hits[~columns.current[self._hits] | columns.withdrawn[self._hits]]
            ids, numbers = columns.ids[others].tolist(), columns.number[others].tolist()
            return {release.decode(): number for release, number in zip(ids, numbers, strict=True)}
        for release_id in release_ids:
            if (index := self._index(release_id)) is not None:
                document = self._hits[index]
                if not columns.current[document] or columns.withdrawn[document]:
                    found[release_id] = int(columns.number[document])
        return found

    def _index(self, release_id: str) -> int | None:
        """The index of a release among the hits, or None."""
        common = kernels.intersect(self._hits, self._columns.numbers(release_id))
        return int(np.searchsorted(self._hits, common[0])) if len(common) else None

    @raises_index_damaged
    def facet(self, name: NameField, limit: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches with their counts, and how many values there are."""
        documents = self._hits
        if self._query.filters.choice(name).any_of:
            documents = self._evaluator.apply_filters(self._matches.documents, self._query.filters, but=name)
            documents = self._evaluator.newest_matches(documents)
        return self._columns.names(name).counts(documents, limit)

    @raises_index_damaged
    def speakers(self, limit: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """Who says the quotations that the query is about, with the number of releases, and how many they are."""
        return count_speakers(self._evaluator.quotations.quotations, self._quotation_numbers, limit)

    @raises_index_damaged
    def quotations(self) -> ArrayQuotationSet:
        """The quotations of the matches that the query is about, grouped by their words."""
        quotations = self._evaluator.quotations.quotations
        documents = quotations.documents[self._quotation_numbers]
        distinct, which = np.unique(documents, return_inverse=True)
        is_ranked = self._query.order is Order.RELEVANCE
        scores = self._matches.scores(distinct) if is_ranked else np.zeros(len(distinct))
        return ArrayQuotationSet(self._columns, quotations, self._quotation_numbers, scores[which], self._query.order)

    @cached_property
    def _quotation_numbers(self) -> Documents:
        matcher = self._evaluator.quotations
        numbers = matcher.find_all(self._query.clause, lambda each: self._evaluator.evaluate(each).documents)
        is_hit = np.zeros(self._columns.count, bool)
        is_hit[self._hits] = True
        return numbers[is_hit[matcher.quotations.documents[numbers]]]

    @raises_index_damaged
    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The matches by year, month or day."""
        if unit == "year":
            counts, _ = kernels.facet_counts(self._hits, None, self._columns.year, 10_000)
            pairs = [(int(period), int(counts[period])) for period in np.flatnonzero(counts)]
        else:
            dates = self._columns.date[self._hits] // _DIVISOR[unit]
            periods, numbers = np.unique(dates, return_counts=True)
            pairs = list(zip(periods.tolist(), numbers.tolist(), strict=True))
        return sorted((_period(period, unit), count) for period, count in pairs)

    def _top(self, count: int) -> tuple[Numbers, Floats]:
        """The indices of the first `count` hits in the order of the query, and their scores."""
        if self._query.order is not Order.RELEVANCE:
            indices = self._top_k(self._sort_keys, self._hits, count)
            order = np.argsort(indices)
            scores = np.empty(len(indices))
            scores[order] = self._matches.scores(self._hits[indices[order]])
            return indices, scores
        if self._matches.proximity is None:
            indices = self._top_k(self._clause_scores, self._hits, count)
            return indices, self._clause_scores[indices]
        candidates, scores = self._candidates(count, self._matches.proximity)
        indices = self._top_k(scores, self._hits[candidates], count)
        return candidates[indices], scores[indices]

    def _candidates(self, count: int, proximity: Proximity) -> tuple[Numbers, Floats]:
        """The indices of all hits that can be among the first `count`, ascending, and their scores.

        The full scores of the hits that are best without the bonus are a threshold; a hit that is below it by more
        than the largest bonus that it may have is pruned.
        """
        first = np.sort(self._top_k(self._clause_scores, self._hits, max(MIN_CANDIDATES, 2 * count)))
        scores = self._clause_scores[first] + proximity.bonus(self._hits[first])
        if len(first) == self.total:
            return first, scores
        threshold = np.partition(scores, -count)[-count] if count else np.inf
        candidates = np.flatnonzero(self._clause_scores >= threshold - proximity.limit)
        limits = proximity.limits(self._hits[candidates])
        candidates = candidates[self._clause_scores[candidates] >= threshold - limits]
        return candidates, self._clause_scores[candidates] + proximity.bonus(self._hits[candidates])

    def _top_k(self, keys: Floats, documents: Documents, count: int) -> Numbers:
        """The indices of the first `count` documents by key, largest first; then by date, the later first, and id."""
        return kernels.top_k(keys, documents, self._columns.date, self._columns.rank, count)

    @cached_property
    def _clause_scores(self) -> Floats:
        return self._matches.clause_scores(self._hits)

    @cached_property
    def _sort_keys(self) -> Floats:
        """The first sort key of each hit, descending; ties are broken by the later date, then by id."""
        match self._query.order:
            case Order.RELEVANCE:
                return self._matches.scores(self._hits)
            case Order.NEWEST:
                return self._columns.date[self._hits].astype(np.float64)
            case Order.OLDEST:  # those without a date last, here as well
                date = self._columns.date[self._hits].astype(np.float64)
                return np.where(date == 0, -np.inf, -date)
            case Order.ADDED:
                return self._columns.added[self._hits].astype(np.float64)


def _period(number: int, unit: Unit) -> str:
    """A number yyyy, yyyymm or yyyymmdd as a date; parts that are 0 at its end are unknown and left out."""
    text = {"year": f"{number:04}", "month": f"{number:06}", "day": f"{number:08}"}[unit]
    parts = [text[:4], text[4:6], text[6:]]
    return "-".join(part for part in parts if part.strip("0"))
