"""The doubtful, for a person to look at: how many of each kind, and one kind's list with corrections to paste."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, abort, render_template

from archive.store import Archive, Doubt, review
from web.parts import make_pager
from web.request_values import parse_request
from web.searcher import get_searcher
from web.urls import with_query

views = Blueprint("audit", __name__)

PER_PAGE = 25
"""Doubtful values on one page."""


@views.get("/audit")
def overview() -> str:
    """How many are doubtful, kind by kind."""
    return render_template("audit.html", counts=_counts(), meanings=review.MEANINGS)


@views.get("/audit/<kind>")
def listing(kind: str) -> str:
    """The doubtful of one kind."""
    if kind not in list(Doubt):
        abort(404)
    doubt, page = Doubt(kind), parse_request()[0].page
    total = _counts()[doubt]
    return render_template(
        "audit_kind.html",
        doubt=doubt,
        meaning=review.MEANINGS[doubt],
        total=total,
        found=review.doubtful(get_searcher().archive, doubt, (page - 1) * PER_PAGE, PER_PAGE),
        pager=make_pager(page, PER_PAGE, total, lambda number: with_query(f"/audit/{doubt}", [("page", str(number))])),
    )


def _counts() -> dict[Doubt, int]:
    archive = get_searcher().archive
    return _cached_counts(archive, archive.revision)


@lru_cache(maxsize=4)
def _cached_counts(archive: Archive, revision: int) -> dict[Doubt, int]:
    """Counted once for a state of the archive: it takes a look at every release."""
    return review.counts(archive)
