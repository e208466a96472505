"""The answer to one query: what matched, in order, and its facets, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.backend import Unit
from indexer.query import Name, Order, Query
from indexer.whoosh_backend.columns import Numbers
from indexer.whoosh_backend.evaluator import Evaluator, Matches

_DIVISOR = {"year": 10000, "month": 100, "day": 1}


class WhooshFound:
    """Holds only document numbers and scores: a few bytes a hit."""

    def __init__(self, evaluator: Evaluator, query: Query) -> None:
        self._evaluator, self._query = evaluator, query
        self._columns = evaluator.columns
        matches = evaluator.evaluate(query.clause)
        self._matched = matches.documents
        self._hits = self._passing(matches)

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""
        return len(self._hits.documents)

    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on."""
        places = self._order[offset : offset + limit]
        documents, scores = self._hits.documents[places], self._hits.scores[places]
        return [(self._columns.ids[document], float(score)) for document, score in zip(documents, scores, strict=True)]

    def position(self, release_id: str) -> int | None:
        """Where a release stands among the hits."""
        number = self._columns.numbers.get(release_id)
        found = np.flatnonzero(self._hits.documents[self._order] == number) if number is not None else ()
        return int(found[0]) if len(found) else None

    def facet(self, name: Name) -> Sequence[tuple[str, int]]:
        """The values of a field among the matches, counted."""
        documents = self._hits.documents
        if self._query.filters.choice(name).any_of:
            documents = self._evaluator.filtered(self._matched, self._query.filters, but=name)
        return self._columns.names[name].counts(documents)

    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The matches by year, month or day."""
        periods, counts = np.unique(self._columns.date[self._hits.documents] // _DIVISOR[unit], return_counts=True)
        pairs = [(_period(int(p), unit), int(c)) for p, c in zip(periods, counts, strict=True)]
        return sorted(pairs)

    def _passing(self, matches: Matches) -> Matches:
        if not self._query.filters:
            return matches
        documents = self._evaluator.filtered(matches.documents, self._query.filters)
        return Matches(documents, matches.scores[np.searchsorted(matches.documents, documents)])

    @cached_property
    def _order(self) -> Numbers:
        """The hits' places in the order asked for. Every order ends in the id, so that it is total."""
        documents, columns = self._hits.documents, self._columns
        rank, date = columns.rank[documents], columns.date[documents]
        match self._query.order:
            case Order.NEWEST:
                return np.lexsort((rank, -date))
            case Order.OLDEST:  # those without a date last, here as well
                return np.lexsort((rank, date, date == 0))
            case Order.ADDED:
                return np.lexsort((rank, -date, -columns.added[documents]))
            case Order.RELEVANCE:
                return np.lexsort((rank, -date, -self._hits.scores))


def _period(number: int, unit: Unit) -> str:
    """A number yyyy, yyyymm or yyyymmdd as a date; zeros at its end were not known."""
    text = {"year": f"{number:04}", "month": f"{number:06}", "day": f"{number:08}"}[unit]
    parts = [text[:4], text[4:6], text[6:]]
    return "-".join(part for part in parts if part.strip("0"))
