"""The pages of a search: results, all values of a facet, and the guided form."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from indexer.query import Filters, Name, Order
from web.parts import (
    FACET_TITLES,
    bars,
    facet_listing,
    facet_url,
    guided_query,
    make_panel,
    make_rows,
    results_pager,
    run_search,
    search_chips,
)
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
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
    typed, notices = parse_request()
    found = run_search(get_searcher(), typed, notices)
    # What narrows or turns the page is about what was searched, which is not what was typed where that finds nothing.
    search = typed.with_text(found.relaxed.text).at_page(typed.page) if found.relaxed else typed
    return render_template(
        "search.html",
        search=search,
        typed=typed,
        page=found,
        chips=search_chips(get_searcher(), search),
        panels=[make_panel(search, facet) for facet in found.facets],
        timeline=bars.timeline_of(get_searcher(), search, found),
        pager=results_pager(search, found),
        orders=[(words, search.with_order(order).url(), order is search.order) for order, words in ORDERS.items()],
        readings=[(other, alternative_url(search, other.text, other.filters)) for other in found.readings],
        alternatives=[(other, alternative_url(search, other.text, other.filters)) for other in found.alternatives],
    )


@views.get("/search/guided")
def guided_form() -> Response:
    """The guided form, filled in: leads to the results of the query it makes."""
    return redirect(guided_query.search_from_form(query_params()).url(), 303)


@views.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of a field among the hits of a search."""
    if name not in list(Name):
        abort(404)
    field = Name(name)
    search, _ = parse_request()
    shown = facet_listing(field, search, lambda order, letter, number: facet_url(search, field, order, letter, number))
    return render_template(
        "names.html",
        name=field,
        title=FACET_TITLES[field],
        search=search.first_page,
        chips=search_chips(get_searcher(), search.first_page),
        listing=shown,
        rows=make_rows(search.first_page, field, shown.values),
        address=lambda order="", letter="": facet_url(search, field, order, letter),
    )


def alternative_url(search: Search, text: str, filters: Filters) -> str:
    """The address of another query that has hits, in the same order."""
    return search.with_filters(filters).with_text("" if text == "*" else text).url()
