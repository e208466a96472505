"""Validators of answers (ETag, RFC 9110, 8.8.3): what a browser has is used again while nothing it says can differ.

An answer depends on the archive, the index, the program, the day (on which "yesterday" in a query hangs, and embargoes)
and where it is served. An address is answered by 304, or as it was before, and nothing is looked up. An answer from an
older index, or one that had to leave something out, is not to be kept; nor is one during which something changed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from archive.errors import DatelineError
from web.kept_answers import KeptAnswers
from web.searcher import get_searcher
from web.site import absolute_url

_KEY = "dateline-answers"
_NOT_KEPT = "no-store"
_OWN_VALIDATORS = frozenset({"static", "about.health", "release.original"})
"""The endpoints that set their own validators, or have none."""


def register_validators(app: Flask) -> None:
    """Answer what did not change with 304 or as before, and give every other answer its validator."""
    app.extensions[_KEY] = KeptAnswers()
    app.before_request(_answer_unchanged)
    app.after_request(_add_validator)


def forbid_caching() -> None:
    """Have the answer at hand not kept by a browser: it lacks something that it may have the next time."""
    g.is_incomplete = True


def _answer_unchanged() -> Response | None:
    if request.method not in ("GET", "HEAD") or request.endpoint in _OWN_VALIDATORS:
        return None
    g.validator = _state_tag()
    known = request.if_none_match
    if not g.validator:
        return None
    if known.star_tag or not known.contains_weak(g.validator):
        return _answers().find(g.validator, request.full_path)
    response = Response(status=304)
    response.set_etag(g.validator)
    return response


def _answers() -> KeptAnswers:
    answers: KeptAnswers = current_app.extensions[_KEY]
    return answers


def _add_validator(response: Response) -> Response:
    tag = g.get("validator")
    if tag is None or response.status_code != 200 or response.headers.get("ETag"):
        return response
    if not tag or g.get("is_incomplete"):
        response.headers["Cache-Control"] = _NOT_KEPT
    elif tag == _state_tag():
        response.set_etag(tag)
        _answers().keep(tag, request.full_path, response)
    return response


@cache
def _program_digest() -> bytes:
    """A digest of the program itself, its templates among it: another one may word the same answer otherwise."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for package in ("archive", "indexer", "web"):
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".html", ".txt", ".xml"):
                digest.update(file.read_bytes())
    return digest.digest()


def _state_tag() -> str:
    """A digest of all that the answer at this address depends on; "" where none is to be kept."""
    try:
        searcher = get_searcher()
        backend, changes = searcher.backend, searcher.archive.changes
        if searcher.notice:
            return ""
    except DatelineError:
        return ""
    state = (
        changes,
        backend.state,
        backend.fingerprint,
        _program_digest(),
        dt.date.today().isoformat(),
        absolute_url(request.full_path),
    )
    return hashlib.sha256(repr(state).encode()).hexdigest()[:24]
