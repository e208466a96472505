"""An open index and the answers that it gave, for the next page, the facets, or the neighbours of a release."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from indexer import deadline
from indexer.engine import Backend, ResultSet
from indexer.query import Query
from indexer.search.answer_cache import AnswerCache
from indexer.search.limits import Plan
from indexer.search.name_resolution import NameResolver


class OpenIndex:
    """One open state of an index, which never changes, with the answers it gave. Thread-safe.

    Queries are resolved before they are evaluated, so an answer is kept for what was searched and not for what was
    typed.
    """

    def __init__(self, backend: Backend, names: NameResolver) -> None:
        self.backend = backend
        self._names = names
        self.answers = AnswerCache()
        self._lock = Lock()

    def find(self, query: Query, plan: Plan) -> ResultSet:
        """The results of a query of a plan; kept where nothing was left out of it."""
        query = self._names.resolve(query)
        with self._lock:
            if results := self.answers.get(query):
                return results
        results = self.backend.find(query)
        with self._lock:
            if not plan.remarks and not deadline.is_over():
                self.answers.keep(query, results)
        return results

    def totals(self, queries: Iterable[Query]) -> list[int]:
        """The number of hits of each query; those not kept are counted in one call."""
        queries = [self._names.resolve(query) for query in queries]
        with self._lock:
            known = [self.answers.total(query) for query in queries]
        unknown = [query for query, total in zip(queries, known, strict=True) if total is None]
        counted = self.backend.totals(unknown) if unknown else ()
        with self._lock:
            if not deadline.is_over():
                self.answers.keep_totals(zip(unknown, counted, strict=True))
        new = iter(counted)
        return [next(new) if total is None else total for total in known]

    def forget(self) -> None:
        """Evaluate every query anew from now on."""
        with self._lock:
            self.answers.clear()
