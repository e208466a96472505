"""Parses the value of a date field: ISO dates, ranges of them, and relative dates such as `last month`."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from archive.release import PublishedDate
from indexer.query import FIRST_DAY, LAST_DAY

_RELATIVE = (
    r"(?:today|yesterday|(?:this|last)[ ]+(?:week|month|year)|last[ ]+[0-9]{1,4}[ ]+(?:days|weeks|months|years))\b"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_NAME = (
    rf"(?:{_WEEKDAY}\.?,?[ ]+)?(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:[ ]+of)?[ -]+)?(?P<month>{_MONTH})\.?,?[ -]+"
    r"(?:(?P<after>[0-9]{1,2})(?:st|nd|rd|th)?,?[ ]+)?(?P<year>[0-9]{4})(?![\w-])"
)
_NUMERIC = r"[0-9]{4}(?:[-/.][0-9]{1,2}){0,2}(?:T[0-9:.]+Z?)?(?![-/\w])|[0-9]{8}(?!\w)"
_ANY_DATE = re.sub(r"\?P<\w+>", "?:", rf"(?:{_RELATIVE}|{_MONTH_NAME}|{_NUMERIC})")
# Dots may stand apart from both dates or from none: `date:2010.. 2011` is an open range and a word.
_BETWEEN = r"(?:[ ]+(?:\.\.+|…|–|—|-|to|until|through)[ ]+|\.\.+|…|–|—)"
SPOKEN_DATES = re.compile(
    rf"(?:[<>]=?[ ]*{_ANY_DATE}|[\[{{][^\]}}\"]*[\]}}]|[0-9]{{4}}-[0-9]{{4}}|{_ANY_DATE}{_BETWEEN}{_ANY_DATE}"
    rf"|{_RELATIVE}|{_MONTH_NAME}(?:\.\.+|…)?|(?:\.\.+|…){_ANY_DATE})(?=[.?!]*(?:[\s()\",;]|\Z))",
    re.IGNORECASE,
)
"""Dates as people write them, without quotation marks, as matched at the start of a value.

