"""Parses the value of a date field: ISO dates, ranges of them, and relative dates such as `last month`."""

from __future__ import annotations

import datetime as dt
import re

from archive.release import PublishedDate
from indexer.query import FIRST_DAY, LAST_DAY

_RELATIVE = r"(?:today|yesterday|(?:this|last)[ ]+(?:week|month|year)|last[ ]+\d{1,4}[ ]+(?:days|weeks|months|years))\b"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH_NAME = rf"(?:{_DAY}[ ]+)?{_MONTH}\.?,?[ ]+(?:{_DAY},?[ ]+)?\d{{4}}(?!\w)"
_NUMERIC = r"\d{4}(?:[-/]\d{1,2}){0,2}(?![-/\w])"
_ANY_DATE = rf"(?:{_RELATIVE}|{_MONTH_NAME}|{_NUMERIC})"
SPOKEN_DATES = re.compile(
    rf"(?:{_ANY_DATE}[ ]*\.\.+[ ]*(?:{_ANY_DATE})?|\.\.+[ ]*{_ANY_DATE}|{_RELATIVE}|{_MONTH_NAME})(?![^\s()\",;])",
    re.IGNORECASE,
)
"""Dates of several words without quotation marks, as matched at the start of a value: `last month`, `june 2010`."""

_RELATIVE_DATE = re.compile(_RELATIVE, re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME_DATE = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th)?[ ]+)?({_MONTH})\.?,?[ ]+(?:(\d{{1,2}})(?:st|nd|rd|th)?,?[ ]+)?(\d{{4}})",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")


def parse_days(text: str, today: dt.date) -> tuple[int, int] | None:
    """The first and last day (yyyymmdd) that `text` names, or None where it names none.

    `2011`, `2011-01`, `2011/1/20`, `20 January 2011`, `January 2011`, `2004..2006`, `2004..`, `..2006`,
    and relative dates, counted from `today`.
    """
    text = " ".join(text.split())
    start, dots, end = text.partition("..")
    if not dots:
        return _parse_one(text, today)
    first = _parse_one(start.strip(" ."), today) if start.strip(" .") else (FIRST_DAY, 0)
    last = _parse_one(end.strip(" ."), today) if end.strip(" .") else (0, LAST_DAY)
    if not first or not last:
        return None
    return (first[0], last[1]) if first[0] <= last[1] else (last[0], first[1])


def parse_bound(text: str, today: dt.date, *, opening: bool) -> PublishedDate | None:
    """The date from which (`opening`) or up to which a span of days goes, or None where `text` names none.

    It takes what `parse_days` does: of a range, the end that is wanted.
    """
    days = parse_days(text, today)
    if not days or days[0 if opening else 1] == (FIRST_DAY if opening else LAST_DAY):
        return None
    day = days[0 if opening else 1]
    year, month = day // 10000, day // 100 % 100
    dates = (PublishedDate(year), PublishedDate(year, month), PublishedDate(year, month, day % 100))
    return next((date for date in dates if (date.first, date.last) == days), dates[-1])


def _parse_one(text: str, today: dt.date) -> tuple[int, int] | None:
    if _RELATIVE_DATE.fullmatch(text):
        return _parse_relative(text.lower().split(), today)
    try:
        date = _parse_numeric(text) or _parse_month_name(text)
    except ValueError:  # no such day
        return None
    return (date.first, date.last) if date else None


def _parse_numeric(text: str) -> PublishedDate | None:
    if not text.isascii() or not (match := _NUMERIC_DATE.fullmatch(text)):
        return None
    if any(part is not None and int(part) == 0 for part in match.groups()):
        return None
    return PublishedDate(*(int(part or 0) for part in match.groups()))


def _parse_month_name(text: str) -> PublishedDate | None:
    match = _MONTH_NAME_DATE.fullmatch(text)
    if not match or not text.isascii() or (match[1] and match[3]):
        return None
    day = int(match[1] or match[3] or 0)
    return PublishedDate(int(match[4]), _MONTHS.index(match[2][:3].lower()) + 1, day)


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
