"""Many queries at once: a line a query, each with its counts, within a number of queries and a time for all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer import deadline
from indexer.language import format_query, parser
from indexer.query import Query
from indexer.search import history, limits, suggestions
from indexer.search.open_index import OpenIndex
from indexer.search.page import list_notices, shorten

MAX_QUERIES = 200
"""Queries of a batch that are answered."""

MAX_CPU_S = 10.0
"""Seconds of processor time for all queries of a batch."""

MAX_QUERY_CPU_S = 1.5
"""Seconds of processor time for one of them, as a page of results has."""

MAX_PRINTED = 2000
"""Characters of a query as it was understood."""

_TOO_MANY = f"Not searched: at most {MAX_QUERIES} queries are counted at once."
_TOO_LATE = f"Not searched: the {MAX_CPU_S:.0f} seconds for all the queries had run out."

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class QueryCounts:
    """A query of a batch and how many releases it finds; `line` is where it stands, from 1.

    `exact`, `near` and `any_form` count the same words read otherwise, where it is plain words or a phrase. A number
    is None where it was not counted: `notices` then say why, or the query cannot be read so.
    """

    line: int
    query: str
    understood: str = ""
    total: int | None = None
    exact: int | None = None
    near: int | None = None
    any_form: int | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The counts of many queries in the order they came; `notice` says that an older index answered, "" for none."""

    rows: tuple[QueryCounts, ...]
    notice: str = ""

    @property
    def left_out(self) -> int:
        """How many queries have no counts: too many were asked, or the time was over."""
        return sum(row.total is None for row in self.rows)


def read_lines(text: str) -> Iterator[tuple[int, str]]:
    """The queries of a text with their line numbers; blank lines and those that begin with # are passed over."""
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), 1):
        query = line.strip()
        if query and not query.startswith("#"):
            yield number, query


def count_batch(index: OpenIndex, text: str, today: dt.date | None = None) -> tuple[QueryCounts, ...]:
    """The counts of each query in a text; those that are too many, or come too late, are there without counts."""
    rows = []
    with deadline.limit_time(MAX_CPU_S):
        for number, (line, query) in enumerate(read_lines(text)):
            if number >= MAX_QUERIES:
                rows.append(QueryCounts(line, query, notices=(_TOO_MANY,)))
            elif deadline.is_over():
                rows.append(QueryCounts(line, query, notices=(_TOO_LATE,)))
            else:
                rows.append(_count(index, line, query, today))
    return tuple(rows)


def _count(index: OpenIndex, line: int, text: str, today: dt.date | None) -> QueryCounts:
    parsed = parser.parse_query(text, today)
    with deadline.limit_time(deadline.seconds_left(MAX_QUERY_CPU_S)):
        plan = limits.plan_query(index.backend, parsed.clause)
        query = Query(plan.clause)
        variants = suggestions.read_as_words(history.without_marker(query))
        total, *counts = index.totals([query, *(history.with_marker(each.query, query) for each in variants)])
        was_ended = deadline.is_over()
    understood = shorten(format_query(plan.clause), MAX_PRINTED)
    notices = (*list_notices([each.text for each in parsed.notices]), *plan.remarks)
    if was_ended:  # what was counted may lack something
        return QueryCounts(line, text, understood, notices=(*notices, limits.CLOCK_REMARK))
    ways = {variant.reason: count for variant, count in zip(variants, counts, strict=True)}
    exact, near, any_form = (ways.get(each) for each in ("exact words", "near each other", "in any form"))
    return QueryCounts(line, text, understood, total, exact, near, any_form, notices)
