"""The pages of a search: results, all values of a facet, and the guided form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from indexer.query import Filters, Name, Order
from indexer.results import SearchPage
from indexer.search import Searcher
from web.parts import NAMED, Chip, Pager, alphabet, bars, facet_url, guided_query, make_chips, make_pager, panel, rows
from web.request_values import asked, values
from web.searcher import searcher
from web.urls import Search

views = Blueprint("results", __name__)

ORDERS = {
    Order.RELEVANCE: "best match",
    Order.NEWEST: "newest",
    Order.OLDEST: "oldest",
    Order.ADDED: "last added",
}


@views.get("/search")
def results() -> str:
    """The results of a search."""
    typed, notices = asked()
    found = answer(searcher(), typed, notices)
    # What narrows or turns the page is about what was searched, which is not what was typed where that finds nothing.
    search = typed.asking(found.relaxed.text).at(typed.page) if found.relaxed else typed
    return render_template(
        "search.html",
        search=search,
        typed=typed,
        page=found,
        chips=chips_of(searcher(), search),
        panels=[panel(search, facet) for facet in found.facets],
        timeline=bars.of_search(searcher(), search, found),
        pager=pager_of(search, found),
        orders=[(words, search.ordered(order).url(), order is search.order) for order, words in ORDERS.items()],
        readings=[(other, alternative_url(search, other.text, other.filters)) for other in found.readings],
        alternatives=[(other, alternative_url(search, other.text, other.filters)) for other in found.alternatives],
    )


@views.get("/search/guided")
def guided_form() -> Response:
    """The guided form, filled in: leads to the results of the query it makes."""
    return redirect(guided_query.written(values()).url(), 303)


@views.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of a field among the hits of a search."""
    if name not in list(Name):
        abort(404)
    field = Name(name)
    search, _ = asked()
    shown = facet_listing(field, search, lambda order, letter, number: facet_url(search, field, order, letter, number))
    return render_template(
        "names.html",
        name=field,
        title=NAMED[field],
        search=search.first_page,
        chips=chips_of(searcher(), search.first_page),
        listing=shown,
        rows=rows(search.first_page, field, shown.values),
        address=lambda order="", letter="": facet_url(search, field, order, letter),
    )


def facet_listing(field: Name, search: Search, url: Callable[[str, str, int], str]) -> alphabet.Listing:
    """The part of a field's values that the address asks for, among the hits of a search.

    `url` makes the address of such a part from an order, a letter and a page.
    """
    last = {key: given[-1] for key, given in values().items() if given}
    order, letter = last.get("order", ""), last.get("letter", "").lower()
    found = searcher().facet(search.text, search.filters, field)
    return alphabet.listing(
        field,
        found,
        order=order,
        letter=letter,
        page=search.page,
        url=lambda number: url(order, letter, number),
    )


def answer(source: Searcher, search: Search, notices: tuple[str, ...] = ()) -> SearchPage:
    """The page of results a search asks for; what its address got wrong is said in the receipt."""
    page = source.search(search.text, search.filters, search.order, offset=search.offset, limit=search.per)
    receipt = replace(page.receipt, notices=(*page.receipt.notices, *notices))
    return replace(page, receipt=receipt)


def pager_of(search: Search, page: SearchPage, path: str = "/search") -> Pager:
    """The pages of an answer, at the address of results or another that takes the same parameters."""
    return make_pager(search.page, search.per, page.total, lambda number: search.at(number).url(path))


def chips_of(source: Searcher, search: Search) -> list[Chip]:
    """The constraints of a search, with the names of its people."""
    person = search.filters.person
    return make_chips(search, source.archive.people(person.any_of + person.none_of))


def alternative_url(search: Search, text: str, filters: Filters) -> str:
    """The address of another query that has hits, in the same order."""
    return search.filtered(filters).asking("" if text == "*" else text).url()
