"""Finds written dates in a text by patterns, and parses them into possible readings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.extract import lexicon
from archive.extract.dates.foreign_dates import find_foreign_dates
from archive.extract.dates.month_names import month_number
from archive.extract.dates.written_date import WrittenDate, make_date
from archive.release import PublishedDate

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s{1,3})?"
_DAY = r"(?:0?[1-9]|[12]\d|3[0-9])"
_YEAR = r"(?:1[6-9]|20|21)\d\d"

# The alternatives stand from the most telling to the least: the first that fits a place is what is read there.
# A month by its name shows where a date begins and its year where it ends, whatever is glued to them:
# `555-0100March 3, 2014The`.
_DATE = re.compile(
    rf"(?<![\w/.-])(?:"
    rf"(?P<iso>(?P<iy>{_YEAR})(?P<isep>[-/.])(?P<im>\d\d?)(?P=isep)(?P<id>\d\d?)"
    rf"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{{1,9}})?)?(?:\s?(?:Z|[+-]\d\d:?\d\d))?)?)"
    rf"|{_WEEKDAY}(?P<eu>(?P<ed>{_DAY})(?:st|nd|rd|th)?(?:\s{{1,3}}|-)(?:of\s)?(?P<em>{_MONTH}),?"
    rf"(?:\s{{1,3}}|-)'?(?P<ey>{_YEAR}|\d\d))"
    rf"|(?P<num>(?P<na>\d\d?)(?P<nsep>[-/.])(?P<nb>\d\d?)(?P=nsep)(?P<ny>{_YEAR}|\d\d))"
    rf"|(?P<mil>(?P<md>[0-3]\d)[0-2]\d[0-5]\d[A-Z]\s{{0,2}}(?P<mn>{_MONTH})\s{{0,2}}(?P<mly>{_YEAR}|\d\d))"
    rf"|(?P<ym>(?P<ymy>{_YEAR})-(?P<ymm>\d\d))"
    rf")(?![\w/]|[.-]\d)"
    rf"|(?<![^\W\d_])(?<![/.-]){_WEEKDAY}(?P<us>(?P<um>{_MONTH})\s{{0,3}}(?P<ud>{_DAY})(?:st|nd|rd|th)?"
    rf"(?:,\s{{0,3}}|\s{{1,3}}(?:\d\d:\d\d:\d\d\s(?:[A-Z]{{2,5}}\s)?)?)(?P<uy>{_YEAR}))(?![\d_/]|[.-]\d)"
    rf"|(?<![\w/.-])(?P<my>(?P<mm>{_MONTH}),?\s{{1,3}}(?P<myy>{_YEAR}))(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)
# Every date holds a year, numbers with separators, or a year of two digits behind day and month.
_IN_EACH_DATE = re.compile(
    r"(?:1[6-9]|2[01])\d\d|\d[-/.]\d\d?[-/.]\d\d"
    r"|\d[a-z]{0,2}[\s-]{0,3}(?:of\s)?[a-zſ]{3,9}\.?,?[\s-]{0,3}'?\d\d",
    re.IGNORECASE,
)
_MAX_CACHED_CHARS = 300  # longer texts are paragraphs, which hardly repeat
_MAX_PREFIX_CHARS = 60
"""Characters of a date before that, at most: weekday, day and month are shorter."""

_YEAR_OR_DIGITS = re.compile(rf"\s*(?:(?P<year>{_YEAR})|(?P<y>{_YEAR})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{{4,6}}Z?)?)\s*")


def full_year(digits: str, latest: int) -> int:
    """A year of four or two digits; one of two digits is the last such year that is not after `latest`."""
    year = int(digits)
    if len(digits) > 2:
        return year
    century = latest - latest % 100
    return century + year if century + year <= latest else century - 100 + year


def find_dates(text: str, latest: int, start: int = 0, stop: int | None = None) -> Iterator[WrittenDate]:
    """Every date written in a slice of a text; `latest` is the year a two-digit year may not pass."""
    if not start and stop is None and len(text) <= _MAX_CACHED_CHARS:
        return iter(_cached_dates(text, latest))
    return iter(_find(text, latest, start, len(text) if stop is None else stop))


@lexicon.lru_cached(1024)  # several rules read the same line, and releases that follow one another are of the same days
def _cached_dates(text: str, latest: int) -> list[WrittenDate]:
    return _find(text, latest, 0, len(text))


def _find(text: str, latest: int, start: int, stop: int) -> list[WrittenDate]:
    digits = _IN_EACH_DATE.search(text, start, stop)
    if not digits and text.isascii():
        return []
    at = max(start, digits.start() - _MAX_PREFIX_CHARS) if digits else stop
    found = [WrittenDate(*match.span(), _parse_readings(match, latest)) for match in _DATE.finditer(text, at, stop)]
    foreign = find_foreign_dates(text, start, stop, {each.end for each in found if _is_full(each)})
    return _merge(found, foreign) if foreign else found


def _is_full(date: WrittenDate) -> bool:
    return any(reading.day for reading in date.readings)


def _merge(found: list[WrittenDate], foreign: list[WrittenDate]) -> list[WrittenDate]:
    """Both in order; of two that overlap the longer: `3. November 2021` holds an English `November 2021`."""
    kept: list[WrittenDate] = []
    for each in sorted([*found, *foreign], key=lambda date: (date.start, -date.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


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
    if match["mil"]:
        return _make_day(full_year(match["mly"], latest), month_number(match["mn"]), int(match["md"]))
    month = int(match["ymm"])
    return make_date(int(match["ymy"]), month) if month else ()


def _make_day(year: int, month: int, day: int) -> tuple[PublishedDate, ...]:
    return make_date(year, month, day) if year and month and day else ()


def _numeric_readings(year: int, first: int, second: int) -> tuple[PublishedDate, ...]:
    month_first = _make_day(year, first, second)
    return month_first + tuple(each for each in _make_day(year, second, first) if each not in month_first)
