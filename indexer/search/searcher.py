"""Searching, whole: a text and filters in, a page of marked hits with facets and a receipt out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import Self

from archive.release import KnownPerson, Version
from archive.store import Archive
from indexer.engine import Backend, EngineSettings, ResultSet, Unit, open_engine
from indexer.language import Reading, parser, printed
from indexer.query import NO_FILTERS, Choice, Clause, Filters, Name, Order, Query, leaves
from indexer.results import (
    Alternative,
    ClauseCount,
    Facet,
    FacetValue,
    Hit,
    NamedPerson,
    PeriodCount,
    Receipt,
    SearchPage,
    Snippet,
    Span,
)
from indexer.search import advice, relaxing
from indexer.search.answer_cache import AnswerCache
from indexer.search.damage_retry import retry_on_damage
from indexer.search.matching import Facts, Match, ReleaseText, Section, match
from indexer.search.snippets import merged, snippets

MOST_HITS = 1000
"""Hits on one page at most; a larger limit is cut to this."""

FACET_VALUES = 10
"""Values of a facet that come with a page of results; the rest are one call away."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A release with the words of a query marked: spans in its title and in its body."""

    title: tuple[Span, ...]
    body: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a release stands among the hits of a query: its number from 1, and its neighbours' ids and titles."""

    number: int
    total: int
    previous: tuple[str, str] | None
    next: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class _Counts:
    """What a page says of other queries than its own: what is searched instead, offered, or read, and each clause."""

    relaxed: Alternative | None
    alternatives: tuple[Alternative, ...]
    readings: tuple[Alternative, ...]
    clauses: tuple[ClauseCount, ...]


_REMOVED = (
    "Not shown, since it was removed from the archive: {}. It is counted until the purge has ended; if that was "
    "stopped, run it again: dateline --data {data} purge ID --reason ..."
)

_DAMAGED = (
    "Not shown, since what the archive says of it is damaged or missing: {}. The originals may be whole; to read them "
    "again: dateline --data {data} verify --repair"
)


