"""A variant of a query and how it differs; the engine counts those of a page at once."""

from __future__ import annotations

from typing import NamedTuple

from indexer.language import format_query
from indexer.query import Query
from indexer.results import Alternative


class Variant(NamedTuple):
    """A variant of a query, with the difference in words for people, and how many letters that changes."""

    query: Query
    reason: str
    edits: int = 0

    def with_hits(self, hits: int) -> Alternative:
        """The variant with the number of its hits, as pages show it."""
        return Alternative(format_query(self.query.clause), self.reason, hits, self.query.filters)
