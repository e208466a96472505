"""The constraints of a search as chips: what each says, and the address of the search without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from archive.release import PublishedDate
from indexer.language import format_query, parse_query
from indexer.query import Choice, Clause, Everything, NameField, all_of, conjuncts
from web.parts.filters import date_words
from web.urls import Search

MAX_WORD_CHIPS = 12
"""Clauses of a query that have a chip each; a longer one is changed in the box."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One constraint; `kind` says of which sort it is ("" for words), `rest` is the search without it."""

    kind: str
    words: str
    rest: Search


def make_chips(search: Search, people: Mapping[str, str]) -> list[Chip]:
    """The constraints of a search, in the order they are read; `people` names the slugs among them."""
    return [*_word_chips(search), *make_filter_chips(search, people)]


def make_filter_chips(search: Search, people: Mapping[str, str]) -> list[Chip]:
    """Those of its filters, which stand in no box; `people` names the slugs among them."""
    return [*_name_chips(search, people), *_date_chips(search)]


def form_choices(search: Search) -> list[tuple[str, str, str]]:
    """The filters of a long search as boxes to untick: name and value of each parameter, and what it says."""
    return [
        (name, value, f"{name.replace('_', ' ')} {value}".strip())
        for name, value in search.first_page.params()
        if name.removeprefix("not_") in list(NameField) or name == "undated"
    ]


def _word_chips(search: Search) -> Iterator[Chip]:
    clauses = _clauses(parse_query(search.text).clause)
    if len(clauses) > MAX_WORD_CHIPS:
        return
    for number, clause in enumerate(clauses):
        rest = [*clauses[:number], *clauses[number + 1 :]]
        yield Chip("", format_query(clause), search.with_text(format_query(all_of(rest)) if rest else ""))


def _clauses(clause: Clause) -> list[Clause]:
    """The clauses that all must hold; "every release" is no constraint."""
    return [] if isinstance(clause, Everything) else conjuncts(clause)


def _name_chips(search: Search, people: Mapping[str, str]) -> Iterator[Chip]:
    for name in NameField:
        choice = search.filters.choice(name)
        for value in choice.any_of:
            rest = Choice(_without(choice.any_of, value), choice.none_of)
            yield Chip(name.value, _label(name, value, people), search.with_choice(name, rest))
        for value in choice.none_of:
            rest = Choice(choice.any_of, _without(choice.none_of, value))
            yield Chip(f"not {name.value}", _label(name, value, people), search.with_choice(name, rest))


def _date_chips(search: Search) -> Iterator[Chip]:
    filters = search.filters
    if filters.since and filters.since == filters.until:
        yield Chip("published", date_words(filters.since), _with_dates(search, None, None))
    else:
        if filters.since:
            yield Chip("from", date_words(filters.since), _with_dates(search, None, filters.until))
        if filters.until:
            yield Chip("to", date_words(filters.until), _with_dates(search, filters.since, None))
    if filters.undated:
        yield Chip("", "no known date", search.with_filters(replace(filters, undated=False)))


def _with_dates(search: Search, since: PublishedDate | None, until: PublishedDate | None) -> Search:
    return search.with_filters(replace(search.filters, since=since, until=until))


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != value)


def _label(name: NameField, value: str, people: Mapping[str, str]) -> str:
    if not value:
        return f"no {name.value}"
    return people.get(value, value) if name is NameField.PERSON else value
