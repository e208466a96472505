"""Counts by year, month or day, as rows of an accessible table with a bar in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.release import PublishedDate
from indexer.engine import Unit
from indexer.query import Filters
from indexer.results import PeriodCount, SearchPage
from indexer.search import Searcher
from web.parts.filters import period_words
from web.search_urls import prepare_urls
from web.urls import Search

MAX_EMPTY_YEARS = 10
"""Years without a release that have a row each; more in a row share one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it counts, how many there are, and where they are; `url` is "" where there is no way to them."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The rows of a table of counts; `most` is the longest bar."""

    unit: Unit
    rows: tuple[Bar, ...]

    @property
    def most(self) -> int:
        """The greatest count of all rows."""
        return max((row.count for row in self.rows), default=0)


def unit_within(filters: Filters) -> Unit | None:
    """In what a search is counted: years; months within one year, days within one month, nothing within a day."""
    date = filters.since
    if not date or date != filters.until:
        return "year"
    return None if date.day else "day" if date.month else "month"


def timeline_of(searcher: Searcher, search: Search, page: SearchPage) -> Bars | None:
    """The timeline of a search: each row narrows it. None where there is nothing left to narrow."""
    unit = unit_within(search.filters)
    if unit is None or not page.total:
        return None
    periods = page.timeline if unit == "year" else searcher.periods(search.text, search.filters, unit)
    urls = prepare_urls(search)
    return make_bars(unit, periods, lambda period: "" if urls.is_long else urls.within_period(period))


def make_bars(unit: Unit, periods: Iterable[PeriodCount], url: Callable[[str], str]) -> Bars:
    """The rows of these periods, in order; a date that is not known so far says so, and leads nowhere further.

    Years between them that have nothing are rows too.
    """
    counted = list(periods)
    rows = [_bar(unit, each, url) for each in counted if each.period]
    if unit == "year":
        rows = _with_empty_years(rows)
    return Bars(unit, (*rows, *(_bar(unit, each, url) for each in counted if not each.period)))


def _with_empty_years(rows: Sequence[Bar]) -> list[Bar]:
    """The rows of years with those between them that have nothing; a long gap is one row."""
    filled = list(rows[:1])
    for before, row in pairwise(rows):
        first, last = int(before.label) + 1, int(row.label) - 1
        if last - first >= MAX_EMPTY_YEARS:
            filled.append(Bar(f"{first:04}–{last:04}", 0, ""))
        else:
            filled += [Bar(f"{year:04}", 0, "") for year in range(first, last + 1)]
        filled.append(row)
    return filled


def _bar(unit: Unit, each: PeriodCount, url: Callable[[str], str]) -> Bar:
    if each.period and _unit(each.period) != unit:
        return Bar(f"{unit} not known", each.count, "")
    return Bar(_label(each.period), each.count, url(each.period))


def _label(period: str) -> str:
    """A period without what its table says already: a month without its year, a day without both."""
    words = period_words(period)
    return words if len(period) < 7 else words.rsplit(" ", 1)[0]


def _unit(period: str) -> Unit:
    date = PublishedDate.from_iso(period)
    return "day" if date.day else "month" if date.month else "year"
