"""Dates that a record states in a field of its own: written ones, and the numbers that programs keep days as."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from archive.day_order import AMBIGUOUS_CONFIDENCE
from archive.extract.dates.date_patterns import parse_date_value
from archive.extract.dates.written_date import WrittenDate, make_date
from archive.extract.evidence import as_rule_of_change, stated_evidence
from archive.release import Evidence, Record, Stated
from archive.rules import rule

_NUMBER = re.compile(r"\s*(?P<whole>\d{5}|\d{9,10}|\d{12,13}|\d{16})(?:\.\d{1,9})?\s*")
_UTC = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?\s?(?:Z|[+-]00:?00|UTC|GMT)\s*$", re.IGNORECASE)
_FIRST_SPREADSHEET_DAY = datetime.date(1899, 12, 30)
_SPREADSHEET_DAYS = range(14_612, 73_051)  # of the years 1940 to 2099
# What programs write that know no date: the first second of Unix, in UTC or in America, and of others.
_NO_DATES = frozenset(("1970-01-01", "1969-12-31", "1900-01-01", "1899-12-30", "0001-01-01"))


def find_stated_dates(record: Record, latest: int) -> list[Evidence]:
    """The dates among the fields that a record states, each in all its readings."""
    return [
        each for stated in record.stated if stated.field == "date" for each in _evidence(stated, stated.value, latest)
    ]


def is_utc_stamp(value: str) -> bool:
    """Whether a stated value is a moment of world time: where it was issued, the day may be another."""
    number = _NUMBER.fullmatch(value)
    return bool(number and len(number["whole"]) > 5) or bool(_UTC.search(value))


def _evidence(stated: Stated, value: str, latest: int) -> list[Evidence]:
    written = _cached_value(value[:100], latest)
    if not written:
        return []
    sure = 0.95 if written.is_certain else AMBIGUOUS_CONFIDENCE
    stated = stated._replace(rule=as_rule_of_change(stated.rule, stated.rule.named.get("name", "")))
    found = [stated_evidence(stated, "date", day.iso, sure) for day in written.readings]
    if found and found[0].value in _NO_DATES:
        return [each._replace(rule=rule("first-day-of-clock"), confidence=0.0) for each in found]
    return found or [stated_evidence(stated, "date", "", 0)]


def _parse_value(value: str, latest: int) -> WrittenDate | None:
    number = _NUMBER.fullmatch(value)
    day = _day_of_number(number["whole"]) if number else None
    if day and day.year <= latest:
        return WrittenDate(0, len(value), make_date(day.year, day.month, day.day))
    return parse_date_value(value, latest)


_cached_value = lru_cache(1024)(_parse_value)  # releases that follow one another are of the same days


def _day_of_number(digits: str) -> datetime.date | None:
    """The day of a spreadsheet's day number, or of seconds, milliseconds or microseconds since 1970."""
    number = int(digits)
    if len(digits) == 5:
        days = datetime.timedelta(days=number)
        return _FIRST_SPREADSHEET_DAY + days if number in _SPREADSHEET_DAYS else None
    seconds = number // {9: 1, 10: 1, 12: 1000, 13: 1000, 16: 1_000_000}[len(digits)]
    return datetime.date(1970, 1, 1) + datetime.timedelta(seconds=seconds)
