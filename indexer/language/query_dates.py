"""What can stand after `date:`: ISO dates, ranges of them, and a few plain words such as `last month`."""

from __future__ import annotations

import datetime as dt
import re

from archive.release import PublishedDate
from indexer.query import FIRST_DAY, LAST_DAY

WORDS = re.compile(
    r"(?:today|yesterday|(?:this|last)[ ]+(?:week|month|year)|last[ ]+\d{1,4}[ ]+(?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
"""The plain words, as they are looked for at the start of a value."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(?:(\d{1,2})[ ]+)?([A-Za-z]{3,9})\.?[ ]+(?:(\d{1,2}),?[ ]+)?(\d{4})")
_NUMERIC = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?")


def days_of(text: str, today: dt.date) -> tuple[int, int] | None:
    """The first and last day (yyyymmdd) that `text` names, or None where it names none.

    `2011`, `2011-01`, `2011/1/20`, `20 January 2011`, `January 2011`, `2004..2006`, `2004..`, `..2006`,
    and the plain words, counted from `today`.
    """
    text = " ".join(text.split())
    start, dots, end = text.partition("..")
    if not dots:
        return _single(text, today)
    first = _single(start.strip(" ."), today) if start.strip(" .") else (FIRST_DAY, 0)
    last = _single(end.strip(" ."), today) if end.strip(" .") else (0, LAST_DAY)
    if not first or not last:
        return None
    return (first[0], last[1]) if first[0] <= last[1] else (last[0], first[1])


def _single(text: str, today: dt.date) -> tuple[int, int] | None:
    if WORDS.fullmatch(text):
        return _in_words(text.lower().split(), today)
    try:
        date = _numeric(text) or _named(text)
    except ValueError:  # no such day
        return None
    return (date.first, date.last) if date else None


def _numeric(text: str) -> PublishedDate | None:
    if not text.isascii() or not (found := _NUMERIC.fullmatch(text)):
        return None
    if any(part is not None and int(part) == 0 for part in found.groups()):
        return None
    return PublishedDate(*(int(part or 0) for part in found.groups()))


def _named(text: str) -> PublishedDate | None:
    found = _NAMED.fullmatch(text)
    if not found or not text.isascii() or found[2][:3].lower() not in _MONTHS or (found[1] and found[3]):
        return None
    day = int(found[1] or found[3] or 0)
    return PublishedDate(int(found[4]), _MONTHS.index(found[2][:3].lower()) + 1, day)


def _in_words(words: list[str], today: dt.date) -> tuple[int, int]:
    if words[0] in ("today", "yesterday"):
        day = today - dt.timedelta(days=words[0] == "yesterday")
        return number(day), number(day)
    if len(words) == 3:
        return number(_back(today, int(words[1]), words[2])), number(today)
    return _whole(words[1], today, last=words[0] == "last")


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    length = {"days": 1, "weeks": 7, "months": 30.44, "years": 365.25}[unit]
    # The calendar begins in year 1: "last 9999 years" ends there rather than in an error.
    return today - dt.timedelta(days=min(int(count * length), today.toordinal() - 1))


def _whole(unit: str, today: dt.date, *, last: bool) -> tuple[int, int]:
    if unit == "week":
        monday = today - dt.timedelta(days=today.weekday() + 7 * last)
        return number(monday), number(monday + dt.timedelta(days=6))
    year, month = today.year, today.month if unit == "month" else 0
    if last:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12 if month else 0)
    date = PublishedDate(year, month)
    return date.first, date.last


def number(day: dt.date) -> int:
    """A calendar day as the number yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def day_before(day: int) -> int:
    """The day before, both as numbers yyyymmdd; the first day has none and stays."""
    if day <= FIRST_DAY:
        return FIRST_DAY
    return number(dt.date(day // 10000, day // 100 % 100, day % 100) - dt.timedelta(days=1))
