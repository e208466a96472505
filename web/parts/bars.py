"""Counts by year, month or day, as rows of an accessible table with a bar in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.release import PublishedDate
from indexer.engine import Unit
from indexer.query import Filters
from indexer.results import PeriodCount, SearchPage
from indexer.search import Searcher
from web.parts.filters import period_words
from web.search_urls import prepare_urls
from web.urls import Search


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
    """The rows of these periods; a date that is not known so far says so, and leads nowhere further."""
    undated_last = sorted(periods, key=lambda each: not each.period)
    return Bars(unit, tuple(_bar(unit, each, url) for each in undated_last))


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
