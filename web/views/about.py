"""Pages about the archive itself: what it holds, what it could not read, how to ask it, whether it is well."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Response, current_app, jsonify, render_template

from archive.errors import DatelineError
from archive.store import counts
from indexer.language import parser
from indexer.search import Searcher, StateCache
from web.help import LiveTopic, field_names, fill_topics
from web.parts import make_pager
from web.request_values import parse_request
from web.searcher import get_searcher
from web.urls import with_query

views = Blueprint("about", __name__)

FIELDS = ("title", "date", "place", "source", "byline")
"""The fields whose rules are counted."""

REMARKS_PER_PAGE = 100
"""Remarks on one page."""


@views.get("/about")
def about() -> str:
    """What is here, how it was read, and what could not be."""
    archive = get_searcher().archive
    rules = [(field, counts.rules(archive, field)) for field in FIELDS]
    return render_template(
        "about.html",
        totals=counts.totals(archive),
        rules=[(field, found) for field, found in rules if found],
        skipped=counts.remarks(archive, skipped=True)[:REMARKS_PER_PAGE],
        remarked=len(counts.remarks(archive, skipped=False)),
    )


@views.get("/about/files")
def files() -> str:
    """Every file, or part of one, that was not read, or only with a repair."""
    remarks = sorted(counts.remarks(get_searcher().archive), key=lambda remark: not remark.skipped)
    page = parse_request()[0].page
    turned = make_pager(
        page, REMARKS_PER_PAGE, len(remarks), lambda number: with_query("/about/files", [("page", str(number))])
    )
    start = (page - 1) * REMARKS_PER_PAGE
    return render_template(
        "files.html",
        remarks=remarks[start : start + REMARKS_PER_PAGE],
        total=len(remarks),
        pager=turned,
    )


@views.get("/help")
def help_page() -> str:
    """How to ask, by examples from this archive."""
    today = dt.date.today()
    try:
        topics = _load_topics(get_searcher(), today)
    except DatelineError:  # help is needed most where something is wrong
        topics = fill_topics(None, today)
    return render_template("help.html", topics=topics, fields=field_names())


def _load_topics(searcher: Searcher, today: dt.date) -> tuple[LiveTopic, ...]:
    """The topics for a state of the archive, and for a day: dates such as “last month” move."""
    kept: StateCache = current_app.extensions.setdefault("dateline-help", StateCache(1))
    state = (searcher.backend.state, searcher.archive.changes, today)
    return kept.get(state, LiveTopic, lambda: fill_topics(searcher, today))


@views.get("/healthz")
def health() -> Response:
    """Whether the archive and its index can be searched, for programs that watch; and if an older index answers."""
    source = get_searcher()
    backend, notice = source.backend, source.notice
    facts = {"releases": backend.releases, "fingerprint": backend.fingerprint, "grammar": parser.GRAMMAR_VERSION}
    return jsonify(status="ok", **facts, **({"notice": notice} if notice else {}))
