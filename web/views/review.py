"""What needs review: how many values of each kind, and one kind's list, a line a value, with corrections to paste."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flask import Blueprint, abort, render_template

from archive.store import Archive, ReviewKind, review
from archive.store.review import ReviewCount, ReviewGroup
from indexer.query import NameField
from web import urls
from web.parts import make_pager
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import read_text, with_query

views = Blueprint("audit", __name__)

PER_PAGE = 25
"""Values on one page."""


@views.get("/audit")
def overview() -> str:
    """How many values need review, kind by kind."""
    counts = {kind: _count(kind) for kind in ReviewKind}
    return render_template("audit.html", counts=counts, meanings=review.MEANINGS)


@views.get("/audit/<kind>")
def listing(kind: str) -> str:
    """The values of one kind; with `field` and what else names one of them, its releases, each with its correction."""
    if kind not in list(ReviewKind):
        abort(404)
    review_kind, groups = ReviewKind(kind), _groups(ReviewKind(kind))
    if read_text(query_params(), "field"):
        return _render_group(review_kind, groups)
    page = parse_request()[0].page
    return render_template(
        "audit_kind.html",
        meaning=review.MEANINGS[review_kind],
        count=_count(review_kind),
        groups=groups[(page - 1) * PER_PAGE : page * PER_PAGE],
        group_url=lambda group: with_query(f"/audit/{review_kind}", _group_params(group)),
        value_url=_value_url,
        pager=make_pager(
            page, PER_PAGE, len(groups), lambda number: with_query(f"/audit/{review_kind}", [("page", str(number))])
        ),
    )


def _render_group(kind: ReviewKind, groups: Sequence[ReviewGroup]) -> str:
    """The releases of a group."""
    asked = {name: read_text(query_params(), name) for name in ("field", "value", "source", "rule")}
    group = next((each for each in groups if dict(_group_params(each)) == {k: v for k, v in asked.items() if v}), None)
    if group is None or group.person:
        abort(404)
    page, path = parse_request()[0].page, f"/audit/{kind}"
    return render_template(
        "audit_group.html",
        kind=kind,
        meaning=review.MEANINGS[kind],
        group=group,
        items=group.items[(page - 1) * PER_PAGE : page * PER_PAGE],
        value_url=_value_url,
        pager=make_pager(
            page,
            PER_PAGE,
            len(group.items),
            lambda number: with_query(path, [*_group_params(group), ("page", str(number))]),
        ),
    )


def _group_params(group: ReviewGroup) -> list[tuple[str, str]]:
    """What names a group in an address."""
    rule = group.rule.sentence if group.rule and not group.value else ""
    pairs = [("field", group.field), ("value", group.value), ("source", group.source), ("rule", rule)]
    return [(name, value) for name, value in pairs if value]


def _value_url(group: ReviewGroup) -> str:
    """The page of the person, source or place that a group is about."""
    return urls.person_url(group.person) if group.person else urls.name_url(NameField(group.field), group.value)


def _groups(kind: ReviewKind) -> Sequence[ReviewGroup]:
    archive = get_searcher().archive
    return _cached_groups(archive, archive.changes, kind)


def _count(kind: ReviewKind) -> ReviewCount:
    archive = get_searcher().archive
    return _cached_count(archive, archive.changes, kind)


@lru_cache(maxsize=2 * len(ReviewKind))
def _cached_count(archive: Archive, changes: int, kind: ReviewKind) -> ReviewCount:
    return review.count_values(archive, kind, _cached_groups(archive, changes, kind))


@lru_cache(maxsize=2 * len(ReviewKind))
def _cached_groups(archive: Archive, changes: int, kind: ReviewKind) -> Sequence[ReviewGroup]:
    """Listed once for a state of the archive: it takes a look at every release."""
    return review.group_review_items(review.list_review_items(archive, kind))
