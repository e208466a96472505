"""The searcher: from a raw query and filters to a page of hits with snippets, facets and a receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from threading import RLock
from typing import NamedTuple, Self

from archive.release import KnownPerson, Version
from archive.store import Archive, VersionDetails
from indexer import deadline
from indexer.engine import Backend, EngineSettings, ResultSet, Unit, open_engine
from indexer.language import ParsedQuery, format_query, parser
from indexer.query import (
    NO_FILTERS,
    Choice,
    Clause,
    Filters,
    NameField,
    Order,
    Phrase,
    Query,
    leaves,
    searches_history,
)
from indexer.results import (
    Alternative,
    ClauseCount,
    Facet,
    FacetValue,
    Hit,
    MoreHits,
    NamedPerson,
    PeriodCount,
    Receipt,
    SearchPage,
    Snippet,
    Span,
)
from indexer.search import (
    clause_descriptions,
    history,
    limits,
    query_suggestions,
    relaxation,
    source_spellings,
    spelling,
)
from indexer.search.answer_cache import AnswerCache
from indexer.search.damage_retry import retry_on_damage
from indexer.search.limits import Plan
from indexer.search.matching import Facts, IndexedText, Match, ReleaseText, Section, match
from indexer.search.scanned_text import QueryTerms, word_clauses
from indexer.search.snippets import extract_snippets, merge_spans

MAX_CPU_S = 1.5
"""Seconds of processor time after which evaluating a query ends, whatever its plan promised; counts of related queries
that do not fit any more are left out."""

MAX_HIGHLIGHTS = 200_000
"""Places in one release after which no other word of a query is looked for to be highlighted."""

MAX_MORE = 50
"""Hits up to which a short answer is filled with releases that have fewer of the words."""


MAX_LISTED_CLAUSES = 40
"""Clauses that a receipt lists."""

MAX_PRINTED = 9000
"""Characters of a query as it was understood; as many as the longest that is read, and some brackets."""

MAX_FACET_VALUES = 10
"""Values of each facet on a page of results; `Searcher.facet` gives all."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """The spans to highlight in a release, in its title and in its body."""

    title: tuple[Span, ...]
    body: tuple[Span, ...]


class Neighbour(NamedTuple):
    """A hit beside another: its id and title, and the number of its version as `Hit.linked_version` has it."""

    id: str
    title: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ResultPosition:
    """The rank of a release among the hits of a query, from 1, and its neighbours."""

    rank: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None


@dataclass(frozen=True, slots=True)
class _QueryCounts:
    """The hits of queries related to that of a page: fallback, alternatives, interpretations, and its clauses.

    The `fallback` is with fewer words, to be shown instead of the page or below it.
    """

    fallback: relaxation.Counted | None = None
    spellings: tuple[Alternative, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    interpretations: tuple[Alternative, ...] = ()
    clauses: tuple[ClauseCount, ...] = ()


@dataclass(frozen=True, slots=True)
class _Evaluation:
    """What an engine gave for a page: the query that was searched in the end, its results, the hits of its page.

    Then those of `more` releases with fewer words. `was_ended` says that the time was over.
    """

    query: Query
    results: ResultSet
    ranked: Sequence[tuple[str, float]]
    counts: _QueryCounts
    relaxed: Alternative | None
    more: tuple[ResultSet, Sequence[tuple[str, float]]] | None
    was_ended: bool


_REMOVED_NOTICE = (
    "Not shown, since it was removed from the archive: {}. It is counted until the purge has ended; if that was "
    "stopped, run it again: dateline --data {data} purge ID --reason ..."
)

_DAMAGED_NOTICE = (
    "Not shown, since what the archive says of it is damaged or missing: {}. The originals may be whole; to read them "
    "again: dateline --data {data} verify --repair"
)


class Searcher:
    """A data directory opened for searching; picks up a new index without being reopened. Thread-safe.

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
        self._spellings: tuple[int, source_spellings.Spellings] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive and the index."""
        self._backend.close()
        self.archive.close()

    @property
    def backend(self) -> Backend:
        """The open index; a newer one is opened when there is one, the one before it where it is damaged.

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
        today: dt.date | None = None,
    ) -> SearchPage:
        """The hits of `text` from `offset` (0 is the first) on, with everything a results page shows."""
        parsed = parser.parse_query(text, today)
        backend = self.backend
        plan = limits.plan_query(backend, parsed.clause)
        query = Query(plan.clause, filters, order)
        limit, offset = max(0, limit), max(0, offset)
        found = self._evaluate(backend, query, plan, offset, limit)
        damaged: list[str] = []
        return SearchPage(
            query=found.query,
            total=found.results.total,
            offset=offset,
            limit=limit,
            hits=self._hits(backend, found.results, found.ranked, found.query, offset + 1, damaged),
            facets=tuple(self._facet(found.results, name, MAX_FACET_VALUES, damaged) for name in NameField),
            timeline=_periods(found.results, "year"),
            receipt=self._receipt(backend, parsed, plan, filters, damaged, found.counts.clauses),
            fingerprint=backend.fingerprint,
            relaxed=found.relaxed,
            more=self._more_hits(backend, found),
            partial=" ".join([*plan.remarks, *([limits.CLOCK_REMARK] if found.was_ended else [])]),
            spellings=found.counts.spellings,
            alternatives=found.counts.alternatives,
            interpretations=found.counts.interpretations,
        )

    @retry_on_damage
    def facet(
        self, text: str, filters: Filters, name: NameField, limit: int | None = None, *, today: dt.date | None = None
    ) -> tuple[FacetValue, ...]:
        """The values of a field among the hits, commonest first: all, or `limit` of them."""
        results = self._find_text(text, filters, today=today)
        return self._facet(results, name, limit, []).values

    @retry_on_damage
    def periods(
        self, text: str, filters: Filters, unit: Unit, *, today: dt.date | None = None
    ) -> tuple[PeriodCount, ...]:
        """The years, months or days of the hits, in order, with their counts."""
        results = self._find_text(text, filters, today=today)
        return _periods(results, unit)

    @retry_on_damage
    def ids(self, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE) -> list[str]:
        """The ids of all hits, in order. `find_limits` says whether something of the query was left out."""
        results = self._find_text(text, filters, order)
        return [release_id for release_id, _ in results.page(0, results.total)]

    @retry_on_damage
    def other_versions(
        self, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE
    ) -> Mapping[str, int]:
        """Of all hits those that are not the current version of a live release, with the number of the version."""
        results = self._find_text(text, filters, order)
        return results.other_versions([release_id for release_id, _ in results.page(0, results.total)])

    @retry_on_damage
    def find_position(
        self,
        text: str,
        filters: Filters,
        order: Order,
        release_id: str,
        *,
        today: dt.date | None = None,
    ) -> ResultPosition | None:
        """The position of a release among the hits, or None when it is not one of them."""
        results = self._find_text(text, filters, order, today=today)
        at = results.position(release_id)
        if at is None:
            return None
        previous = results.page(at - 1, 1) if at else ()
        following = results.page(at + 1, 1)
        titles = history.load_hits(self.archive, results, [hit[0] for hit in (*previous, *following)], [])
        return ResultPosition(at + 1, results.total, _neighbour(previous, titles), _neighbour(following, titles))

    def find_limits(self, text: str) -> str:
        """What is left out of a query since it would cost too much, in words; "" for nothing."""
        return " ".join(limits.plan_query(self.backend, parser.parse_query(text).clause).remarks)

    def highlight(self, text: str, version: Version, *, today: dt.date | None = None) -> Highlights:
        """The words of a version that a query matches; none where it does not match."""
        plan = limits.plan_query(self.backend, parser.parse_query(text, today).clause)
        clause = self._resolve_clause(plan.clause)
        details = history.find_details(self.archive, clause, [version])
        shown = release_text(version, details.get((version.work, version.number)))
        matches = match(clause, shown, MAX_HIGHLIGHTS) or Match()
        return Highlights(
            merge_spans([span for span, _ in matches.title]), merge_spans([span for span, _ in matches.body])
        )

    def version(self, release_id: str, number: int | None = None) -> Version:
        """A version of a release, the current one by default.

        Raises:
            UnknownRelease: there is no such release, or no such version of it.
            ReleasePurged: it was purged.
        """
        return self.archive.find_version(release_id, number)

    def _find_text(
        self, text: str, filters: Filters, order: Order = Order.RELEVANCE, *, today: dt.date | None = None
    ) -> ResultSet:
        backend = self.backend
        plan = limits.plan_query(backend, parser.parse_query(text, today).clause)
        return self._find(backend, Query(plan.clause, filters, order), plan)

    def _find(self, backend: Backend, query: Query, plan: Plan) -> ResultSet:
        """The results of a query of a plan; kept where nothing was left out of it."""
        query = self._resolve(query)
        with self._lock:
            if results := self._answers.get(query):
                return results
        results = backend.find(query)
        with self._lock:
            if backend is self._backend and not plan.remarks and not deadline.is_over():
                self._answers.keep(query, results)
        return results

    def _count_related(self, backend: Backend, query: Query, total: int) -> _QueryCounts:
        """Count the queries related to that of a page with `total` hits, in one call; nothing where time is over."""
        clauses = list(dict.fromkeys(leaves(query.clause)))[:MAX_LISTED_CLAUSES]
        is_short = total < relaxation.FULL_PAGE
        plain = history.without_marker(query)
        # A query and its interpretations share their words: first what resembles it most.
        interpretations = query_suggestions.list_interpretations(plain)
        fallbacks = relaxation.fallbacks(plain) if is_short and (not total or relaxation.may_fill(plain)) else []
        respelt = [*filter(query_suggestions.is_short, spelling.respell(backend, plain, total))] if is_short else []
        others = query_suggestions.suggest_alternatives(plain) if not total else []
        groups = [
            [each._replace(query=history.with_marker(each.query, query)) for each in group]
            for group in (interpretations, fallbacks, respelt, others)
        ]
        variants = list(chain.from_iterable(groups))
        alone = [Query(history.widen(clause, query.clause)) for clause in clauses]
        hits = self._totals(backend, [*(variant.query for variant in variants), *alone])
        if deadline.is_over():
            return _QueryCounts()
        counted = iter([(each, each.with_hits(number)) for each, number in zip(variants, hits, strict=False)])
        ways, relaxed, spelt, left = ([*islice(counted, len(group))] for group in groups)
        return _QueryCounts(
            interpretations=tuple(each for _, each in ways),
            fallback=relaxation.choose_fallback(relaxed, relaxation.FULL_PAGE, total),
            spellings=spelling.select_spellings(spelt, total),
            alternatives=() if total else query_suggestions.select_alternatives(backend, (each for _, each in left)),
            clauses=clause_descriptions.describe_clauses(
                backend, clauses, hits[len(variants) :], in_history=searches_history(query.clause)
            ),
        )

    def _evaluate(self, backend: Backend, query: Query, plan: Plan, offset: int, limit: int) -> _Evaluation:
        """All that the engine is asked for a page, within the time that one may take."""
        with deadline.limit_time(MAX_CPU_S):
            results = self._find(backend, query, plan)
            counts = self._count_related(backend, query, results.total)
            relaxed, below = None, counts.fallback
            if below and not results.total:
                relaxed, below = below[1], None
                query = counts.fallback[0].query if counts.fallback else query
                results = self._find(backend, query, plan)
            ranked = results.page(offset, limit)
            is_first = not offset and query.order is Order.RELEVANCE
            more = self._find_more(backend, plan, below[0].query, results, limit) if below and is_first else None
            was_ended = deadline.is_over()
        if was_ended:  # scores that were computed late may lack something
            with self._lock:
                self._answers.clear()
        return _Evaluation(query, results, ranked, counts, relaxed, more, was_ended)

    def _find_more(
        self, backend: Backend, plan: Plan, query: Query, strict: ResultSet, limit: int
    ) -> tuple[ResultSet, Sequence[tuple[str, float]]] | None:
        """The results of a query with fewer words, and its best hits, to fill a page below its strict hits."""
        room = min(limit, MAX_MORE) - strict.total
        if room <= 0:
            return None
        shown = {release_id for release_id, _ in strict.page(0, strict.total)}
        results = self._find(backend, query, plan)
        found = results.page(0, room + strict.total)
        return results, [each for each in found if each[0] not in shown][:room]

    def _more_hits(self, backend: Backend, found: _Evaluation) -> MoreHits | None:
        if not found.more or not found.counts.fallback:
            return None
        variant, counted = found.counts.fallback
        hits = self._hits(backend, *found.more, variant.query, found.results.total + 1, [])
        return MoreHits(counted, hits) if hits else None

    def _totals(self, backend: Backend, queries: Iterable[Query]) -> list[int]:
        """The number of hits of each query; those not cached are counted in one call."""
        queries = [self._resolve(query) for query in queries]
        with self._lock:
            known = [self._answers.total(query) for query in queries]
        unknown = [query for query, total in zip(queries, known, strict=True) if total is None]
        counted = backend.totals(unknown) if unknown else ()
        with self._lock:
            if backend is self._backend and not deadline.is_over():
                self._answers.keep_totals(zip(unknown, counted, strict=True))
        new = iter(counted)
        return [next(new) if total is None else total for total in known]

    def _resolve(self, query: Query) -> Query:
        """The query as it is evaluated: sources by all their names, values of filters as they are now."""
        return self._resolve_names(replace(query, clause=self._resolve_clause(query.clause)))

    def _resolve_clause(self, clause: Clause) -> Clause:
        if not source_spellings.names_source(clause):
            return clause
        with self._lock:
            changes = self.archive.changes  # with the word lists that were applied
            if self._spellings is None or self._spellings[0] != changes:
                self._spellings = (changes, source_spellings.load_spellings(self.data))
            spellings = self._spellings[1]
        return source_spellings.add_known_names(clause, spellings)

    def _resolve_names(self, query: Query) -> Query:
        """The query with each filter's values as they are now, so that old links still work.

        A slug that several people share means any of them; a source or place that is called otherwise now means that.
        """
        filters = query.filters
        for name in NameField:
            if choice := filters.choice(name):
                resolved = Choice(*(self._resolve_values(name, values) for values in (choice.any_of, choice.none_of)))
                filters = filters.with_choice(name, resolved)
        return query if filters == query.filters else replace(query, filters=filters)

    def _resolve_values(self, name: NameField, values: tuple[str, ...]) -> tuple[str, ...]:
        """What these values of a filter are now; one that is nothing now stays, and finds nothing."""
        found: list[str] = []
        for value in values:
            if name is NameField.PERSON:
                found += self.archive.slugs_meant(value) if value else [value]
            else:
                found.append((self.archive.current_value(name.value, value) if value else "") or value)
        return tuple(dict.fromkeys(found)) or values

    def _hits(
        self,
        backend: Backend,
        results: ResultSet,
        ranked: Sequence[tuple[str, float]],
        query: Query,
        first: int,
        damaged: list[str],
    ) -> tuple[Hit, ...]:
        """The hits with these ids and scores, from this rank on; ids that the archive cannot read go to `damaged`."""
        if not ranked:
            return ()
        clause = self._resolve_clause(query.clause)
        terms = _query_terms(backend, clause)
        versions = history.load_hits(self.archive, results, [release_id for release_id, _ in ranked], damaged)
        details = history.find_details(self.archive, clause, list(versions.values()))
        return tuple(
            _hit(rank, versions[release_id], clause, terms, score, details)
            for rank, (release_id, score) in enumerate(ranked, first)
            if release_id in versions
        )

    def _facet(self, results: ResultSet, name: NameField, limit: int | None, damaged: list[str]) -> Facet:
        """A facet; people whose record the archive cannot read are labelled by slug and appended to `damaged`."""
        counts, distinct = results.facet(name, limit)
        labels: dict[str, str] = {}
        if name is NameField.PERSON:
            slugs = [value for value, _ in counts if value]
            labels = self.archive.people(slugs)
            damaged += [slug for slug in slugs if slug not in labels]
        return Facet(
            name,
            tuple(FacetValue(value, labels.get(value, value), count) for value, count in counts),
            distinct,
        )

    def _receipt(
        self,
        backend: Backend,
        parsed: ParsedQuery,
        plan: Plan,
        filters: Filters,
        damaged: list[str],
        clauses: tuple[ClauseCount, ...],
    ) -> Receipt:
        warnings = list(filter(None, [backend.notice(self.archive)]))
        purged = [each for each in damaged if self.archive.tombstone(each)]
        damaged = [each for each in damaged if each not in purged]
        warnings += [_REMOVED_NOTICE.format(", ".join(purged), data=self.data)] if purged else []
        warnings += [_DAMAGED_NOTICE.format(", ".join(damaged), data=self.data)] if damaged else []
        return Receipt(
            raw_query=limits.cut_query(parsed.raw_query),
            canonical_query=clause_descriptions.shorten(format_query(plan.clause), MAX_PRINTED),
            grammar=parser.GRAMMAR_VERSION,
            notices=(*warnings, *clause_descriptions.list_notices([each.text for each in parsed.notices])),
            clauses=clauses,
            filters=clause_descriptions.describe_filters(filters, self.archive),
            unlisted=len(set(leaves(plan.clause))) - len(clauses),
        )


