"""The pages of a search: results, quotations, all values of a facet, and the guided form."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template
from werkzeug.wrappers import Response

from indexer.query import Filters, NameField, Order
from indexer.results import Alternative, FacetValue, SearchPage
from web.names import Listing, ListRequest, list_facet, read_list_request
from web.parts import (
    FACET_TITLES,
    bars,
    facet_url,
    filter_chips,
    form_choices,
    guided_query,
    make_pager,
    make_panel,
    make_rows,
    make_speaker_rows,
    results_pager,
    run_search,
    search_chips,
)
from web.parts.listing import with_chosen_values
from web.parts.quotes import group_by_year, run_quotes
from web.request_values import parse_request, query_params
from web.search_urls import prepare_urls
from web.searcher import get_searcher
from web.urls import PAGE_SIZES, Search

views = Blueprint("results", __name__)

ORDERS = {
    Order.RELEVANCE: "best match",
    Order.NEWEST: "newest",
    Order.OLDEST: "oldest",
    Order.ADDED: "last added",
}

QUOTE_ORDERS = {order: ORDERS[order] for order in (Order.RELEVANCE, Order.NEWEST, Order.OLDEST)}

DOWNLOADS = {
    "/search.csv": "CSV, for spreadsheets",
    "/search.jsonl": "JSON Lines, for programs",
    "/search.ris": "RIS, for Zotero and EndNote",
    "/search.bib": "BibTeX, for LaTeX",
    "/search.zip": "ZIP of the original files",
}
"""The files that all hits can be had as."""


@views.get("/search")
def results() -> str:
    """The results of a search."""
    requested, notices = parse_request()
    page = run_search(get_searcher(), requested, notices)
    # Facets, pager and chips are of the query searched: a relaxed one where the one requested has no hit. A long one is
    # relaxed again each time: only the box holds it.
    search = requested.with_text(page.relaxed.text).at_page(requested.page) if page.relaxed else requested
    search = requested if requested.is_long else search
    urls = prepare_urls(search)
    return render_template(
        "search.html",
        search=search,
        requested=requested,
        page=page,
        chips=filter_chips(get_searcher(), search),
        is_read_otherwise=_is_read_otherwise(page),
        form=None if requested.is_long else guided_query.form_of_query(requested.text),
        choices=form_choices(search) if search.is_long else [],
        panels=[make_panel(search, with_chosen_values(get_searcher(), search, facet)) for facet in page.facets],
        speakers=make_speaker_rows(search, page.speakers),
        timeline=bars.timeline_of(get_searcher(), search, page),
        pager=results_pager(search, page),
        feed=search.first_page.with_order(Order.RELEVANCE).url("/feed.atom"),
        orders=[(order, words, "" if urls.is_long else urls.with_order(order)) for order, words in ORDERS.items()],
        downloads=_list_downloads(search, page),
        more_search=search.with_text(page.more.query.text) if page.more else None,
        spellings=[(other, alternative_url(search, other.text, other.filters)) for other in page.spellings],
        readings=_list_readings(search, page),
        alternatives=[(other, alternative_url(search, other.text, other.filters)) for other in page.alternatives],
    )


def _is_read_otherwise(page: SearchPage) -> bool:
    """Whether the query as it was understood differs from what was typed by more than case and spaces."""
    typed, understood = (text.casefold().split() for text in (page.receipt.raw_query, page.receipt.canonical_query))
    return typed != understood and understood != ["*"]


def _list_readings(search: Search, page: SearchPage) -> list[tuple[Alternative, str]]:
    """The words exactly, near each other and in any form, with addresses; nothing where all of them find nothing."""
    readings = [(other, alternative_url(search, other.text, other.filters)) for other in page.interpretations]
    return readings if any(other.hits for other, _ in readings) else []


def _list_downloads(search: Search, page: SearchPage) -> list[tuple[str, str, str]]:
    """The files of all hits: path, address and words; a long search has no address, since the form holds it.

    None where a file would not hold what the page shows: of part of a query, or of another one than the form's.
    """
    if not page.total or page.partial or (search.is_long and page.relaxed):
        return []
    whole = replace(search.first_page, per=PAGE_SIZES[0])
    return [(path, "" if search.is_long else whole.url(path), words) for path, words in DOWNLOADS.items()]


@views.get("/quotes")
def quotes() -> str:
    """Who said what: quotations, once each, with the places where they stand."""
    search, notices = parse_request()
    found, plain = run_quotes(get_searcher(), search, notices), search.first_page
    return render_template(
        "quotes.html",
        search=search,
        page=found,
        years=group_by_year(found, search.order),
        chips=filter_chips(get_searcher(), search),
        orders=[(order, words, plain.with_order(order).url("/quotes")) for order, words in QUOTE_ORDERS.items()],
        pager=make_pager(search.page, search.per, found.total, lambda number: search.at_page(number).url("/quotes")),
        files={each: plain.url(f"/quotes.{each}") for each in ("csv", "json", "atom")},
        releases=plain.with_text(found.canonical_query if search.text.strip() else "").url(),
    )


@views.get("/search/guided")
def guided_form() -> Response:
    """The guided form, filled in: leads to the results of the query it makes."""
    return redirect(guided_query.search_from_form(query_params()).url(), 303)


@views.get("/facets/<name>")
def facet(name: str) -> str:
    """All values of a field among the hits of a search."""
    if name not in list(NameField):
        abort(404)
    field = NameField(name)
    search, _ = parse_request()

    def url(wanted: ListRequest) -> str:
        return facet_url(search, field, wanted.params())

    shown = list_facet(field, search, read_list_request(), url)
    return render_template(
        "names.html",
        name=field,
        partial=get_searcher().find_limits(search.text),
        title=FACET_TITLES[field],
        search=search.first_page,
        chips=search_chips(get_searcher(), search.first_page),
        listing=shown,
        rows=make_rows(search.first_page, field, shown.values),
        unnamed=make_rows(search.first_page, field, _without_name(shown)),
        address=url,
    )


def _without_name(shown: Listing) -> list[FacetValue]:
    """The releases without a name, as a value behind the last one of a whole list."""
    is_whole = not shown.letter and not shown.request.filter and not shown.pager.after
    return [FacetValue("", "", shown.unnamed)] if shown.unnamed and is_whole else []


def alternative_url(search: Search, text: str, filters: Filters) -> str:
    """The address of another query that has hits, in the same order."""
    return search.with_filters(filters).with_text("" if text == "*" else text).url()
