"""The results of a search as values: a page of hits with snippets, facets, a timeline, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.release import PublishedDate
from indexer.query import Filters, NameField, Query


class Span(NamedTuple):
    """A slice of a text, by offsets in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A slice of a text and the spans of it to highlight; `start` is its offset in the whole text."""

    text: str
    spans: tuple[Span, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as a facet or a hit names them: the name to show, and the slug of their page."""

    name: str
    slug: str


class MatchReason(NamedTuple):
    """Why a release matched, by one clause of the query: its words as the release writes them, the commonest first.

    `in_title` says whether one of them stands in the headline.
    """

    clause: str
    words: tuple[str, ...]
    in_title: bool


class HitQuotation(NamedTuple):
    """A quotation by which a release matched: its characters in the body, marks included, and who says it."""

    start: int
    end: int
    speakers: tuple[NamedPerson, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that matched. `rank` counts from 1; `matches` is the number of highlighted spans.

    `reasons` are the first clauses that matched, with their words. `twin_of` is the id of a hit above on the same page
    whose headline and text are the same word for word, "" for none.
    `said` are the quotations that matched, of a query about any.
    `version` is the number of the version that matched, `current` whether it is the release's newest state, `live`
    whether the release still stands in an added folder: both are true but where the history was searched. `which` says
    the same in words, "" where both are true. `added` is when the release was first seen, `seen` when this version was
    (UTC, ISO 8601).
    """

    rank: int
    id: str
    title: Snippet
    published: PublishedDate | None
    added: str
    place: str
    source: str
    people: tuple[NamedPerson, ...]
    snippets: tuple[Snippet, ...]
    matches: int
    score: float
    version: int = 1
    current: bool = True
    live: bool = True
    which: str = ""
    seen: str = ""
    reasons: tuple[MatchReason, ...] = ()
    twin_of: str = ""
    said: tuple[HitQuotation, ...] = ()

    @property
    def linked_version(self) -> int | None:
        """The number of the version that its link leads to; None where it leads to the release's own address."""
        return None if self.current and self.live else self.version


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a field and the number of releases that have it; `value` goes into a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of a name field among the matches, and how many values there are in all."""

    name: NameField
    values: tuple[FacetValue, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """A year, month or day (`2011`, `2011-01`, `2011-01-20`) and the number of releases in it.

    "" stands for those without a date.
    """

    period: str
    count: int


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """One clause of the query: its canonical text, its meaning in words, its word forms, and the hits of it alone."""

    text: str
    meaning: str
    forms: tuple[str, ...]
    hits: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another query with its number of hits, and how it differs from the one searched."""

    text: str
    reason: str
    hits: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the query was parsed, its repairs, and the hits of each clause.

    `raw_query` is as typed, as far as it was read; `canonical_query` as searched, cut where it is very long; `grammar`
    is the version of the grammar. Of a long query `unlisted` clauses are not among `clauses`.
    """

    raw_query: str
    canonical_query: str
    grammar: str
    notices: tuple[str, ...]
    clauses: tuple[ClauseCount, ...]
    filters: tuple[str, ...] = ()
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class MoreHits:
    """Releases with fewer of the words, below a short answer: the query that finds them, and the first of them.

    They count in no total and no facet; their ranks go on from those of the answer.
    """

    query: Alternative
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class RecentPage:
    """A page of the hits of a query by when they became public here, last first, as a feed has them.

    `times` are when (UTC, ISO 8601), one for each hit; the rest is as in `Receipt` and `SearchPage`.
    """

    hits: tuple[Hit, ...]
    times: tuple[str, ...]
    total: int
    canonical_query: str
    notices: tuple[str, ...]
    filters: tuple[str, ...]
    partial: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of the results of a query.

    Where no release holds all its words, `relaxed` is the query searched instead, and all else is of that one; where
    few do, `more` has releases with fewer of them. `partial` says what was left out of a query that would cost too
    much, "" for nothing. `speakers` are who says the quotations that a query about any found, in how many releases; ""
    is nobody who is named. `spellings` are the query with words as they are commonly spelt here. `next` is the
    cursor of what follows, "" on the last page.
    """

    query: Query
    total: int
    offset: int
    limit: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    timeline: tuple[PeriodCount, ...]
    receipt: Receipt
    fingerprint: str
    relaxed: Alternative | None = None
    more: MoreHits | None = None
    partial: str = ""
    spellings: tuple[Alternative, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    interpretations: tuple[Alternative, ...] = ()
    next: str = ""
    speakers: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """One place where a quotation stands: release and version, characters of the body, who says it there.

    `is_current` says whether the version is the current one of a live release. `office` is the speaker's as printed
    there. `url` marks the very words. `added` is when the release was first seen (UTC, ISO 8601).
    """

    id: str
    title: str
    published: PublishedDate | None
    source: str
    version: int
    is_current: bool
    start: int
    end: int
    speakers: tuple[NamedPerson, ...]
    office: str
    url: str
    added: str


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quotation: the same words apart from case, accents and marks, as the first place has them.

    `count` is the number of its places, of which `places` has the first by date; `first` is the date of the first, and
    `exact` a query that finds them all. `words` are marked where they were found; `before` and `after` stand around
    them in the first place. `speakers` are those of the places shown, none where nobody is named.
    """

    rank: int
    words: Snippet
    before: str
    after: str
    speakers: tuple[NamedPerson, ...]
    first: PublishedDate | None
    count: int
    places: tuple[QuotePlace, ...]
    exact: str


@dataclass(frozen=True, slots=True)
class QuotesPage:
    """A page of the quotations of a query: `total` different ones in so many `places`, exactly.

    The rest is as in `Receipt` and `SearchPage`.
    """

    entries: tuple[QuoteEntry, ...]
    total: int
    places: int
    offset: int
    limit: int
    raw_query: str
    canonical_query: str
    notices: tuple[str, ...]
    filters: tuple[str, ...]
    partial: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HitList:
    """All hits of a query, by id and in order, with what was searched.

    `versions` has the number of the version that matched where it is not the current one of a live release. `limits`
    says what was left out of a query that would cost too much, "" for nothing; `notice` that an older index answered.
    """

    ids: Sequence[str]
    versions: Mapping[str, int]
    canonical_query: str
    filters: tuple[str, ...]
    fingerprint: str
    limits: str = ""
    notice: str = ""
