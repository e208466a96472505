"""A query near another one, and in what it differs: counted with all the others of a page, then offered."""

from __future__ import annotations

from typing import NamedTuple

from indexer.language import printed
from indexer.query import Query
from indexer.results import Alternative


class Variant(NamedTuple):
    """A query that may be offered beside another one, and the reason in words for people."""

    query: Query
    reason: str

    def with_hits(self, hits: int) -> Alternative:
        """The same with its hits, as pages show it."""
        return Alternative(printed(self.query.clause), self.reason, hits, self.query.filters)
