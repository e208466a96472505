"""Feeds (Atom 1.0): any search, what is new, and everything of a person, source or place, by the time it was added."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.query import NameField, Order
from indexer.search import shorten
from web.formats import atom
from web.parts import find_name, search_feed
from web.parts.quotes import make_quotes_feed, run_quotes
from web.request_values import parse_request, query_string
from web.searcher import get_searcher
from web.urls import Search
from web.validators import forbid_caching

views = Blueprint("feeds", __name__)


@views.get("/feed.atom")
def search() -> Response:
    """The hits of a search."""
    requested, notices = parse_request()
    named = replace(requested, order=Order.RELEVANCE, per=Search().per)
    words = shorten(requested.text.strip(), 100) or "Every release" + (" chosen" if requested.filters else "")
    url = named.first_page.with_order(Order.ADDED).url()
    return _answer(named, f"{words} – Dateline", "/feed.atom", url, notices)


@views.get("/quotes.atom")
def quotes() -> Response:
    """The quotations of a search, the newest by date first."""
    requested, notices = parse_request()
    requested = replace(requested, order=Order.NEWEST, per=search_feed.PER_PAGE)
    window = (requested.page - 1) * requested.per, requested.per
    feed = make_quotes_feed(requested, run_quotes(get_searcher(), requested, notices, window=window))
    return Response(feed, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


@views.get("/latest.atom")
def latest() -> Response:
    """Everything that comes into the archive."""
    return _answer(_page_only(Search()), "Last added – Dateline", "/latest.atom", "/latest")


@views.get("/people/<release:slug>.atom")
def person(slug: str) -> Response | WerkzeugResponse:
    """The releases about a person."""
    return _answer_name(NameField.PERSON, slug)


@views.get("/sources/<release:slug>.atom")
def source(slug: str) -> Response | WerkzeugResponse:
    """The releases of a source."""
    return _answer_name(NameField.SOURCE, slug)


@views.get("/places/<release:slug>.atom")
def place(slug: str) -> Response | WerkzeugResponse:
    """The releases dated at a place."""
    return _answer_name(NameField.PLACE, slug)


def _answer_name(name: NameField, slug: str) -> Response | WerkzeugResponse:
    meant = find_name(name, slug)
    path = f"{meant.path}.atom"
    if meant.slug != slug:
        return redirect(path + query_string())
    return _answer(_page_only(meant.search), f"{meant.label} – Dateline", path, meant.path)


def _page_only(search: Search) -> Search:
    """A search with the page that the address asks for."""
    return replace(search, order=Order.RELEVANCE, page=parse_request()[0].page)


def _answer(search: Search, title: str, path: str, page_url: str, notices: tuple[str, ...] = ()) -> Response:
    per = search_feed.PER_PAGE
    page = get_searcher().recent(search.text, search.filters, offset=(search.page - 1) * per, limit=per)
    if page.partial:
        forbid_caching()
    page = replace(page, notices=(*page.notices, *notices))
    feed = search_feed.make_feed(search, page, title, path, page_url)
    return Response(atom.write_feed(feed), content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")
