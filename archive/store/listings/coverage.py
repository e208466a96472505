"""Counts the releases of each source by month, and which sources are parts of which office; of live releases as shown.

A release counts for its source and for the office above it, as in the facet of sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from archive.store.archive import Archive


class SourceCount(NamedTuple):
    """The releases of a source ("" for none) in a period: a month, a year of releases dated no closer, "" undated."""

    source: str
    period: str
    releases: int


class Coverage(NamedTuple):
    """What there is of each source, and of all: releases by period; and the offices above and below each source."""

    by_source: Mapping[str, Mapping[str, int]]
    whole: Mapping[str, int]
    parents: Mapping[str, Mapping[str, int]]
    parts: Mapping[str, Mapping[str, int]]


_NAME = "coalesce((SELECT n.name FROM value_names n WHERE n.field = 'source' AND n.spelling = {0}), {0})"
_LIVE = (
    f"SELECT v.version, {_NAME.format('v.source')} AS source, substr(v.published, 1, 7) AS period "
    "FROM works w JOIN versions v ON v.work = w.work AND v.number = w.current AND w.live"
)
# A parent that the archive calls as it calls the source itself is no office above it.
_ABOVE = (
    f"SELECT l.version, l.source, l.period, max({_NAME.format('e.value')}) AS parent FROM live l "
    "JOIN evidence e ON e.version = l.version AND e.field = 'parent' AND e.chosen GROUP BY l.version"
)


def load_coverage(archive: Archive) -> Coverage:
    """The archive counted; takes a look at every release."""
    rows = archive.select(
        f"WITH live AS MATERIALIZED ({_LIVE}), above AS ({_ABOVE}) "
        "SELECT source, period, '' AS parent, count(*) AS releases FROM live GROUP BY 1, 2 UNION ALL "
        "SELECT source, period, parent, count(*) FROM above WHERE parent NOT IN ('', source) GROUP BY 1, 2, 3"
    )
    own = [SourceCount(row["source"], row["period"], row["releases"]) for row in rows if not row["parent"]]
    issued_below = [row for row in rows if row["parent"]]
    counts = [*own, *(SourceCount(row["parent"], row["period"], row["releases"]) for row in issued_below)]
    pairs = [(row["source"], row["parent"], row["releases"]) for row in issued_below if row["source"]]
    return Coverage(
        _sum_pairs(counts),
        _sum_pairs(("", each.period, each.releases) for each in own).get("", {}),
        _sum_pairs(pairs),
        _sum_pairs((parent, source, releases) for source, parent, releases in pairs),
    )


def _sum_pairs(counted: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Counts of pairs, by the first and then the second of each."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for first, second, count in counted:
        found[first][second] += count
    return {first: dict(of_first) for first, of_first in found.items()}
