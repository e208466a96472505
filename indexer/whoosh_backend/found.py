"""The answer to one query: what matched, in order, and its facets, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.backend import Unit
from indexer.query import Name, Order, Query
from indexer.whoosh_backend.evaluator import Evaluator
from indexer.whoosh_backend.packing import Numbers
from indexer.whoosh_backend.scoring import Floats

_DIVISOR = {"year": 10000, "month": 100, "day": 1}


class WhooshFound:
    """Holds only document numbers and scores: a few bytes a hit."""

    def __init__(self, evaluator: Evaluator, query: Query) -> None:
        self._evaluator, self._query = evaluator, query
        self._columns = evaluator.columns
        self._matches = evaluator.evaluate(query.clause)
        self._hits = self._matches.documents
        if query.filters:
            self._hits = evaluator.filtered(self._hits, query.filters)

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""
        return len(self._hits)

    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on."""
        places = self._best(offset + limit)[offset:]
        documents = self._hits[places]
        scores = self._matches.scores(np.sort(documents))[np.argsort(np.argsort(documents))]
        ids = self._columns.ids[documents].tolist()
        return [(release.decode(), score) for release, score in zip(ids, scores.tolist(), strict=True)]

    def position(self, release_id: str) -> int | None:
        """Where a release stands among the hits: the number of those before it."""
        number = self._columns.number(release_id)
        place = int(np.searchsorted(self._hits, number)) if number is not None else self.total
        if place >= self.total or self._hits[place] != number:
            return None
        before, equal = np.zeros(self.total, bool), np.ones(self.total, bool)
        for key in self._keys(np.arange(self.total)):
            before |= equal & (key < key[place])
            equal &= key == key[place]
        return int(np.count_nonzero(before))

    def facet(self, name: Name, most: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches, counted, and how many values there are."""
        documents = self._hits
        if self._query.filters.choice(name).any_of:
            documents = self._evaluator.filtered(self._matches.documents, self._query.filters, but=name)
        return self._columns.names(name).counts(documents, most)

    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The matches by year, month or day."""
        dates = self._columns.date[self._hits] // _DIVISOR[unit]
        if unit == "year":
            counts = np.bincount(dates)
            pairs = [(int(period), int(counts[period])) for period in np.flatnonzero(counts)]
        else:
            periods, numbers = np.unique(dates, return_counts=True)
            pairs = list(zip(periods.tolist(), numbers.tolist(), strict=True))
        return sorted((_period(period, unit), count) for period, count in pairs)

    @cached_property
    def _scores(self) -> Floats:
        return self._matches.scores(self._hits)

    def _best(self, count: int) -> Numbers:
        """The places of the first `count` hits in the order asked for; only those that can be among them are sorted."""
        chosen = np.arange(self.total)
        primary = self._keys(chosen)[0]
        if count < self.total // 2:
            limit = np.partition(primary, count)[count]
            chosen = np.flatnonzero(primary <= limit)
        keys = self._keys(chosen)
        return np.asarray(chosen[np.lexsort(keys[::-1])[:count]])

    def _keys(self, chosen: Numbers) -> list[np.ndarray]:
        """The sort keys of some hits, the weightiest first, small ones first. Every order ends in the id."""
        documents = self._hits[chosen]
        date, rank = self._columns.date[documents], self._columns.rank[documents]
        match self._query.order:
            case Order.NEWEST:
                return [-date, rank]
            case Order.OLDEST:  # those without a date last, here as well
                return [np.where(date == 0, np.iinfo(np.int64).max, date), rank]
            case Order.ADDED:
                return [-self._columns.added[documents], -date, rank]
            case Order.RELEVANCE:
                return [-self._scores[chosen], -date, rank]


def _period(number: int, unit: Unit) -> str:
    """A number yyyy, yyyymm or yyyymmdd as a date; zeros at its end were not known."""
    text = {"year": f"{number:04}", "month": f"{number:06}", "day": f"{number:08}"}[unit]
    parts = [text[:4], text[4:6], text[6:]]
    return "-".join(part for part in parts if part.strip("0"))