def _query_terms(backend: Backend, clause: Clause) -> QueryTerms:
    """The exact terms of the index that the words of a query match."""
    words = [each for each in word_clauses(clause) if not isinstance(each, Phrase)]
    forms = backend.forms(words, in_history=searches_history(clause)) if words else ()
    return QueryTerms(clause, dict(zip(words, forms, strict=True)))


def release_text(
    version: Version, details: VersionDetails | None = None, make_section: Callable[[str], Section] = IndexedText
) -> ReleaseText:
    """A stored version, cut into words for matching; `details` are needed where a clause asks for them."""
    details = details or VersionDetails()
    release = version.release
    published = release.published
    facts = Facts(
        id=version.work,
        published=(published.first, published.last) if published else None,
        added=int(version.first_added[:10].replace("-", "")),
        people=(
            *(name for known, person in version.shown_people for name in (known.name, person.name)),
            *version.unresolved,
        ),
        source=release.source,
        place=release.place,
        parent=release.parent,
        live=version.live,
        media_type=version.media_type,
        language=release.language,
        paths=details.paths,
        versions=details.versions,
    )
    return ReleaseText(make_section(release.title), make_section(release.body), facts)


def shown_people(version: Version) -> tuple[KnownPerson, ...]:
    """The people a release is about, each once, in the order it names them."""
    return tuple(dict.fromkeys(known for known, _ in version.shown_people))


