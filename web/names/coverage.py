"""What the archive holds of each source, and what it lacks: rows of a table by year, or by the months of one year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.store.listings import Coverage
from web.names.months import Cell, Gap, find_gaps, list_years, longest_gap, shade, sum_years


class SourceRow(NamedTuple):
    """A source ("" for releases without one): its releases in each period of the table, in all, and without a date.

    `first` and `last` are the periods of its first and last release, "" where none is dated.
    """

    source: str
    cells: Sequence[Cell]
    total: int
    undated: int
    first: str
    last: str
    gaps: Sequence[Gap]
    periods: Mapping[str, int]

    @property
    def empty_months(self) -> int:
        """How many months between its first and its last release have none."""
        return sum(gap.months for gap in self.gaps)

    @property
    def longest_gap(self) -> Gap | None:
        """The longest time without a release, the first of them; None where there is none."""
        return longest_gap(self.gaps)


class CoverageTable(NamedTuple):
    """The periods that are the columns, a row for each source, most releases first, and one for all of them.

    `year` is the year whose months are the columns, "" where years are.
    """

    year: str
    columns: Sequence[str]
    rows: Sequence[SourceRow]
    whole: SourceRow


def make_coverage_table(coverage: Coverage, year: str = "") -> CoverageTable:
    """The table of all years, or of one year and the sources that have releases in it."""
    columns = _columns(coverage.whole, year)
    counts = {source: _count(periods, year) for source, periods in coverage.by_source.items()}
    most = max((of_source[each] for of_source in counts.values() for each in columns if each in of_source), default=0)
    rows = [
        _row(source, periods, counts[source], columns, most)
        for source, periods in coverage.by_source.items()
        if not year or any(period.startswith(year) for period in periods)
    ]
    rows.sort(key=lambda row: (not row.source, -_in_table(row, year), row.source))
    whole = _count(coverage.whole, year)
    return CoverageTable(year, columns, rows, _row("", coverage.whole, whole, columns, max(whole.values(), default=0)))


def _in_table(row: SourceRow, year: str) -> int:
    """How many releases a row of the table counts."""
    return sum(cell.releases for cell in row.cells) if year else row.total


def _columns(periods: Mapping[str, int], year: str) -> list[str]:
    if not year:
        return list_years(periods)
    return [f"{year}-{month:02}" for month in range(1, 13)] + ([year] if year in periods else [])


def _count(periods: Mapping[str, int], year: str) -> Mapping[str, int]:
    return periods if year else sum_years(periods)


def _row(
    source: str, periods: Mapping[str, int], counts: Mapping[str, int], columns: Sequence[str], most: int
) -> SourceRow:
    dated = sorted(period for period in periods if period)
    return SourceRow(
        source,
        [Cell(counts.get(each, 0), shade(counts.get(each, 0), most)) for each in columns],
        sum(periods.values()),
        periods.get("", 0),
        dated[0] if dated else "",
        dated[-1] if dated else "",
        find_gaps(periods),
        periods,
    )
