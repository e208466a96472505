"""Answers kept for what is asked next: another page of them, their facets, the neighbours of a release; and totals."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

from indexer.engine import ResultSet
from indexer.query import Order, Query

MAX_ANSWERS = 32
"""Whole answers kept; each may hold megabytes."""

MAX_TOTALS = 1000
"""Totals kept; a page counts up to some twenty queries."""


class AnswerCache:
    """The answers of one state of an index, those asked for longest ago forgotten. Its owner locks."""

    def __init__(self) -> None:
        self._found: OrderedDict[Query, ResultSet] = OrderedDict()
        self._totals: OrderedDict[Query, int] = OrderedDict()

    def get(self, query: Query) -> ResultSet | None:
        """The whole answer to a query, if it is kept."""
        if found := self._found.get(query):
            self._found.move_to_end(query)
        return found

    def keep(self, query: Query, found: ResultSet) -> None:
        """Keep the whole answer to a query, and its total with it."""
        self._found[query] = found
        if len(self._found) > MAX_ANSWERS:
            self._found.popitem(last=False)
        self.keep_totals([(query, found.total)])

    def total(self, query: Query) -> int | None:
        """How many hits a query has in whatever order, if that is kept."""
        query = _unordered(query)
        if (total := self._totals.get(query)) is not None:
            self._totals.move_to_end(query)
        return total

    def keep_totals(self, totals: Iterable[tuple[Query, int]]) -> None:
        """Keep how many hits each query has."""
        for query, total in totals:
            self._totals[_unordered(query)] = total
        while len(self._totals) > MAX_TOTALS:
            self._totals.popitem(last=False)

    def clear(self) -> None:
        """Forget all: another state of the index answers."""
        self._found.clear()
        self._totals.clear()


def _unordered(query: Query) -> Query:
    return query if query.order is Order.RELEVANCE else replace(query, order=Order.RELEVANCE)
