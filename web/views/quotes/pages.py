"""The addresses of quotations: a page, and the same for feed readers, spreadsheets and programs."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from flask import Blueprint, Response, jsonify, render_template

from indexer.query import Order
from indexer.results import QuoteEntry, QuotesPage
from indexer.search import PLACES_SHOWN, quotes_to_json
from web.parts import filter_chips, make_pager
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import Search, read_window
from web.validators import forbid_caching
from web.views.quotes.quotes_csv import write_csv
from web.views.quotes.quotes_feed import make_feed

views = Blueprint("quotes", __name__)

ORDERS = {Order.RELEVANCE: "best match", Order.NEWEST: "newest", Order.OLDEST: "oldest"}

MAX_ROWS, MAX_PLACES = 1000, 100
"""Quotations in a table, and places of each."""

PER_FEED = 20


@views.get("/quotes")
def page() -> str:
    """Quotations, once each, with the places where they stand."""
    search, notices = parse_request()
    found = _find(search, notices, search.offset, search.per)
    return render_template(
        "quotes.html",
        search=search,
        page=found,
        years=_group_by_year(found, search.order),
        chips=filter_chips(get_searcher(), search),
        orders=[(order, words, search.first_page.with_order(order).url("/quotes")) for order, words in ORDERS.items()],
        pager=make_pager(search.page, search.per, found.total, lambda number: search.at_page(number).url("/quotes")),
        files={each: search.first_page.url(f"/quotes.{each}") for each in ("csv", "json", "atom")},
        releases=search.first_page.with_text(found.canonical_query if search.text.strip() else "").url(),
    )


@views.get("/quotes.json")
def as_json() -> Response:
    """The same as JSON; `limit` and `offset` stand beside `page` and `per`."""
    search, notices = parse_request()
    offset, limit, others = read_window(query_params(), search.offset, search.per)
    return jsonify(quotes_to_json(_find(search, (*notices, *others), offset, limit)))


@views.get("/quotes.csv")
def as_csv() -> Response:
    """A line for each place, of the first MAX_ROWS quotations."""
    search, _ = parse_request()
    found = _find(search, (), 0, MAX_ROWS, MAX_PLACES)
    response = Response(write_csv(found), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="quotations.csv"'
    response.headers["Dateline-Total"] = str(found.total)
    return response


@views.get("/quotes.atom")
def as_feed() -> Response:
    """The same as a feed, the newest by date first."""
    search, notices = parse_request()
    search = replace(search, order=Order.NEWEST, per=PER_FEED)
    found = _find(search, notices, (search.page - 1) * PER_FEED, PER_FEED)
    return Response(make_feed(search, found), content_type="application/atom+xml; charset=utf-8")


def _group_by_year(found: QuotesPage, order: Order) -> list[tuple[str | None, list[QuoteEntry]]]:
    """The entries below the years of their first places ("" for none), where they are in order of date."""
    if order is Order.RELEVANCE:
        return [(None, list(found.entries))] if found.entries else []
    years = groupby(found.entries, key=lambda each: each.first.iso[:4] if each.first else "")
    return [(year, list(entries)) for year, entries in years]


def _find(search: Search, notices: tuple[str, ...], offset: int, limit: int, places: int = PLACES_SHOWN) -> QuotesPage:
    """The quotations of a search; what its address got wrong is said in the notices."""
    found = get_searcher().quotes(search.text, search.filters, search.order, offset=offset, limit=limit, places=places)
    if found.partial:
        forbid_caching()
    return replace(found, notices=(*found.notices, *notices))
