"""The JSON beside the pages: the same answers, in the shape that the command line prints too."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, jsonify, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from indexer.search import page_to_json, quotes_to_json, release_to_json
from web.parts.quotes import run_quotes
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import LAST_VERSION, json_url, read_text, read_version, read_window, release_key, version_url
from web.validators import forbid_caching

views = Blueprint("api", __name__)


@views.get("/search.json")
def search() -> Response:
    """The results of a search; `limit`, `offset` and `cursor` stand beside `page` and `per`."""
    requested, notices = parse_request()
    offset, limit, others = read_window(query_params(), requested.offset, requested.per)
    cursor = read_text(query_params(), "cursor").strip()
    page = get_searcher().search(
        requested.text, requested.filters, requested.order, offset=offset, limit=limit, cursor=cursor
    )
    if page.partial:
        forbid_caching()
    receipt = replace(page.receipt, notices=(*page.receipt.notices, *notices, *others))
    return jsonify(page_to_json(replace(page, receipt=receipt)))


@views.get("/quotes.json")
def quotes() -> Response:
    """The quotations of a search; `limit` and `offset` stand beside `page` and `per`."""
    requested, notices = parse_request()
    offset, limit, others = read_window(query_params(), requested.offset, requested.per)
    found = run_quotes(get_searcher(), requested, (*notices, *others), window=(offset, limit))
    return jsonify(quotes_to_json(found))


@views.get("/release/<release:release_id>.json")
@views.get("/release/<release_id>/v<int:number>.json")
def release(release_id: str, number: int | None = None) -> Response | WerkzeugResponse:
    """Everything known of a release: of the version in the path, the current one, or that of `?v=`."""
    key, asked = release_key(release_id), read_version(query_params())
    version = get_searcher().version(key, min(number, LAST_VERSION) if number is not None else asked)
    if version.work != key:
        moved_to = json_url(version.work, version.number)
        return redirect(moved_to if number is None else f"{version_url(version.work, version.number)}.json", 301)
    archive = get_searcher().archive
    return jsonify(release_to_json(version, archive.versions(version.work), archive.locations(version)))
