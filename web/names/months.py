"""Releases by year and month, as a table of shades, with the months between the first and the last that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from math import log
from typing import NamedTuple

SHADES = 5
"""Shades of a cell that has releases; they go by the logarithm of its count."""

MAX_EMPTY_YEARS = 60
"""Years without a release are rows and columns of their own unless there are more of them."""


class Cell(NamedTuple):
    """A count in a table; `shade` is 0 for none, `url` leads to the releases, "" where there is no way to them."""

    releases: int
    shade: int
    url: str = ""


class YearRow(NamedTuple):
    """The months of a year; `unknown` counts the releases of which no month is known."""

    year: str
    total: int
    months: Sequence[Cell]
    unknown: Cell


class Gap(NamedTuple):
    """Months in a row without a release, the first and the last of them (`2006-05`)."""

    first: str
    last: str
    months: int


def shade(count: int, most: int) -> int:
    """The shade of a count where `most` is the greatest of all: 0 to SHADES."""
    if not count:
        return 0
    return max(1, min(SHADES, 1 + int((SHADES - 1) * log(count) / log(most) + 0.5))) if most > 1 else SHADES


def list_years(periods: Iterable[str]) -> list[str]:
    """The years from the first to the last of these periods; only those of the periods, where too many are empty."""
    years = sorted({int(period[:4]) for period in periods if period})
    if years and years[-1] - years[0] + 1 - len(years) <= MAX_EMPTY_YEARS:
        years = list(range(years[0], years[-1] + 1))
    return [f"{year:04}" for year in years]


def make_year_rows(periods: Mapping[str, int], url: Callable[[str], str]) -> list[YearRow]:
    """A row for each year; periods are months (`2011-01`) and years of which no month is known (`2011`)."""
    most = max((count for period, count in periods.items() if period), default=0)

    def cell(period: str, *, linked: bool = True) -> Cell:
        count = periods.get(period, 0)
        return Cell(count, shade(count, most), url(period) if count and linked else "")

    return [
        YearRow(
            year,
            sum(count for period, count in periods.items() if period.startswith(year)),
            [cell(f"{year}-{month:02}") for month in range(1, 13)],
            cell(year, linked=False),
        )
        for year in list_years(periods)
    ]


def find_gaps(periods: Iterable[str]) -> list[Gap]:
    """The months without a release between the first month and the last; a date without a month fills none."""
    known = sorted(_number(period) for period in periods if len(period) == 7)
    gaps = [(before + 1, after - 1) for before, after in pairwise(known) if after > before + 1]
    return [Gap(_period(first), _period(last), last - first + 1) for first, last in gaps]


def longest_gap(gaps: Iterable[Gap]) -> Gap | None:
    """The longest time without a release, the first of them; None where there is none."""
    return max(gaps, key=lambda gap: gap.months, default=None)


def sum_years(periods: Mapping[str, int]) -> Counter[str]:
    """The releases of each year; "" counts those without a date."""
    ordered = sorted(periods.items())
    return Counter({year: sum(n for _, n in group) for year, group in groupby(ordered, lambda each: each[0][:4])})


def _number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1


def _period(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
