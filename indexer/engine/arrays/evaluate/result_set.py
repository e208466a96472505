"""The answer to one query: what matched, in order, and its facets, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.evaluator import Evaluator
from indexer.engine.arrays.evaluate.scoring import Scores
from indexer.engine.arrays.files import told
from indexer.engine.protocol import Unit
from indexer.kernels import Documents, Floats, Numbers
from indexer.query import NameField, Order, Query

LIKELY = 200
"""Hits whose whole scores are worked out first, to know what others would need."""

_DIVISOR = {"month": 100, "day": 1}


class WhooshFound:
    """Holds only document numbers and scores: a few bytes a hit."""

    @told
    def __init__(self, folder: Path, evaluator: Evaluator, query: Query) -> None:
        self._folder = folder
        self._evaluator, self._query = evaluator, query
        self._columns = evaluator.columns
        self._matches = evaluator.evaluate(query.clause)
        self._hits = evaluator.filtered(self._matches.documents, query.filters)

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""
        return len(self._hits)

    @told
    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on."""
        places, scores = (some[offset:] for some in self._best(offset + limit))
        ids = self._columns.ids[self._hits[places]].tolist()
        return [(release.decode(), score) for release, score in zip(ids, scores.tolist(), strict=True)]

    @told
    def position(self, release_id: str) -> int | None:
        """Where a release stands among the hits: the number of those before it."""
        number = self._columns.number(release_id)
        place = int(np.searchsorted(self._hits, number)) if number is not None else self.total
        if place >= self.total or self._hits[place] != number:
            return None
        before, equal = np.zeros(self.total, bool), np.ones(self.total, bool)
        date, rank = self._columns.date[self._hits], self._columns.rank[self._hits]
        for key in (-self._first, -date, rank):
            before |= equal & (key < key[place])
            equal &= key == key[place]
        return int(np.count_nonzero(before))

    @told
    def facet(self, name: NameField, most: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches, counted, and how many values there are."""
        documents = self._hits
        if self._query.filters.choice(name).any_of:
            documents = self._evaluator.filtered(self._matches.documents, self._query.filters, but=name)
        return self._columns.names(name).counts(documents, most)

    @told
    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The matches by year, month or day."""
        if unit == "year":
            counts, _ = kernels.tally(self._hits, None, self._columns.year, 10_000)
            pairs = [(int(period), int(counts[period])) for period in np.flatnonzero(counts)]
        else:
            dates = self._columns.date[self._hits] // _DIVISOR[unit]
            periods, numbers = np.unique(dates, return_counts=True)
            pairs = list(zip(periods.tolist(), numbers.tolist(), strict=True))
        return sorted((_period(period, unit), count) for period, count in pairs)

    def _best(self, count: int) -> tuple[Numbers, Floats]:
        """The places of the first `count` hits in the order asked for, and their scores."""
        if self._query.order is not Order.RELEVANCE:
            places = self._first_of(self._first, self._hits, count)
            order = np.argsort(places)
            scores = np.empty(len(places))
            scores[order] = self._matches.scores(self._hits[places[order]])
            return places, scores
        if self._matches.gained is None:
            places = self._first_of(self._given, self._hits, count)
            return places, self._given[places]
        candidates, scores = self._candidates(count, self._matches.gained)
        places = self._first_of(scores, self._hits[candidates], count)
        return candidates[places], scores[places]

    def _candidates(self, count: int, gained: Scores) -> tuple[Numbers, Floats]:
        """The places of all hits that can be among the first `count`, ascending, and their scores.

        Those that are best without what they gain show what a hit needs at least; one that has less and could
        not gain the difference need not be looked at.
        """
        likely = np.sort(self._first_of(self._given, self._hits, max(LIKELY, 2 * count)))
        scores = self._given[likely] + gained(self._hits[likely])
        if len(likely) == self.total:
            return likely, scores
        least = np.partition(scores, -count)[-count] if count else np.inf
        candidates = np.flatnonzero(self._given >= least - self._matches.most_gain)
        return candidates, self._given[candidates] + gained(self._hits[candidates])

    def _first_of(self, key: Floats, documents: Documents, count: int) -> Numbers:
        """The places of the first `count` documents by a key, largest first; then by date, the later first, and id."""
        return kernels.best(key, documents, self._columns.date, self._columns.rank, count)

    @cached_property
    def _given(self) -> Floats:
        return self._matches.given(self._hits)

    @cached_property
    def _first(self) -> Floats:
        """The first sort key of each hit, largest first; after it the later date, then the id, decide."""
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
    """A number yyyy, yyyymm or yyyymmdd as a date; zeros at its end were not known."""
    text = {"year": f"{number:04}", "month": f"{number:06}", "day": f"{number:08}"}[unit]
    parts = [text[:4], text[4:6], text[6:]]
    return "-".join(part for part in parts if part.strip("0"))
