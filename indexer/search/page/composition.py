"""Composes a page of results from what was evaluated: read from the archive, marked, and said in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from archive.store import Archive
from indexer import deadline
from indexer.engine import Backend
from indexer.query import Clause, NameField
from indexer.results import MoreHits, Receipt, RecentPage, SearchPage
from indexer.search.cursor import Cursor, digest_index
from indexer.search.name_resolution import NameResolver
from indexer.search.page.clause_descriptions import describe_clauses, describe_filters
from indexer.search.page.coverage import NameCoverage
from indexer.search.page.evaluation import Evaluation, Listing, PageRequest
from indexer.search.page.facets import MAX_FACET_VALUES, read_facet, read_periods, read_speakers
from indexer.search.page.hits import describe_hits
from indexer.search.page.receipt import list_warnings, write_receipt
from indexer.search.page.word_forms import WordForms, ask_word_forms


class PageComposer:
    """Composes pages from an archive and the names in it. Thread-safe."""

    def __init__(self, archive: Archive, data: Path, names: NameResolver) -> None:
        self._archive, self._data, self._names = archive, data, names

    def compose(self, backend: Backend, request: PageRequest, found: Evaluation) -> SearchPage:
        """The page of what was evaluated; its receipt after all that it reads, since it says what could not be read."""
        listing, counts = found.listing, found.counts
        listed = [clause for clause, _ in counts.clauses]
        forms = ask_word_forms(backend, request.query.clause, listed, has_hits=found.has_hits)
        damaged: list[str] = []
        speakers = read_speakers(self._archive, listing.results, listing.query.clause, damaged)
        return SearchPage(
            query=listing.query,
            total=listing.results.total,
            offset=listing.first - 1,
            limit=request.limit,
            hits=describe_hits(self._archive, self._names, listing, forms, damaged),
            facets=tuple(
                read_facet(self._archive, listing.results, name, MAX_FACET_VALUES, damaged) for name in NameField
            ),
            timeline=read_periods(listing.results, "year"),
            receipt=self._write_receipt(backend, request, found.counts.clauses, found.coverage, forms, damaged),
            fingerprint=backend.fingerprint,
            relaxed=found.relaxed,
            more=self._describe_more(found, forms),
            partial=request.plan.describe_cuts(found.was_ended),
            spellings=counts.spellings,
            alternatives=counts.alternatives,
            interpretations=counts.interpretations,
            next=_next_cursor(backend, request, listing),
            speakers=speakers,
        )

    def compose_recent(
        self, backend: Backend, request: PageRequest, listing: Listing, times: Mapping[str, str], total: int
    ) -> RecentPage:
        """The page of a feed: the hits of a listing, with when each became public here."""
        forms = ask_word_forms(backend, request.query.clause, (), has_hits=bool(listing.ranked))
        damaged: list[str] = []
        hits = describe_hits(self._archive, self._names, listing, forms, damaged)
        receipt = self._write_receipt(backend, request, (), NameCoverage(), forms, damaged)
        return RecentPage(
            hits,
            tuple(times.get(hit.id, hit.added) for hit in hits),
            total,
            receipt.canonical_query,
            receipt.notices,
            receipt.filters,
            request.plan.describe_cuts(deadline.is_over()),
        )

    def _write_receipt(
        self,
        backend: Backend,
        request: PageRequest,
        counted: Sequence[tuple[Clause, int]],
        coverage: NameCoverage,
        forms: WordForms,
        damaged: list[str],
    ) -> Receipt:
        warnings = list_warnings(self._archive, self._data, backend.notice(self._archive), damaged)
        clauses = describe_clauses(counted, forms, coverage.clauses)
        filters = describe_filters(request.query.filters, self._archive, coverage.filters)
        return write_receipt(request.parsed, request.query, clauses, filters, warnings)

    def _describe_more(self, found: Evaluation, forms: WordForms) -> MoreHits | None:
        if not found.more or not found.counts.fallback:
            return None
        hits = describe_hits(self._archive, self._names, found.more, forms, [])
        return MoreHits(found.counts.fallback[1], hits) if hits else None


def _next_cursor(backend: Backend, request: PageRequest, listing: Listing) -> str:
    """The cursor behind the last hit of a listing, whether it could be read or not; "" where no hit follows."""
    rank = listing.first - 1 + len(listing.ranked)
    if not listing.ranked or rank >= listing.results.total:
        return ""
    return str(Cursor(rank, listing.ranked[-1][0], digest_index(backend), request.search))
