"""Every hit of a search as a file, streamed: what `dateline export` writes."""

from __future__ import annotations

import datetime as dt
import re

from flask import Blueprint, Response, request

from archive.ids import slug
from indexer.export import Export, ExportFormat, export_search, write_export
from web.errors import error_page
from web.export_slots import take_slot
from web.request_values import parse_request
from web.searcher import get_searcher
from web.site import absolute_url
from web.validators import forbid_caching

views = Blueprint("downloads", __name__)

RETRY_AFTER_S = 10
"""Seconds after which one may ask again where all slots are taken."""

_MAX_SLUG = 40


@views.get("/search.csv", defaults={"shape": ExportFormat.CSV})
@views.get("/search.jsonl", defaults={"shape": ExportFormat.JSONL})
@views.get("/search.ris", defaults={"shape": ExportFormat.RIS})
@views.get("/search.bib", defaults={"shape": ExportFormat.BIB})
@views.get("/search.zip", defaults={"shape": ExportFormat.ZIP})
def search(shape: ExportFormat) -> Response:
    """All hits of a search; the parameters of a page are passed over."""
    requested, _ = parse_request()
    base = absolute_url("")
    exported = export_search(get_searcher(), requested.text, requested.filters, requested.order, base)
    forbid_caching()  # it is read after its validator was made
    if request.method == "HEAD":
        return _without_body(exported, shape, requested.text)
    slot = take_slot()
    if slot is None:
        return _all_slots_taken()
    response = _without_body(exported, shape, requested.text)
    response.response = slot.stream(write_export(exported, shape))
    response.call_on_close(slot.give_back)  # also where nothing was read of it
    return response


def _without_body(exported: Export, shape: ExportFormat, query: str) -> Response:
    response = Response(iter(()), content_type=shape.media_type)  # of no length that is known
    response.headers["Dateline-Total"] = str(exported.total)
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(query, shape)}"'
    return response


def _file_name(query: str, shape: ExportFormat) -> str:
    """`dateline-fog-signal-2026-11-30.csv`: the query, shortly, and the day (UTC), in ASCII."""
    words = re.sub(r"[^a-z0-9]+", "-", slug(query, _MAX_SLUG)).strip("-") if query.strip() else "all"
    return f"dateline-{words or 'search'}-{dt.datetime.now(dt.UTC):%Y-%m-%d}.{shape}"


def _all_slots_taken() -> Response:
    words = "Two downloads are already running, the most at one time. Try again in a few seconds."
    response = error_page(503, "Other downloads are going on", words)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response
