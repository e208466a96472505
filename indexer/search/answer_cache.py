"""LRU cache of result sets and totals: for the next page, facets, or the neighbours of a release."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

from indexer.engine import ResultSet
from indexer.query import Order, Query, leaves

MAX_ANSWERS = 32
"""Result sets kept; each may hold megabytes."""

MAX_CLAUSES = 512
"""Clauses of all the queries whose result sets are kept: each holds posting lists."""

MAX_TOTALS = 1000
"""Totals kept; a page counts up to some twenty queries."""


class AnswerCache:
    """An LRU cache for one state of an index. Not thread-safe: its owner locks."""

    def __init__(self) -> None:
        self._results: OrderedDict[Query, ResultSet] = OrderedDict()
        self._totals: OrderedDict[Query, int] = OrderedDict()
        self._clauses = 0

    def get(self, query: Query) -> ResultSet | None:
        """The result set of a query, or None."""
        if results := self._results.get(query):
            self._results.move_to_end(query)
        return results

    def keep(self, query: Query, results: ResultSet) -> None:
        """Store the result set of a query, and its total."""
        if query in self._results:
            return
        self._results[query] = results
        self._clauses += len(leaves(query.clause))
        while len(self._results) > MAX_ANSWERS or (self._clauses > MAX_CLAUSES and len(self._results) > 1):
            self._clauses -= len(leaves(self._results.popitem(last=False)[0].clause))
        self.keep_totals([(query, results.total)])

    def total(self, query: Query) -> int | None:
        """The number of hits of a query, whatever its order, or None."""
        query = _unordered(query)
        if (total := self._totals.get(query)) is not None:
            self._totals.move_to_end(query)
        return total

    def keep_totals(self, totals: Iterable[tuple[Query, int]]) -> None:
        """Store the number of hits of each query."""
        for query, total in totals:
            self._totals[_unordered(query)] = total
        while len(self._totals) > MAX_TOTALS:
            self._totals.popitem(last=False)

    def clear(self) -> None:
        """Empty the cache, since another state of the index is open."""
        self._results.clear()
        self._clauses = 0
        self._totals.clear()


def _unordered(query: Query) -> Query:
    return query if query.order is Order.RELEVANCE else replace(query, order=Order.RELEVANCE)