`last month`, `june 2010`, `2004 to 2006`, `>2009`, `[2004 TO 2006]`; not a single year,
month or day in figures, nor a range of such in dots.
"""

_RELATIVE_DATE = re.compile(_RELATIVE, re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME_DATE = re.compile(_MONTH_NAME, re.IGNORECASE)
_NUMERIC_DATE = re.compile(
    r"(?:([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2})(?:T[0-9:.]+Z?)?)?)?|([0-9]{4})([0-9]{2})([0-9]{2}))"
)
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-"})
_COMPARISON = re.compile(r"([<>])(=?) *(.+)")
_TWO_YEARS = re.compile(r"([0-9]{4})-([0-9]{4})")
_SEPARATOR = re.compile(r" +(?:\.\.+|…|–|—|-|to|until|through) +|\.\.+|…|–|—", re.IGNORECASE)


class Days(NamedTuple):
    """The first and the last day (yyyymmdd) of a span; `is_reversed` where they were given the wrong way round."""

    first: int
    last: int
    is_reversed: bool = False


def parse_days(text: str, today: dt.date) -> Days | None:
    """The days that `text` names, or None where it names none.

    `2011`, `2011-01`, `2011/1/20`, `20 January 2011`, `January 2011`, `2004..2006`, `2004 to 2006`, `2004..`, `..2006`,
    `>2009`, `[2004 TO 2006]`, and relative dates, counted from `today`.
    """
    text = " ".join(text.split()).translate(_HYPHENS).rstrip(",;?!")
    if comparison := _COMPARISON.fullmatch(text):
        return _compare(comparison[1], comparison[2], _parse_one(comparison[3].strip(" ."), today))
    if text[:1] in ("[", "{"):
        text = text.strip("[]{} ").replace("*", "")
        text = f"..{text[3:]}" if text.startswith("TO ") else f"{text[:-3]}.." if text.endswith(" TO") else text
    if years := _TWO_YEARS.fullmatch(text):
        text = f"{years[1]}..{years[2]}"
    start, *ends = _SEPARATOR.split(text, maxsplit=1)
    start = start.strip(" .")
    end = ends[0].strip(" .*") if ends else ""
    if not ends:
        return _parse_one(start, today)
    first = _parse_one(start, today) if start else Days(FIRST_DAY, 0)
    last = _parse_one(end, today) if end else Days(0, LAST_DAY)
    if not first or not last:
        return None
    if first.first > last.last:
        return Days(last.first, first.last, is_reversed=True)
    return Days(first.first, last.last)


def _compare(sign: str, equal: str, days: Days | None) -> Days | None:
    """The days before, after, from or up to these."""
    if days is None:
        return None
    if sign == ">":
        return Days(days.first if equal else day_after(days.last), LAST_DAY)
    return Days(FIRST_DAY, days.last if equal else day_before(days.first))


def parse_bound(text: str, today: dt.date, *, opening: bool) -> PublishedDate | None:
    """The date from which (`opening`) or up to which a span of days goes, or None where `text` names none.

    It takes what `parse_days` does, with or without quotation marks: of a range, the end that is wanted.
    """
    days = parse_days(text.strip(' "“”'), today)
    if not days or (days.first == FIRST_DAY if opening else days.last == LAST_DAY):
        return None
    day = days.first if opening else days.last
    year, month = day // 10000, day // 100 % 100
    dates = (PublishedDate(year), PublishedDate(year, month), PublishedDate(year, month, day % 100))
    return next((date for date in dates if (date.first, date.last) == days[:2]), dates[-1])


def _parse_one(text: str, today: dt.date) -> Days | None:
    if _RELATIVE_DATE.fullmatch(text):
        return Days(*_parse_relative(text.lower().split(), today))
    try:
        date = _parse_numeric(text) or _parse_month_name(text)
    except ValueError:  # no such day
        return None
    return Days(date.first, date.last) if date else None


def _parse_numeric(text: str) -> PublishedDate | None:
    if not (match := _NUMERIC_DATE.fullmatch(text)):
        return None
    parts = [int(part) for part in match.groups() if part is not None]
    return PublishedDate(*parts) if all(parts) else None


def _parse_month_name(text: str) -> PublishedDate | None:
    match = _MONTH_NAME_DATE.fullmatch(text)
    if not match or (match["day"] and match["after"]):
        return None
    day = int(match["day"] or match["after"] or 0)
    return PublishedDate(int(match["year"]), _MONTHS.index(match["month"][:3].lower()) + 1, day)


def _parse_relative(words: list[str], today: dt.date) -> tuple[int, int]:
    if words[0] in ("today", "yesterday"):
        day = today - dt.timedelta(days=words[0] == "yesterday")
        return day_number(day), day_number(day)
    if len(words) == 3:
        return day_number(_subtract(today, int(words[1]), words[2])), day_number(today)
    return _calendar_unit(words[1], today, last=words[0] == "last")


def _subtract(today: dt.date, count: int, unit: str) -> dt.date:
    length = {"days": 1, "weeks": 7, "months": 30.44, "years": 365.25}[unit]
    # The calendar begins in year 1: "last 9999 years" ends there rather than in an error.
    return today - dt.timedelta(days=min(int(count * length), today.toordinal() - 1))


def _calendar_unit(unit: str, today: dt.date, *, last: bool) -> tuple[int, int]:
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday() + 7 * last)
        return day_number(monday), day_number(monday + dt.timedelta(days=6))
    year, month = today.year, today.month if unit == "month" else 0
    if last:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12 if month else 0)
    date = PublishedDate(year, month)
    return date.first, date.last


def day_number(day: dt.date) -> int:
    """A calendar day as the number yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def day_before(day: int) -> int:
    """The day before, both as numbers yyyymmdd; the first day has none and stays."""
    if day <= FIRST_DAY:
        return FIRST_DAY
    return day_number(dt.date(day // 10000, day // 100 % 100, day % 100) - dt.timedelta(days=1))


def day_after(day: int) -> int:
    """The day after, both as numbers yyyymmdd; the last day has none and stays."""
    if day >= LAST_DAY:
        return LAST_DAY
    return day_number(dt.date(day // 10000, day // 100 % 100, day % 100) + dt.timedelta(days=1))
