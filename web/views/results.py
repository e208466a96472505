"""The pages of a search: results, all values of a facet, and the guided form."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from indexer.query import Filters, Name, Order
from web.parts import NAMED, answer, bars, chips_of, facet_listing, facet_url, guided_query, pager_of, panel, rows
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


def alternative_url(search: Search, text: str, filters: Filters) -> str:
    """The address of another query that has hits, in the same order."""
    return search.filtered(filters).asking("" if text == "*" else text).url()
