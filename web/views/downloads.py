"""Files that are streamed: every hit of a search (`dateline export`), and the proof of a release (`dateline proof`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.ids import slug
from indexer.export import Export, ExportFormat, export_search, write_export
from indexer.export.proof import make_proof, write_proof
from web import urls
from web.errors import error_page
from web.export_slots import take_slot
from web.parts.quotes import MAX_PLACES, MAX_ROWS, run_quotes, write_quotes_csv
from web.request_values import parse_request, query_params
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
    return _stream(_without_body(exported, shape, requested.text), write_export(exported, shape))


@views.get("/release/<release_id>/proof.zip")
@views.get("/release/<release_id>/v<int:number>/proof.zip")
def proof(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """What the archive has of a version, the current one by default, with the passage of `?quote=` marked."""
    key, asked = urls.release_key(release_id), urls.read_version(query_params())
    version = get_searcher().version(key, min(number, urls.LAST_VERSION) if number is not None else asked)
    passage = urls.read_passage(query_params())
    if version.work != key or (number is None and asked):
        return redirect(urls.proof_url(version.work, version.number, passage), 301)
    made = make_proof(get_searcher().archive, key, version.number, passage, absolute_url(""))
    forbid_caching()
    response = Response(iter(()), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}.zip"'
    return response if request.method == "HEAD" else _stream(response, write_proof(made))


def _stream(response: Response, chunks: Iterator[bytes]) -> Response:
    """A response with its body, or the page that asks to try again later."""
    slot = take_slot()
    if slot is None:
        return _all_slots_taken()
    response.response = slot.stream(chunks)
    response.call_on_close(slot.give_back)  # also where nothing was read of it
    return response


@views.get("/quotes.csv")
def quotes() -> Response:
    """A line for each place of the first quotations of a search; the parameters of a page are passed over."""
    requested, _ = parse_request()
    found = run_quotes(get_searcher(), requested, window=(0, MAX_ROWS), places=MAX_PLACES)
    response = Response(write_quotes_csv(found), content_type=ExportFormat.CSV.media_type)
    response.headers["Dateline-Total"] = str(found.total)
    name = _file_name(f"quotations {requested.text}", ExportFormat.CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
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
