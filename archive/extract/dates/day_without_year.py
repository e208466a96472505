"""A dateline's day without its year, `KABUL, Afghanistan (June 14) -`, in the year that something else tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.written_date import make_date
from archive.extract.evidence import slice_evidence
from archive.extract.text import Line
from archive.release import Evidence
from archive.rules import rule

_MONTH = re.compile(r"[^\W\d_]{3,12}")
_DAY = re.compile(r"\d{1,2}")
# Offices number their releases by year and month: 2012-06-S-026.
_NUMBER = re.compile(r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-[A-Z]{1,4}[-–]?\d{1,5}(?!\w)")


def complete_day(body: str, span: tuple[int, int], header: list[Line], others: list[Evidence]) -> list[Evidence]:
    """The day as a date, if a month or a year that is known else holds it; no evidence if not.

    `others` are the candidates that the record, its address and its path give.
    """
    words = body[slice(*span)]
    months = [number for each in _MONTH.findall(words) if (number := month_number_in_any_language(each))]
    day = _DAY.search(words)
    if not months or not day:
        return []
    for year, month in (*_numbered(header), *_coarse(others)):
        if month in (0, months[0]):
            return [
                slice_evidence("date", each.iso, rule("day-without-year"), body, span, 0.7)
                for each in make_date(year, months[0], int(day[0]))
            ]
    return []


def _numbered(header: list[Line]) -> Iterator[tuple[int, int]]:
    for line in header[:8]:
        match = _NUMBER.search(line.text)
        if match:
            yield int(match["year"]), int(match["month"])


def _coarse(others: list[Evidence]) -> Iterator[tuple[int, int]]:
    """The years, and the months of years, that candidates know no day of."""
    for each in others:
        if each.confidence > 0 and len(each.value) in (4, 7):
            yield int(each.value[:4]), int(each.value[5:] or 0)
