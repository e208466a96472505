"""Evaluates the query of a page within the time that one may take: all that the engine is asked for matches and counts.

Where the query has no hit, releases with fewer of its words take their place; where it has a few, they follow below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer import deadline
from indexer.engine import ResultSet
from indexer.language import ParsedQuery
from indexer.query import Order, Query
from indexer.results import Alternative
from indexer.search.cursor import Cursor, digest_index
from indexer.search.limits import Plan
from indexer.search.open_index import OpenIndex
from indexer.search.page.coverage import NameCoverage, find_coverage
from indexer.search.page.related_counts import RelatedCounts, count_related

MAX_CPU_S = 1.5
"""Seconds of processor time after which evaluating a query ends, whatever its plan promised; counts of related queries
that do not fit any more are left out."""

MAX_MORE = 50
"""Hits up to which a short answer is filled with releases that have fewer of the words."""


class PageRequest(NamedTuple):
    """What a page is asked for: a query as typed, its plan, and what is searched in which order.

    And which of the hits are shown: `limit` of them from `offset` (0 is the first) on, or those behind a cursor.
    `search` is the digest of the search as it was asked for.
    """

    parsed: ParsedQuery
    plan: Plan
    query: Query
    offset: int
    limit: int
    search: str = ""
    after: Cursor | None = None


class Listing(NamedTuple):
    """Hits to be shown one below the other: the query that finds them, its results, and ids with their scores.

    `first` is the rank of the first of them, from 1.
    """

    query: Query
    results: ResultSet
    ranked: Sequence[tuple[str, float]]
    first: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What an engine gave for a page: its hits, the counts beside them, and `more` hits with fewer of the words.

    `relaxed` is the query that was searched in the end, where it is another. `was_ended` says that the time was over.
    """

    listing: Listing
    counts: RelatedCounts
    relaxed: Alternative | None
    more: Listing | None
    coverage: NameCoverage
    was_ended: bool

    @property
    def has_hits(self) -> bool:
        """Whether any hit is to be shown."""
        return bool(self.listing.ranked or (self.more and self.more.ranked))


def evaluate_page(index: OpenIndex, request: PageRequest) -> Evaluation:
    """Evaluate the query of a page and those related to it, within MAX_CPU_S."""
    with deadline.limit_time(MAX_CPU_S):
        results = index.find(request.query, request.plan)
        counts = count_related(index, request.query, results.total)
        relaxed = counts.fallback if not results.total else None
        query = relaxed[0].query if relaxed else request.query
        if relaxed:
            results = index.find(query, request.plan)
        if request.after:
            request = request._replace(offset=request.after.offset(digest_index(index.backend), results))
        listing = Listing(query, results, results.page(request.offset, request.limit), request.offset + 1)
        more = None if relaxed else _find_more(index, request, counts, results)
        coverage = find_coverage(index, request.query)
        was_ended = deadline.is_over()
    if was_ended:  # scores that were computed late may lack something
        index.forget()
    return Evaluation(listing, counts, relaxed[1] if relaxed else None, more, coverage, was_ended)


def _find_more(index: OpenIndex, request: PageRequest, counts: RelatedCounts, strict: ResultSet) -> Listing | None:
    """The best hits with fewer of the words, to fill a first page below its strict hits; None where it is full."""
    room = min(request.limit, MAX_MORE) - strict.total
    is_first = not request.offset and request.query.order is Order.RELEVANCE
    if not counts.fallback or not is_first or room <= 0:
        return None
    query = counts.fallback[0].query
    shown = {release_id for release_id, _ in strict.page(0, strict.total)}
    results = index.find(query, request.plan)
    found = [each for each in results.page(0, room + strict.total) if each[0] not in shown]
    return Listing(query, results, found[:room], strict.total + 1)
