"""What needs review: how many values of each kind, and one kind's list with corrections to paste."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, abort, render_template

from archive.store import Archive, ReviewKind, review
from web.parts import make_pager
from web.request_values import parse_request
from web.searcher import get_searcher
from web.urls import with_query

views = Blueprint("audit", __name__)

PER_PAGE = 25
"""Values on one page."""


@views.get("/audit")
def overview() -> str:
    """How many values need review, kind by kind."""
    return render_template("audit.html", counts=_counts(), meanings=review.MEANINGS)


@views.get("/audit/<kind>")
def listing(kind: str) -> str:
    """The values of one kind."""
    if kind not in list(ReviewKind):
        abort(404)
    review_kind, page = ReviewKind(kind), parse_request()[0].page
    total = _counts()[review_kind]
    return render_template(
        "audit_kind.html",
        kind=review_kind,
        meaning=review.MEANINGS[review_kind],
        total=total,
        found=review.list_review_items(get_searcher().archive, review_kind, (page - 1) * PER_PAGE, PER_PAGE),
        pager=make_pager(
            page, PER_PAGE, total, lambda number: with_query(f"/audit/{review_kind}", [("page", str(number))])
        ),
    )


def _counts() -> dict[ReviewKind, int]:
    archive = get_searcher().archive
    return _cached_counts(archive, archive.revision)


@lru_cache(maxsize=4)
def _cached_counts(archive: Archive, revision: int) -> dict[ReviewKind, int]:
    """Counted once for a state of the archive: it takes a look at every release."""
    return review.count_review_items(archive)