class Searcher:
    """A data directory opened for searching; notices a new index without being reopened. Thread-safe.

    Raises on opening: NoArchive, ArchiveDamaged, ArchiveTooNew; IndexMissing, IndexDamaged.
    """

    def __init__(self, data: Path, settings: EngineSettings | None = None) -> None:
        self.data = data
        self.archive = Archive(data)
        self._engine = open_engine(settings or EngineSettings(data))
        self._lock = RLock()
        self._state = self._engine.state()
        try:
            self._backend = self._engine.open()
        except BaseException:
            self.archive.close()
            raise
        self._answers = AnswerCache()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive and the index."""
        self._backend.close()
        self.archive.close()

    @property
    def backend(self) -> Backend:
        """The live index; a newer one is opened when there is one, the one before it where it was found damaged.

        Raises:
            IndexDamaged: there is none that is whole.
        """
        state = self._engine.state()
        with self._lock:
            if (state and state != self._state) or self._backend.damage:
                # The old one is left to the garbage collector: another thread may still be reading it.
                self._backend = self._engine.open()
                self._state = state
                self._answers.clear()
            return self._backend

    def check(self) -> None:
        """Read the live index once, whole; where bytes of it were altered, the one before it answers from now on.

        Raises:
            IndexDamaged: there is none before it that is whole.
        """
        while self.backend.verify():
            pass  # another is opened when it is asked for again

    @property
    def notice(self) -> str:
        """In words for people: that an older index answers, and what it lacks; "" where the live one does."""
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
        today: dt.date | None = None,
    ) -> SearchPage:
        """The hits of `text` from `offset` (0 is the first) on, with everything a results page shows."""
        reading = parser.parse(text, today)
        query = Query(reading.clause, filters, order)
        backend = self.backend
        found = self._find(backend, query)
        counts = self._counts(backend, query, is_empty=not found.total)
        if counts.relaxed:
            query = replace(query, clause=parser.parse(counts.relaxed.text, today).clause)
            found = self._find(backend, query)
        limit = max(0, min(limit, MOST_HITS))
        offset = max(0, offset)
        damaged: list[str] = []
        hits = self._hits(found, query.clause, offset, limit, damaged)
        facets = tuple(self._facet(found, name, FACET_VALUES, damaged) for name in Name)
        return SearchPage(
            query=query,
            total=found.total,
            offset=offset,
            limit=limit,
            hits=hits,
            facets=facets,
            timeline=_periods(found, "year"),
            receipt=self._receipt(backend, reading, filters, damaged, counts.clauses),
            fingerprint=backend.fingerprint,
            relaxed=counts.relaxed,
            alternatives=counts.alternatives,
            readings=counts.readings,
        )

    @retry_on_damage
    def facet(
        self, text: str, filters: Filters, name: Name, most: int | None = None, *, today: dt.date | None = None
    ) -> tuple[FacetValue, ...]:
        """The values of a field among the hits, commonest first: every one, or `most` of them."""
        found = self._find(self.backend, Query(parser.parse(text, today).clause, filters))
        return self._facet(found, name, most, []).values

    @retry_on_damage
    def periods(
        self, text: str, filters: Filters, unit: Unit, *, today: dt.date | None = None
    ) -> tuple[PeriodCount, ...]:
        """The years, months or days of the hits, in order, with their counts."""
        found = self._find(self.backend, Query(parser.parse(text, today).clause, filters))
        return _periods(found, unit)

    @retry_on_damage
    def ids(self, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE) -> list[str]:
        """The ids of all hits, in order."""
        found = self._find(self.backend, Query(parser.parse(text).clause, filters, order))
        return [release_id for release_id, _ in found.page(0, found.total)]

    @retry_on_damage
    def standing(
        self,
        text: str,
        filters: Filters,
        order: Order,
        release_id: str,
        *,
        today: dt.date | None = None,
    ) -> Standing | None:
        """Where a release stands among the hits, or None when it is not one of them."""
        found = self._find(self.backend, Query(parser.parse(text, today).clause, filters, order))
        at = found.position(release_id)
        if at is None:
            return None
        previous = found.page(at - 1, 1) if at else ()
        following = found.page(at + 1, 1)
        titles = self.archive.current([hit[0] for hit in (*previous, *following)])
        return Standing(at + 1, found.total, _titled(previous, titles), _titled(following, titles))

    def marked(self, text: str, version: Version, *, today: dt.date | None = None) -> Marked:
        """The words of a version that a query matches; nothing where it does not match."""
        found = match(parser.parse(text, today).clause, release_text(version)) or Match()
        return Marked(merged([span for span, _ in found.title]), merged([span for span, _ in found.body]))

    def version(self, release_id: str, number: int | None = None) -> Version:
        """A version of a release, the current one by default.

        Raises:
            UnknownRelease: there is no such release, or no such version of it.
            ReleasePurged: it was taken out.
        """
        return self.archive.find_version(release_id, number)

    def _find(self, backend: Backend, query: Query) -> ResultSet:
        query = self._of_successors(query)
        with self._lock:
            if found := self._answers.get(query):
                return found
        found = backend.find(query)
        with self._lock:
            if backend is self._backend:
                self._answers.keep(query, found)
        return found

    def _counts(self, backend: Backend, query: Query, *, is_empty: bool) -> _Counts:
        """Count all that a page says of other queries than its own, at once; `is_empty` where its own finds nothing."""
        clauses = list(dict.fromkeys(leaves(query.clause)))
        # A query and its readings ask for the same words: first what resembles it most.
        readings = advice.readings(query)
        fallbacks = relaxing.fallbacks(query) if is_empty else []
        others = advice.alternatives(backend, query) if is_empty else []
        variants = [*readings, *fallbacks, *others]
        hits = self._totals(backend, [*(variant.query for variant in variants), *map(Query, clauses)])
        counted = iter([variant.with_hits(total) for variant, total in zip(variants, hits, strict=False)])
        return _Counts(
            readings=tuple(islice(counted, len(readings))),
            relaxed=relaxing.choose_fallback(list(islice(counted, len(fallbacks)))),
            alternatives=advice.select_offers(backend, counted) if is_empty else (),
            clauses=tuple(
                ClauseCount(printed(clause), advice.meaning(clause), forms, total)
                for clause, forms, total in zip(
                    clauses, advice.forms(backend, clauses), hits[len(variants) :], strict=True
                )
            ),
        )

    def _totals(self, backend: Backend, queries: Iterable[Query]) -> list[int]:
        """How many hits each query has; what is not known yet is asked at once."""
        queries = [self._of_successors(query) for query in queries]
        with self._lock:
            known = [self._answers.total(query) for query in queries]
        unknown = [query for query, total in zip(queries, known, strict=True) if total is None]
        counted = backend.totals(unknown) if unknown else ()
        with self._lock:
            if backend is self._backend:
                self._answers.keep_totals(zip(unknown, counted, strict=True))
        new = iter(counted)
        return [next(new) if total is None else total for total in known]

    def _of_successors(self, query: Query) -> Query:
        """The query with people who were found to be someone else asked for as that one: links to them stay good."""
        asked = query.filters.person
        others = self.archive.successors(asked.any_of + asked.none_of) if asked else {}
        if not others:
            return query
        now = Choice(*(tuple(others.get(slug, slug) for slug in part) for part in (asked.any_of, asked.none_of)))
        return replace(query, filters=query.filters.with_choice(Name.PERSON, now))

    def _hits(self, found: ResultSet, clause: Clause, offset: int, limit: int, damaged: list[str]) -> tuple[Hit, ...]:
        """A page of hits; what of it the archive cannot show is put into `damaged`."""
        ranked = found.page(offset, limit)
        versions = self.archive.current([release_id for release_id, _ in ranked], damaged)
        return tuple(
            _hit(number, versions[release_id], clause, score)
            for number, (release_id, score) in enumerate(ranked, offset + 1)
            if release_id in versions
        )

    def _facet(self, found: ResultSet, name: Name, most: int | None, damaged: list[str]) -> Facet:
        """A facet; people whom the archive cannot name are called by their slugs and put into `damaged`."""
        shown, distinct = found.facet(name, most)
        labels: dict[str, str] = {}
        if name is Name.PERSON:
            slugs = [value for value, _ in shown if value]
            labels = self.archive.people(slugs)
            damaged += [slug for slug in slugs if slug not in labels]
        return Facet(
            name,
            tuple(FacetValue(value, labels.get(value, value), count) for value, count in shown),
            distinct,
        )

    def _receipt(
        self, backend: Backend, reading: Reading, filters: Filters, damaged: list[str], clauses: tuple[ClauseCount, ...]
    ) -> Receipt:
        warnings = list(filter(None, [backend.notice(self.archive)]))
        removed = [each for each in damaged if self.archive.tombstone(each)]
        damaged = [each for each in damaged if each not in removed]
        warnings += [_REMOVED.format(", ".join(removed), data=self.data)] if removed else []
        warnings += [_DAMAGED.format(", ".join(damaged), data=self.data)] if damaged else []
        return Receipt(
            typed=reading.text,
            understood=printed(reading.clause),
            grammar=parser.VERSION,
            notices=(*warnings, *(notice.text for notice in reading.notices)),
            clauses=clauses,
            filters=advice.described(filters, self.archive),
        )


def release_text(version: Version) -> ReleaseText:
    """A stored version as matching sees it."""
    release = version.release
    published = release.published
    facts = Facts(
        id=version.work,
        published=(published.first, published.last) if published else None,
        added=int(version.first_added[:10].replace("-", "")),
        people=tuple(name for known, person in version.shown_people for name in (known.name, person.name)),
        source=release.source,
        place=release.place,
    )
    return ReleaseText(Section(release.title), Section(release.body), facts)


def shown_people(version: Version) -> tuple[KnownPerson, ...]:
    """The people a release is about, each once, in the order it names them."""
    return tuple(dict.fromkeys(known for known, _ in version.shown_people))


def _hit(number: int, version: Version, clause: Clause, score: float) -> Hit:
    text = release_text(version)
    found = match(clause, text) or Match()
    title = merged([span for span, _ in found.title])
    body = merged([span for span, _ in found.body])
    return Hit(
        number=number,
        id=version.work,
        title=Snippet(version.release.title, title),
        published=version.release.published,
        added=version.first_added,
        place=version.release.place,
        source=version.release.source,
        people=tuple(NamedPerson(p.name, p.slug) for p in shown_people(version)),
        snippets=snippets(text.body, found.body),
        matches=len(title) + len(body),
        score=round(score, 6),
    )


def _periods(found: ResultSet, unit: Unit) -> tuple[PeriodCount, ...]:
    return tuple(PeriodCount(period, count) for period, count in found.periods(unit))


def _titled(page: Sequence[tuple[str, float]], versions: dict[str, Version]) -> tuple[str, str] | None:
    for release_id, _ in page:
        if release_id in versions:
            return release_id, versions[release_id].release.title
    return None
