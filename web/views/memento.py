"""The TimeMap of a release: its versions with the moments at which they were first seen."""

from __future__ import annotations

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as WerkzeugResponse

from web import memento
from web.formats import link_format
from web.searcher import get_searcher
from web.urls import release_key, timemap_url

views = Blueprint("memento", __name__)


@views.get("/release/<release_id>/timemap")
def timemap(release_id: str) -> Response | WerkzeugResponse:
    """Every version of a release by time (RFC 7089)."""
    work = get_searcher().version(release_key(release_id)).work
    if work != release_id:
        return redirect(timemap_url(work), 301)
    versions = get_searcher().archive.versions(work)
    return Response(memento.write_timemap(work, versions), mimetype=link_format.MEDIA_TYPE)
