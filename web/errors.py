"""Errors as pages: what happened, in plain words, and always a way on."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from archive.errors import DatelineError, ReleasePurged, UnknownRelease
from indexer.errors import PassageNotFound, QueryTooLarge
from indexer.output import make_line_visible
from web.parts import NameGone

_WORDS = {
    400: ("This address cannot be read", "The request is not in a form that a browser would send."),
    403: (
        "This form was sent from elsewhere",
        "Only a page of this archive can send it. Open the form here and try again.",
    ),
    404: ("There is nothing at this address", "It may be misspelt, or cut off when it was copied."),
    405: ("This archive can only be read", "You can look at these pages, but not send anything to them."),
    413: ("That is too much at once", "A form can have up to 64 KB. Send fewer lines at a time."),
    414: ("This address is too long", "Shorten the query: only its first 8,192 bytes are read."),
    500: (
        "Something went wrong here",
        "The fault is ours, not yours. Nothing in the archive was changed. Try again, or go back.",
    ),
    503: ("The archive cannot be searched just now", "Try again in a moment."),
}

_JSON = (".json",)
_JSON_PATHS = ("/healthz", "/suggest")
_FILES = (".txt", ".md", ".bib", ".ris", ".csv", ".jsonl", ".zip", ".atom", ".xml", "/timemap")
"""How addresses end that give JSON, and that give another file; `error` in the JSON is older than `detail`."""


def register_error_pages(app: Flask) -> None:
    """Answer errors in the look of the other pages, or as JSON or text where a file was asked for."""
    app.register_error_handler(HTTPException, _http_error_page)
    app.register_error_handler(NameGone, _name_gone_page)
    app.register_error_handler(DatelineError, _dateline_error_page)
    app.register_error_handler(Exception, _unexpected_error_page)


def error_page(status: int, title: str, words: str) -> Response:
    """An error in the shape of its address: a page, JSON (RFC 9457), or plain text where a file was asked for."""
    if _is_json():
        response = jsonify(type="about:blank", title=title, status=status, detail=words, error=words)
        response.mimetype = "application/problem+json"
    elif _is_file():
        response = Response(f"{status} {title}\n\n{words}\n", mimetype="text/plain")
    else:
        response = make_response(render_template("error.html", status=status, title=title, words=words))
    response.status_code = status
    return response


def _is_json() -> bool:
    return request.path.lower().endswith(_JSON) or request.path in _JSON_PATHS


def _is_file() -> bool:
    """Whether something else than a page was asked for."""
    return _is_json() or request.path.lower().endswith(_FILES)


def _http_error_page(error: HTTPException) -> Response:
    code = error.code or 500
    if code < 400:  # a redirect that the router made
        return make_response(error.get_response())
    title, words = _WORDS.get(code, (error.name, ""))
    response = error_page(code, title, words)
    if allowed := dict(error.get_headers()).get("Allow"):
        response.headers["Allow"] = allowed
    return response


def _dateline_error_page(error: DatelineError) -> Response:
    if isinstance(error, UnknownRelease):
        return error_page(404, "There is no such release here", str(error))
    if isinstance(error, PassageNotFound):
        return error_page(404, "These words are not in this version", str(error))
    if isinstance(error, ReleasePurged):
        return error_page(410, "This release was removed", str(error))
    if isinstance(error, QueryTooLarge):
        return error_page(422, "This query is too large to be downloaded", str(error))
    return error_page(503, _WORDS[503][0], str(error))


def _name_gone_page(error: NameGone) -> Response:
    if _is_file():
        return error_page(410, "No longer listed", str(error))
    return make_response(render_template("no_longer.html", what=error.name.value, words=error.words), 410)


def _unexpected_error_page(error: Exception) -> Response:
    # The path and not the address: what was searched for is not logged.
    current_app.logger.error("could not answer %s", make_line_visible(request.path), exc_info=error)
    return error_page(InternalServerError.code, *_WORDS[500])
