"""Finds written dates in a text by patterns, and parses them into possible readings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.release import PublishedDate

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s{1,3})?"
_DAY = r"(?:0?[1-9]|[12]\d|3[0-9])"
_YEAR = r"(?:1[6-9]|20|21)\d\d"

# The alternatives stand from the most telling to the least: the first that fits a place is what is read there.
_DATE = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"(?P<iso>(?P<iy>{_YEAR})(?P<isep>[-/.])(?P<im>\d\d?)(?P=isep)(?P<id>\d\d?)"
    rf"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?)?)"
    rf"|{_WEEKDAY}(?P<us>(?P<um>{_MONTH})\s{{0,3}}(?P<ud>{_DAY})(?:st|nd|rd|th)?(?:,\s{{0,3}}"
    rf"|\s{{1,3}})(?P<uy>{_YEAR}))"
    rf"|{_WEEKDAY}(?P<eu>(?P<ed>{_DAY})(?:st|nd|rd|th)?(?:\s{{1,3}}|-)(?:of\s)?(?P<em>{_MONTH}),?"
    rf"(?:\s{{1,3}}|-)'?(?P<ey>{_YEAR}|\d\d))"
    rf"|(?P<num>(?P<na>\d\d?)(?P<nsep>[-/.])(?P<nb>\d\d?)(?P=nsep)(?P<ny>{_YEAR}|\d\d))"
    rf"|(?P<my>(?P<mm>{_MONTH}),?\s{{1,3}}(?P<myy>{_YEAR}))"
    rf"|(?P<ym>(?P<ymy>{_YEAR})-(?P<ymm>\d\d))"
    rf")(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
_TWO_DIGITS = re.compile(r"\d\d")  # every date holds two digits side by side
_MAX_PREFIX_CHARS = 40
"""Characters of a date before its first two digits, at most: weekday, day and month are shorter."""

_YEAR_OR_DIGITS = re.compile(rf"\s*(?:(?P<year>{_YEAR})|(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{{4,6}}Z?)?)\s*")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: its offsets, and its possible readings, likeliest first (none: no such day)."""

    start: int
    end: int
    readings: tuple[PublishedDate, ...]

    @property
    def is_certain(self) -> bool:
        """Whether it has one reading only."""
        return len(self.readings) == 1

    def shift(self, offset: int) -> WrittenDate:
        """The same date with its offsets moved by `offset` characters."""
        return WrittenDate(self.start + offset, self.end + offset, self.readings)


def month_number(name: str) -> int:
    """The number of a month by its English name or short form; 0 for anything else."""
    return _MONTHS.get(name.rstrip(".").lower(), 0)


def make_date(year: int, month: int = 0, day: int = 0) -> tuple[PublishedDate, ...]:
    """The date as the only reading, or no reading where no such day exists."""
    try:
        return (PublishedDate(year, month, day),)
    except ValueError:
        return ()


def full_year(digits: str, latest: int) -> int:
    """A year of four or two digits; one of two digits is the last such year that is not after `latest`."""
    year = int(digits)
    if len(digits) > 2:
        return year
    century = latest - latest % 100
    return century + year if century + year <= latest else century - 100 + year


def find_dates(text: str, latest: int, start: int = 0, stop: int | None = None) -> Iterator[WrittenDate]:
    """Every date written in a slice of a text; `latest` is the year a two-digit year may not pass."""
    stop = len(text) if stop is None else stop
    digits = _TWO_DIGITS.search(text, start, stop)
    if not digits:
        return
    for match in _DATE.finditer(text, max(start, digits.start() - _MAX_PREFIX_CHARS), stop):
        yield WrittenDate(match.start(), match.end(), _parse_readings(match, latest))


def parse_date_value(value: str, latest: int) -> WrittenDate | None:
    """The date a field states: one anywhere in it, or a year or `yyyymmdd` that is all of it."""
    bare = _YEAR_OR_DIGITS.fullmatch(value)
    if bare and bare["year"]:
        return WrittenDate(bare.start("year"), bare.end("year"), make_date(int(bare["year"])))
    if bare:
        return WrittenDate(0, len(value), make_date(int(bare["y"]), int(bare["m"]), int(bare["d"])))
    return next(find_dates(value, latest), None)


def _parse_readings(match: re.Match[str], latest: int) -> tuple[PublishedDate, ...]:
    if match["iso"]:
        return _make_day(int(match["iy"]), int(match["im"]), int(match["id"]))
    if match["us"]:
        return _make_day(int(match["uy"]), month_number(match["um"]), int(match["ud"]))
    if match["eu"]:
        return _make_day(full_year(match["ey"], latest), month_number(match["em"]), int(match["ed"]))
    if match["num"]:
        return _numeric_readings(full_year(match["ny"], latest), int(match["na"]), int(match["nb"]))
    if match["my"]:
        return make_date(int(match["myy"]), month_number(match["mm"]))
    month = int(match["ymm"])
    return make_date(int(match["ymy"]), month) if month else ()


def _make_day(year: int, month: int, day: int) -> tuple[PublishedDate, ...]:
    return make_date(year, month, day) if year and month and day else ()


def _numeric_readings(year: int, first: int, second: int) -> tuple[PublishedDate, ...]:
    month_first = _make_day(year, first, second)
    return month_first + tuple(each for each in _make_day(year, second, first) if each not in month_first)
