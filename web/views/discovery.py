"""What browsers and crawlers look for: how to search here, completions, what may be read, all releases."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, render_template

from archive.store.listings import list_live_addresses
from indexer.output import format_count
from web import openapi
from web.formats import sitemap
from web.request_values import query_params
from web.searcher import get_searcher
from web.site import absolute_url
from web.urls import Search, read_text

views = Blueprint("discovery", __name__)


@views.get("/opensearch.xml")
def description() -> Response:
    """How a browser or a program searches here (OpenSearch 1.1)."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@views.get("/openapi.json")
def addresses() -> Response:
    """Every address that programs read (OpenAPI 3.1)."""
    response = jsonify(openapi.write_document(absolute_url("")))
    response.mimetype = "application/vnd.oai.openapi+json"
    return response


@views.get("/suggest")
def suggest() -> Response:
    """What a text that is being typed may become (OpenSearch Suggestions 1.1): queries, counts in words, addresses."""
    text = read_text(query_params(), "q")
    found = get_searcher().complete(text)
    response = jsonify(
        [
            text,
            [each.text for each in found],
            [format_count(each.releases, "release") for each in found],
            [absolute_url(Search(each.text).url()) for each in found],
        ]
    )
    response.mimetype = "application/x-suggestions+json"
    return response


@views.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read (RFC 9309): releases and lists, and not every search there could be."""
    prefix = urlsplit(absolute_url("/")).path.rstrip("/")
    return Response(render_template("robots.txt", prefix=prefix), mimetype="text/plain")


@views.get("/sitemap.xml")
def sitemap_index() -> Response:
    """The lists of all live releases."""
    lists = [absolute_url(f"/sitemap-{number}.xml") for number in range(1, _count_lists() + 1)]
    return Response(sitemap.write_index(lists), mimetype=sitemap.MEDIA_TYPE)


@views.get("/sitemap-<int:number>.xml")
def sitemap_list(number: int) -> Response:
    """Some of all live releases, by id."""
    if not 1 <= number <= _count_lists():
        abort(404)
    archive, size = get_searcher().archive, sitemap.MAX_ADDRESSES
    releases = list_live_addresses(archive, (number - 1) * size, size)
    root = absolute_url("")  # now: pieces are written when the request is over
    return Response(sitemap.write_list(releases, lambda path: root + path), mimetype=sitemap.MEDIA_TYPE)


def _count_lists() -> int:
    """How many lists there are: one at least, since an index of none is not valid."""
    return max(1, -(-get_searcher().archive.count_live() // sitemap.MAX_ADDRESSES))
