"""The quotations of a search, and how a page groups them."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from indexer.query import Order
from indexer.results import QuoteEntry, QuotesPage
from indexer.search import PLACES_SHOWN, Searcher
from web.urls import Search
from web.validators import forbid_caching


def run_quotes(
    source: Searcher,
    search: Search,
    notices: tuple[str, ...] = (),
    *,
    window: tuple[int, int] | None = None,
    places: int = PLACES_SHOWN,
) -> QuotesPage:
    """The quotations of a search: those of its page, or of a window of offset and limit.

    What its address got wrong is said in the notices.
    """
    offset, limit = window or (search.offset, search.per)
    found = source.quotes(search.text, search.filters, search.order, offset=offset, limit=limit, places=places)
    if found.partial:
        forbid_caching()
    return replace(found, notices=(*found.notices, *notices))


def group_by_year(found: QuotesPage, order: Order) -> list[tuple[str | None, list[QuoteEntry]]]:
    """The entries below the years of their first places ("" for none), where they are in order of date."""
    if order is Order.RELEVANCE:
        return [(None, list(found.entries))] if found.entries else []
    years = groupby(found.entries, key=lambda each: each.first.iso[:4] if each.first else "")
    return [(year, list(entries)) for year, entries in years]
