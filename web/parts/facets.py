"""The values of a facet as rows that narrow a search: only this, this as well, not this, no longer this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.language import format_query, name_terms, parse_query
from indexer.query import Choice, Clause, NameField, Speaker, Unattributed, all_of, conjuncts
from indexer.results import Facet, FacetValue
from web.search_urls import SearchUrls, prepare_urls
from web.urls import Search, with_query

FACET_TITLES = {NameField.PERSON: "People", NameField.SOURCE: "Sources", NameField.PLACE: "Places"}
"""What a field of names is called at the head of its list."""


@dataclass(frozen=True, slots=True)
class FacetRow:
    """A value and its count. `url` selects it alone, or lets go of it where it is `selected`; "" in a long search."""

    label: str
    count: int
    url: str
    selected: bool = False
    also: str = ""
    without: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet beside the results; `all_url` leads to all its values, where there are more ("" in a long search)."""

    name: NameField
    title: str
    rows: tuple[FacetRow, ...]
    distinct: int
    all_url: str


def make_panel(search: Search, facet: Facet) -> Panel:
    """A facet of the answer to a search."""
    return Panel(
        facet.name,
        FACET_TITLES[facet.name],
        tuple(make_rows(search, facet.name, facet.values)),
        facet.distinct,
        "" if search.is_long else facet_url(search, facet.name),
    )


def make_rows(search: Search, name: NameField, values: Iterable[FacetValue]) -> list[FacetRow]:
    """The values of a field as rows of this search."""
    urls, choice = prepare_urls(search), search.filters.choice(name)
    return [_row(urls, choice, name, value) for value in values]


def _row(urls: SearchUrls, choice: Choice, name: NameField, value: FacetValue) -> FacetRow:
    label = value.label or f"[no {name.value}]"
    others = tuple(each for each in choice.none_of if each != value.value)
    if urls.is_long:
        return FacetRow(label, value.count, "", selected=value.value in choice.any_of, value=value.value)
    if value.value in choice.any_of:
        kept = tuple(each for each in choice.any_of if each != value.value)
        return FacetRow(label, value.count, urls.with_choice(name, Choice(kept, others)), selected=True)
    return FacetRow(
        label,
        value.count,
        urls.with_choice(name, Choice((value.value,), others)),
        also=urls.with_choice(name, Choice((*choice.any_of, value.value), others)) if choice.any_of else "",
        without=urls.with_choice(name, Choice(choice.any_of, (*choice.none_of, value.value))),
    )


def make_speaker_rows(search: Search, speakers: Iterable[FacetValue]) -> list[FacetRow]:
    """The speakers of the quotations that a search found: each narrows it to what that person says in them."""
    clauses = conjuncts(parse_query(search.text).clause)
    rows = []
    for value in speakers:
        said_by = Speaker(name_terms(value.label)) if value.value else Unattributed()
        url = "" if search.is_long or said_by in clauses else _url_with(search, clauses, said_by)
        rows.append(FacetRow(value.label or "[nobody named]", value.count, url, value=value.value))
    return rows


def _url_with(search: Search, clauses: list[Clause], added: Clause) -> str:
    return search.first_page.with_text(format_query(all_of([*clauses, added]))).url()


def facet_url(search: Search, name: NameField, listing: Iterable[tuple[str, str]] = ()) -> str:
    """The page of all values of a field among the hits of a search; `listing` are parameters of the list itself."""
    return with_query(f"/facets/{name.value}", [*search.first_page.params(), *listing])
