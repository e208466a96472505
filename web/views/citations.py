"""A release beside its page: as text to keep, and as a citation in the formats that programs take."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.release import Version
from indexer.citation import Citation, cite_version, format_bibtex, format_csl_json, format_ris
from indexer.export import release_to_markdown, release_to_text
from web import urls
from web.request_values import query_params
from web.searcher import get_searcher
from web.site import absolute_url

views = Blueprint("citations", __name__)

_MOVED_FOR_GOOD = 301

Write = Callable[[Version, Citation], str]
"""Writes a version and its citation as a file."""


@views.get("/release/<release:release_id>.txt")
@views.get("/release/<release_id>/v<int:number>.txt")
def text(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """The release as plain text."""
    return _answer(release_id, number, ".txt", "text/plain", release_to_text)


@views.get("/release/<release:release_id>.md")
@views.get("/release/<release_id>/v<int:number>.md")
def markdown(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """The release as Markdown."""
    return _answer(release_id, number, ".md", "text/markdown", release_to_markdown)


@views.get("/release/<release:release_id>.bib")
@views.get("/release/<release_id>/v<int:number>.bib")
def bibtex(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """Its citation in BibTeX."""
    return _answer(release_id, number, ".bib", "application/x-bibtex", lambda _, citation: format_bibtex(citation))


@views.get("/release/<release:release_id>.ris")
@views.get("/release/<release_id>/v<int:number>.ris")
def ris(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """Its citation in RIS."""
    media_type = "application/x-research-info-systems"
    return _answer(release_id, number, ".ris", media_type, lambda _, citation: format_ris(citation))


@views.get("/release/<release:release_id>.csl.json")
@views.get("/release/<release_id>/v<int:number>.csl.json")
def csl_json(release_id: str, number: int | None = None) -> WerkzeugResponse:
    """Its citation in CSL-JSON."""
    media_type = "application/vnd.citationstyles.csl+json"
    return _answer(release_id, number, ".csl.json", media_type, _write_csl_json)


def _write_csl_json(_: Version, citation: Citation) -> str:
    return f"{current_app.json.dumps(format_csl_json(citation))}\n"


def _answer(release_id: str, number: int | None, suffix: str, media_type: str, write: Write) -> WerkzeugResponse:
    """A version as a file; `?v=` leads to the version's own address, and so does a version that moved."""
    key, asked = urls.release_key(release_id), urls.read_version(query_params())
    version = get_searcher().version(key, min(number, urls.LAST_VERSION) if number is not None else asked)
    if version.work != key or (number is None and asked):
        return redirect(urls.version_url(version.work, version.number) + suffix, _MOVED_FOR_GOOD)
    citation = cite_version(version, absolute_url(""))
    content = write(version, citation).encode("utf-8", "replace")
    response = Response(content, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = "inline"
    return response