def _hit(rank: int, version: Version, clause: Clause, terms: QueryTerms, score: float, details: history.Details) -> Hit:
    known = details.get((version.work, version.number), VersionDetails())
    text = release_text(version, known, terms.scan)
    matches = match(clause, text) or Match()
    title = merge_spans([span for span, _ in matches.title])
    body = merge_spans([span for span, _ in matches.body])
    return Hit(
        rank=rank,
        id=version.work,
        title=Snippet(version.release.title, title),
        published=version.release.published,
        added=version.first_added,
        place=version.release.place,
        source=version.release.source,
        people=tuple(NamedPerson(p.name, p.slug) for p in shown_people(version)),
        snippets=extract_snippets(text.body, matches.body),
        matches=len(title) + len(body),
        score=round(score, 6),
        version=version.number,
        current=version.current,
        live=version.live,
        which=history.describe_version(version, known),
    )


def _periods(results: ResultSet, unit: Unit) -> tuple[PeriodCount, ...]:
    return tuple(PeriodCount(period, count) for period, count in results.periods(unit))


def _neighbour(page: Sequence[tuple[str, float]], versions: dict[str, Version]) -> Neighbour | None:
    for release_id, _ in page:
        if version := versions.get(release_id):
            number = None if version.current and version.live else version.number
            return Neighbour(release_id, version.release.title, number)
    return None
