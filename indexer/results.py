"""What a search gives back: pages of hits, their passages, the facets, and the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from archive.release import PublishedDate
from indexer.query import Filters, Name, Query


class Span(NamedTuple):
    """A slice of a text, by offsets in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A slice of a text and the spans of it to mark; `start` is where the slice begins in the whole text."""

    text: str
    spans: tuple[Span, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as a facet or a hit names them: the name to show, and the slug of their page."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One release that matched. `matches` counts the marked places; `number` is its rank, from 1."""

    number: int
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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a field and the number of releases that have it; `value` goes into a filter."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of a name field among the matches, and how many values there are in all."""

    name: Name
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
    """One clause of the query as it was searched: its text, the word forms found, and its hits alone."""

    text: str
    meaning: str
    forms: tuple[str, ...]
    hits: int


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another query that has hits, offered where this one has none, and in what it differs."""

    text: str
    reason: str
    hits: int
    filters: Filters


@dataclass(frozen=True, slots=True)
class Receipt:
    """How the query was read and what each part of it found."""

    typed: str
    understood: str
    grammar: str
    notices: tuple[str, ...]
    clauses: tuple[ClauseCount, ...]
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of the answer to a query.

    Where no release holds all its words, `relaxed` is what was searched instead, and all else is of that.
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
    alternatives: tuple[Alternative, ...] = ()
    readings: tuple[Alternative, ...] = ()
