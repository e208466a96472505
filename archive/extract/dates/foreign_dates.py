"""Dates of other languages than English: by the name of the month before a year, and with 年月日 or their like."""

from __future__ import annotations

import re

from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.written_date import WrittenDate, make_date

# A year is rare and the words before it are few, so that the search goes from the year back to its month and day.
_YEAR = re.compile(r"(?<=[\s.])(?:1[6-9]|2[01]|١[٦-٩]|٢[٠١]|۱[۶-۹]|۲[۰۱])\d\d(?!\d)")
_BEFORE_YEAR = re.compile(
    r"(?<![\w/-])"
    r"(?:(?P<day>\d{1,2})(?:er|re|[ºª°]|-?го)?\.?\s{0,3}(?:(?:de|di|do|da|of)\s{1,2}|d[’'])?(?<![\d])"
    r"(?P<month>[^\W\d_]{2,12}(?:\s(?:الثاني|الأول))?)\.?,?"
    r"|(?P<first>[^\W\d_]{3,12})\.?(?:\s{1,2}(?P<after>\d{1,2})(?:,|\sde\b))?)"
    r"\s{1,3}(?:de|del|do|des\sjahres)?\s{0,2}$",
    re.IGNORECASE,
)
_MAX_CHARS = 48  # characters of such a date before its year
_NUMERALS = "〇○零一二三四五六七八九"
_YEAR_MARKS = ("年", "년")
_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR_FIRST = re.compile(
    rf"(?:(?P<year>(?<!\d)\d{{4}}|(?<![{_NUMERALS}])[{_NUMERALS}]{{4}})"
    r"|(?P<era>令和|平成|昭和|大正|民國|民国)\s?(?P<of_era>\d{1,3}|元))\s?[年년]"
    rf"\s?(?P<month>{_NUMBER})\s?[月월](?:\s?(?P<day>{_NUMBER})\s?[日號号일])?"
)
_ERA_BEGINS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}


def find_foreign_dates(text: str, start: int, stop: int, taken: set[int]) -> list[WrittenDate]:
    """The dates in a slice of a text that no English pattern reads; `taken` are the ends of those it has read."""
    found = [
        date
        for year in _YEAR.finditer(text, start, stop)
        if year.end() not in taken and (date := _date_before(text, start, year))
    ]
    if not text.isascii() and any(mark in text for mark in _YEAR_MARKS):
        found += [_date_of_signs(match) for match in _YEAR_FIRST.finditer(text, start, stop)]
    return found


def _date_before(text: str, start: int, year: re.Match[str]) -> WrittenDate | None:
    match = _BEFORE_YEAR.search(text, max(start, year.start() - _MAX_CHARS), year.start())
    month = month_number_in_any_language(match["month"] or match["first"]) if match else 0
    if not match or not month:
        return None
    day = match["day"] or match["after"]
    readings = make_date(int(year[0]), month, int(day or 0)) if day is None or int(day) else ()
    return WrittenDate(match.start(), year.end(), readings)


def _date_of_signs(match: re.Match[str]) -> WrittenDate:
    year = _number(match["year"]) if match["year"] else _ERA_BEGINS[match["era"]] + _number(match["of_era"])
    month, day = _number(match["month"]), _number(match["day"] or "")
    return WrittenDate(*match.span(), make_date(year, month, day) if month and (day or not match["day"]) else ())


def _number(written: str) -> int:
    """A number in figures, in Chinese ones one by one (`二〇〇五`), or with ten (`二十五`); `元` is the first year."""
    if written.isdecimal():
        return int(written)
    if written in ("", "元"):
        return len(written)
    tens, ten, ones = written.partition("十")
    if ten:
        return (_digit(tens) if tens else 1) * 10 + (_digit(ones) if ones else 0)
    return int("".join(str(_digit(each)) for each in written))


def _digit(sign: str) -> int:
    return max(0, _NUMERALS.find(sign[:1]) - 2)
