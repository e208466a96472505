"""The day on which an embargo ends, as its line says."""

from __future__ import annotations

import re

from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.written_date import make_date
from archive.release import PublishedDate

_LAST_YEAR = 9999
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_YEAR = r"(?:,?\s{1,3}(?P<year>\d{4})(?!\d))?"
_MONTH_AND_DAY = (
    re.compile(rf"(?P<month>[^\W\d_]{{3,12}})\.?\s{{1,3}}(?P<day>\d{{1,2}})(?!\d){_YEAR}"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s{{1,3}}(?:of\s)?(?P<month>[^\W\d_]{{3,12}})\b{_YEAR}"),
)


def read_embargo_day(words: str, reference: PublishedDate | None) -> PublishedDate | None:
    """The day that the line of an embargo names; None where it names none.

    Of a day and month that may be read both ways it is the later: a release is rather held back than given away. A day
    without a year is the first such day from `reference` on, the day of the release or of its arrival.
    """
    whole = [day for written in find_dates(words, _LAST_YEAR) for day in written.readings]
    whole += [day for each in _COMPACT.finditer(words) for day in make_date(*map(int, each.groups()))]
    if whole:
        return max(whole)
    return _next_day(words, reference) if reference else None


def _next_day(words: str, reference: PublishedDate) -> PublishedDate | None:
    for match in (match for form in _MONTH_AND_DAY for match in form.finditer(words)):
        month = month_number_in_any_language(match["month"])
        years = (int(match["year"]),) if match["year"] else (reference.year, reference.year + 1)
        for year in years if month else ():
            dates = make_date(year, month, int(match["day"])) if year <= _LAST_YEAR else ()
            if dates and dates[0].first >= reference.first:
                return dates[0]
    return None
