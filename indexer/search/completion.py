"""Completes what is being typed: names by any word of them, and titles, as queries with their counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import NamedTuple

from archive.store import Archive
from indexer import deadline
from indexer.language import exact_terms, format_query, name_terms, parse_query
from indexer.query import Clause, Named, NameField, Order, Phrase, Prefix, Query, all_of
from indexer.results import FacetValue
from indexer.search.limits import plan_query
from indexer.search.open_index import OpenIndex

MAX_COMPLETIONS = 10
"""Completions that are given."""

MAX_TITLES = 4
"""Of these, titles: most are of one release, and would stand behind every name."""

MAX_CHARACTERS = 200
"""Characters of the longest text that is completed, and of the longest completion."""

MIN_TITLE_CHARACTERS = 2
"""Characters of the shortest text that is completed to titles."""

MAX_CPU_S = 0.25
"""Seconds of processor time for the titles."""

_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”', " "))
_LAST = "\U0010ffff"


class Completion(NamedTuple):
    """A query, and how many releases it finds."""

    text: str
    releases: int


class NameIndex:
    """The names of one state of an index, found by their words. Immutable."""

    def __init__(self, facets: Iterable[tuple[NameField, Sequence[FacetValue]]]) -> None:
        values = sorted(
            ((-value.count, value.label, field) for field, found in facets for value in found if value.value),
        )
        self._names = [(field, label, frozenset(name_terms(label))) for _, label, field in values]
        pairs = sorted((term, at) for at, (_, _, terms) in enumerate(self._names) for term in terms)
        self._terms = [term for term, _ in pairs]
        self._at = [at for _, at in pairs]

    def find(self, terms: Sequence[str], limit: int) -> list[tuple[NameField, str]]:
        """The names with these words, of which the last may be the beginning of one; the commonest first."""
        *whole, last = terms
        first, end = bisect_left(self._terms, last), bisect_left(self._terms, last + _LAST)
        matching = (self._names[at] for at in sorted(set(self._at[first:end])))
        found = ((field, label) for field, label, words in matching if words.issuperset(whole))
        return list(islice(found, limit))


def complete(index: OpenIndex, names: NameIndex, archive: Archive, text: str) -> tuple[Completion, ...]:
    """The commonest queries that a text may be the beginning of; nothing for a long text, or where time is over."""
    if not text.strip() or len(text) > MAX_CHARACTERS:
        return ()
    terms = name_terms(text)
    found = names.find(terms, MAX_COMPLETIONS) if terms else []
    queries = [_query_name(field, label) for field, label in found]
    with deadline.limit_time(MAX_CPU_S):
        titles = _find_titles(index, archive, text)
        queries = [*queries[: MAX_COMPLETIONS - len(titles)], *titles]
        totals = index.totals([Query(clause) for _, clause in queries])
        if deadline.is_over():
            return ()
    counted = {query: total for (query, _), total in zip(queries, totals, strict=True) if total}
    return tuple(Completion(*each) for each in sorted(counted.items(), key=lambda each: -each[1]))


def _query_name(field: NameField, label: str) -> tuple[str, Clause]:
    """The query for a name: as it is written, where it is read as meant."""
    return _as_written(f'{field.value}:"{_plain(label)}"', Named(field, name_terms(label)))


def _find_titles(index: OpenIndex, archive: Archive, text: str) -> list[tuple[str, Clause]]:
    """The queries for the newest titles that have these words, of which the last may be the beginning of one."""
    terms = exact_terms(text)
    if not terms or len(text.strip()) < MIN_TITLE_CHARACTERS:
        return []
    clauses: list[Clause] = [*(Phrase((term,), title=True) for term in terms[:-1]), Prefix(terms[-1], title=True)]
    plan = plan_query(index.backend, all_of(clauses))
    results = index.find(Query(plan.clause, order=Order.NEWEST), plan)
    ids = [release_id for release_id, _ in results.page(0, MAX_TITLES)]
    releases = archive.current(ids, [])
    titles = dict.fromkeys(releases[each].release.title for each in ids if each in releases)
    return list(chain.from_iterable(map(_query_title, titles)))


def _query_title(title: str) -> list[tuple[str, Clause]]:
    """The query for a title, which is cut at a word where it is long; none for one without a word."""
    plain = _plain(title)
    if len(plain) > MAX_CHARACTERS:
        plain = plain[:MAX_CHARACTERS].rpartition(" ")[0]
    terms = exact_terms(plain)
    return [_as_written(f'title:"{plain}"', Phrase(tuple(terms), title=True))] if terms else []


def _plain(text: str) -> str:
    """A name or title without what would end a phrase, on one line."""
    return " ".join(text.translate(_QUOTATION_MARKS).split())


def _as_written(query: str, clause: Clause) -> tuple[str, Clause]:
    """A query as written, where it is read as this clause; else in its canonical form."""
    parsed = parse_query(query)
    return (query, clause) if parsed.clause == clause and not parsed.notices else (format_query(clause), clause)
