"""The doubtful, for a person to look at: how many of each kind, and one kind's list with corrections to paste."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, abort, render_template

from archive.store import Archive, ReviewKind, review
from web.parts import make_pager
from web.request_values import asked
from web.searcher import searcher
from web.urls import with_query

views = Blueprint("audit", __name__)

SHOWN = 25
"""Doubtful values on one page."""


@views.get("/audit")
def overview() -> str:
    """How many are doubtful, kind by kind."""
    return render_template("audit.html", counts=_counts(), meanings=review.MEANINGS)


@views.get("/audit/<kind>")
def listing(kind: str) -> str:
    """The doubtful of one kind."""
    if kind not in list(ReviewKind):
        abort(404)
    doubt, page = ReviewKind(kind), asked()[0].page
    total = _counts()[doubt]
    return render_template(
        "audit_kind.html",
        doubt=doubt,
        meaning=review.MEANINGS[doubt],
        total=total,
        found=review.list_review_items(searcher().archive, doubt, (page - 1) * SHOWN, SHOWN),
        pager=make_pager(page, SHOWN, total, lambda number: with_query(f"/audit/{doubt}", [("page", str(number))])),
    )


def _counts() -> dict[ReviewKind, int]:
    archive = searcher().archive
    return _counted(archive, archive.revision)


@lru_cache(maxsize=4)
def _counted(archive: Archive, revision: int) -> dict[ReviewKind, int]:
    """Counted once for a state of the archive: it takes a look at every release."""
    return review.count_review_items(archive)
