"""What the archive holds of each source, year by year and month by month, and what it lacks: as a page and as JSON."""

from __future__ import annotations

import re
from collections import Counter

from flask import Blueprint, Response, jsonify, render_template

from archive.store import counts
from indexer.query import NameField
from web.names import CoverageTable, coverage_to_json, make_coverage_table
from web.parts import make_pager
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import facet_value_url, read_text, with_query

views = Blueprint("coverage", __name__)

PER_PAGE = 50
"""Sources on one page."""


@views.get("/coverage")
def coverage() -> str:
    """Sources and years; `year` opens the months of one."""
    table, page = _make_table(), parse_request()[0].page
    years = list(make_coverage_table(get_searcher().coverage()).columns) if table.year else list(table.columns)
    at = years.index(table.year) if table.year in years else -1
    return render_template(
        "coverage.html",
        table=table,
        rows=table.rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        before=years[at - 1] if at > 0 else "",
        after=years[at + 1] if 0 <= at < len(years) - 1 else "",
        unread=_count_unread(),
        source_url=lambda label: facet_value_url(NameField.SOURCE, label, label),
        pager=make_pager(page, PER_PAGE, len(table.rows), lambda number: _url(table.year, number)),
    )


@views.get("/coverage.json")
def coverage_json() -> Response:
    """The same as JSON: of each source every month that has releases, and every gap."""
    table, page = _make_table(), parse_request()[0].page
    pager = make_pager(page, PER_PAGE, len(table.rows), str)
    shown = table.rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return jsonify(coverage_to_json(table, shown, pager.page, pager.pages, _count_unread()))


def _make_table() -> CoverageTable:
    asked = read_text(query_params(), "year").strip()
    coverage = get_searcher().coverage()
    year = asked if re.fullmatch(r"[0-9]{4}", asked) and any(each[:4] == asked for each in coverage.whole) else ""
    return make_coverage_table(coverage, year)


def _count_unread() -> list[tuple[str, int]]:
    """Why files, or parts of files, could not be read, and how many, the commonest reason first."""
    remarks = counts.remarks(get_searcher().archive, skipped=True)
    found = Counter(remark.reason for remark in remarks)
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))


def _url(year: str, page: int) -> str:
    pairs = [("year", year), ("page", str(page) if page > 1 else "")]
    return with_query("/coverage", [(name, value) for name, value in pairs if value])
