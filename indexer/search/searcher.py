"""The searcher: from a raw query and filters to a page of hits with snippets, facets and a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Self, TypeVar

from archive.release import PublishedDate, Version
from archive.store import Archive
from archive.store.listings import (
    Coverage,
    Embargo,
    PersonProfile,
    load_coverage,
    load_embargoes,
    load_person_profile,
)
from indexer import deadline
from indexer.engine import Backend, EngineSettings, ResultSet, Unit, open_engine
from indexer.language import cut_query, format_query, parser
from indexer.query import NO_FILTERS, Clause, Filters, NameField, Order, Query
from indexer.results import FacetValue, HitList, PeriodCount, QuotesPage, RecentPage, SearchPage
from indexer.search import batch, limits, page
from indexer.search.batch import Batch
from indexer.search.completion import Completion, NameIndex, complete
from indexer.search.cursor import digest_search, parse_cursor
from indexer.search.damage_retry import retry_on_damage
from indexer.search.name_resolution import NameResolver
from indexer.search.names import NameDirectory, NameRequest, NameSelection
from indexer.search.open_index import OpenIndex
from indexer.search.quotes import PLACES_SHOWN, about_quotations, compose_quotes
from indexer.search.state_cache import StateCache

MAX_LISTING_CPU_S = 5.0
"""Seconds of processor time after which listing all hits of a query ends, whatever its plan promised."""

MAX_KEPT = 256
"""Values that are kept for a state: lists of names, the profiles of people, the coverage."""

Value = TypeVar("Value")

_FOREIGN_CURSOR = "The cursor belongs to another search; it was left out."


class ClauseHits(NamedTuple):
    """How many releases match a clause, and the first ones with their scores.

    A hit is the current version of a live release, but for those in `others`, which has the number of the version.
    """

    total: int
    ids: list[str]
    scores: list[float]
    others: Mapping[str, int]


class Searcher:
    """A data directory opened for searching; picks up a new index without being reopened. Thread-safe.

    Raises on opening: NoArchive, ArchiveDamaged, ArchiveTooNew; IndexMissing, IndexDamaged.
    """

    def __init__(self, data: Path, settings: EngineSettings | None = None) -> None:
        self.data = data
        self.archive = Archive(data)
        self._names = NameResolver(self.archive, data)
        self._pages = page.PageComposer(self.archive, data, self._names)
        self._engine = open_engine(settings or EngineSettings(data))
        self._lock = Lock()
        self._kept = StateCache(MAX_KEPT)
        self._kept_of_archive = StateCache(1)
        self._state = self._engine.state()
        try:
            self._opened = OpenIndex(self._engine.open(), self._names)
        except BaseException:
            self.archive.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive and the index."""
        self._opened.backend.close()
        self.archive.close()

    @property
    def _index(self) -> OpenIndex:
        """The open index; a newer one is opened when there is one, the one before it where it is damaged."""
        with self._lock:
            state = self._engine.state()
            if (state and state != self._state) or self._opened.backend.damage:
                # The old one is left to the garbage collector: another thread may still be reading it.
                self._opened = OpenIndex(self._engine.open(), self._names)
                self._state = state
            return self._opened

    @property
    def backend(self) -> Backend:
        """The engine's side of the open index.

        Raises:
            IndexDamaged: there is none that is whole.
        """
        return self._index.backend

    def forget(self) -> None:
        """Drop the answers that are kept: each query is evaluated anew."""
        self._opened.forget()

    def check(self) -> None:
        """Verify every byte of the live index; where some were altered, the one before it is used from now on.

        Raises:
            IndexDamaged: there is none before it that is whole.
        """
        while self.backend.verify():
            pass  # `backend` opens another one

    @property
    def notice(self) -> str:
        """For people: that an older index is in use, and what it lacks; "" where the live one is."""
        return self.backend.notice(self.archive)

    @property
    def fingerprint(self) -> str:
        """The digest of what the live index holds, the same on any machine."""
        return self.backend.fingerprint

    @retry_on_damage
    def search(
        self,
        text: str,
        filters: Filters = NO_FILTERS,
        order: Order = Order.RELEVANCE,
        *,
        offset: int = 0,
        limit: int = 10,
        cursor: str = "",
        today: dt.date | None = None,
    ) -> SearchPage:
        """The hits of `text` from `offset` (0 is the first) on, with everything a results page shows.

        With the `next` of a page as `cursor`, the hits behind that page; one that is none of this search is a notice.
        """
        parsed = parser.parse_query(text, today)
        index = self._index
        plan = limits.plan_query(index.backend, parsed.clause)
        digest = digest_search(text, filters, order)
        after = parse_cursor(cursor, digest)
        query = Query(plan.clause, filters, order)
        request = page.PageRequest(parsed, plan, query, max(0, offset), max(0, limit), digest, after)
        composed = self._pages.compose(index.backend, request, page.evaluate_page(index, request))
        return _with_notice(composed, _FOREIGN_CURSOR) if cursor and not after else composed

    @retry_on_damage
    def recent(
        self,
        text: str,
        filters: Filters = NO_FILTERS,
        *,
        offset: int = 0,
        limit: int = 20,
        today: dt.date | None = None,
    ) -> RecentPage:
        """The hits of `text` from `offset` (0 is the last) on by when they became public here, as a feed has them.

        Releases under an embargo that has not ended are left out.
        """
        parsed = parser.parse_query(text, today)
        index = self._index
        plan = limits.plan_query(index.backend, parsed.clause)
        request = page.PageRequest(parsed, plan, Query(plan.clause, filters, Order.ADDED), offset, limit)
        with deadline.limit_time(page.MAX_CPU_S):
            results = index.find(request.query, plan)
            day = PublishedDate.from_iso((today or dt.date.today()).isoformat())
            ranked = page.rank_recent(self.archive, results, self.embargoes(), day, offset, limit)
            listing = page.Listing(request.query, results, [(each, 0.0) for each in ranked.ids], offset + 1)
            return self._pages.compose_recent(index.backend, request, listing, ranked.times, ranked.total)

    @retry_on_damage
    def quotes(
        self,
        text: str,
        filters: Filters = NO_FILTERS,
        order: Order = Order.RELEVANCE,
        *,
        offset: int = 0,
        limit: int = 10,
        places: int = PLACES_SHOWN,
        today: dt.date | None = None,
    ) -> QuotesPage:
        """The quotations that `text` finds, from `offset` (0 is the first) on; its plain words are words said.

        Of each at most so many `places`; `Order.ADDED` is as `Order.NEWEST`.
        """
        parsed = parser.parse_query(text, today)
        index = self._index
        plan = limits.plan_query(index.backend, about_quotations(parsed.clause))
        with deadline.limit_time(page.MAX_CPU_S):
            results = index.find(Query(plan.clause, filters, order), plan)
            quotations = results.quotations()
            groups = quotations.page(max(0, offset), max(0, limit))
            remarks = plan.describe_cuts(deadline.is_over())
        if remarks:
            index.forget()
        damaged: list[str] = []
        clause = self._names.resolve_clause(plan.clause)
        entries = compose_quotes(self.archive, clause, results, groups, max(0, offset) + 1, places, damaged)
        warnings = page.list_warnings(self.archive, self.data, self.notice, damaged)
        return QuotesPage(
            entries,
            quotations.total,
            quotations.places,
            max(0, offset),
            max(0, limit),
            cut_query(parsed.raw_query),
            page.shorten(format_query(plan.clause), page.MAX_PRINTED),
            (*warnings, *page.list_notices([each.text for each in parsed.notices])),
            page.describe_filters(filters, self.archive),
            remarks,
            index.backend.fingerprint,
        )

    @retry_on_damage
    def count_quotations(self, text: str, filters: Filters = NO_FILTERS) -> int:
        """How many different quotations `quotes` finds."""
        clause = about_quotations(parser.parse_query(text).clause)
        index = self._index
        plan = limits.plan_query(index.backend, clause)
        return index.find(Query(plan.clause, filters), plan).quotations().total

    def embargoes(self) -> Mapping[str, Embargo]:
        """The embargoes of live releases by id, whether they have ended or not."""
        # Of the archive alone: a release is shown where no index answers.
        return self._kept_of_archive.get(self.archive.changes, Embargo, lambda: load_embargoes(self.archive))

    @retry_on_damage
    def count_batch(self, text: str, *, today: dt.date | None = None) -> Batch:
        """The counts of many queries, a line each (see indexer.search.batch)."""
        return Batch(batch.count_batch(self._index, text, today), self.notice)

    @retry_on_damage
    def complete(self, text: str) -> tuple[Completion, ...]:
        """What a text that is being typed may become, as queries with their counts; the commonest first."""
        names = self._keep(NameIndex, lambda: NameIndex((name, self.names(name).values) for name in NameField))
        return complete(self._index, names, self.archive, text)

    @retry_on_damage
    def names(self, name: NameField) -> NameDirectory:
        """All names of a field with their counts over all releases."""
        return self._keep(name, lambda: NameDirectory(name, self.facet("", NO_FILTERS, name)))

    def coverage(self) -> Coverage:
        """The releases of each source by month."""
        return self._keep(Coverage, lambda: load_coverage(self.archive))

    def person_profile(self, slug: str) -> PersonProfile:
        """What the releases say of a person, by the slug that is shown."""
        return self._keep((PersonProfile, slug), lambda: load_person_profile(self.archive, slug))

    @retry_on_damage
    def choose_names(self, text: str, filters: Filters, name: NameField, request: NameRequest) -> NameSelection:
        """A part of the values of a field among the hits, in order."""
        return self.names(name).choose_among(list(self.count_values(text, filters, name).items()), request)

    @retry_on_damage
    def count_values(self, text: str, filters: Filters, name: NameField) -> dict[str, int]:
        """How many hits have each value of a field, the commonest first; without what the values are called."""
        counts, _ = self._find_text(text, filters).facet(name)
        return dict(counts)

    @retry_on_damage
    def facet(
        self, text: str, filters: Filters, name: NameField, limit: int | None = None, *, today: dt.date | None = None
    ) -> tuple[FacetValue, ...]:
        """The values of a field among the hits, commonest first: all, or `limit` of them."""
        results = self._find_text(text, filters, today=today)
        return page.read_facet(self.archive, results, name, limit, []).values

    @retry_on_damage
    def periods(
        self, text: str, filters: Filters, unit: Unit, *, today: dt.date | None = None
    ) -> tuple[PeriodCount, ...]:
        """The years, months or days of the hits, in order, with their counts."""
        return page.read_periods(self._find_text(text, filters, today=today), unit)

    @retry_on_damage
    def ids(self, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE) -> list[str]:
        """The ids of all hits, in order. `find_limits` says whether something of the query was left out."""
        return _all_ids(self._find_text(text, filters, order))

    @retry_on_damage
    def list_hits(self, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE) -> HitList:
        """All hits in order, within MAX_LISTING_CPU_S; `limits` of the list says whether something was left out."""
        index = self._index
        plan = limits.plan_query(index.backend, parser.parse_query(text).clause)
        query = Query(plan.clause, filters, order)
        with deadline.limit_time(MAX_LISTING_CPU_S):
            results = index.find(query, plan)
            ids = _all_ids(results)
            remarks = plan.describe_cuts(deadline.is_over())
        if remarks:  # scores that were computed late may lack something
            index.forget()
        return HitList(
            ids,
            results.other_versions(ids),
            page.shorten(format_query(query.clause), page.MAX_PRINTED),
            page.describe_filters(filters, self.archive),
            index.backend.fingerprint,
            remarks,
            self.notice,
        )

    @retry_on_damage
    def find_position(
        self, text: str, filters: Filters, order: Order, release_id: str, *, today: dt.date | None = None
    ) -> page.ResultPosition | None:
        """The position of a release among the hits, or None when it is not one of them."""
        return page.find_position(self.archive, self._find_text(text, filters, order, today=today), release_id)

    @retry_on_damage
    def find_clause(
        self, clause: Clause, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE, *, limit: int = 20
    ) -> ClauseHits:
        """The first hits of a clause that a program made. Neither limited by a plan nor kept for a next page."""
        results = self.backend.find(self._names.resolve(Query(clause, filters, order)))
        hits = results.page(0, limit)
        ids = [release_id for release_id, _ in hits]
        return ClauseHits(results.total, ids, [score for _, score in hits], results.other_versions(ids))

    def find_limits(self, text: str) -> str:
        """What is left out of a query since it would cost too much, in words; "" for nothing."""
        return limits.plan_query(self.backend, parser.parse_query(text).clause).describe_cuts()

    def highlight(self, text: str, version: Version, *, today: dt.date | None = None) -> page.Highlights:
        """The words of a version that a query matches; none where it does not match."""
        plan = limits.plan_query(self.backend, parser.parse_query(text, today).clause)
        return page.highlight_version(self.archive, self._names.resolve_clause(plan.clause), version)

    def version(self, release_id: str, number: int | None = None) -> Version:
        """A version of a release, the current one by default.

        Raises:
            UnknownRelease: there is no such release, or no such version of it.
            ReleasePurged: it was purged.
        """
        return self.archive.find_version(release_id, number)

    def _keep(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """A value that is made once for each state of archive and index."""
        return self._kept.get((self.backend.state, self.archive.changes), key, make)

    def _find_text(
        self, text: str, filters: Filters, order: Order = Order.RELEVANCE, *, today: dt.date | None = None
    ) -> ResultSet:
        index = self._index
        plan = limits.plan_query(index.backend, parser.parse_query(text, today).clause)
        return index.find(Query(plan.clause, filters, order), plan)


def _all_ids(results: ResultSet) -> list[str]:
    return [release_id for release_id, _ in results.page(0, results.total)]


def _with_notice(composed: SearchPage, notice: str) -> SearchPage:
    receipt = composed.receipt
    return replace(composed, receipt=replace(receipt, notices=(*receipt.notices, notice)))
