"""Parses the lead of a dateline (the text before its dash) from its end: date, agency, and the place that is left."""

from __future__ import annotations

import re

from archive.extract.dates.date_patterns import WrittenDate, find_dates
from archive.extract.dates.places import is_region

_BRACKET = re.compile(r"\s{0,3}[,]?\s{0,3}[(/\[]\s?([^()/\[\]]{2,60}?)\s?[)/\]]$")
_DAY_ONLY = re.compile(
    r",?\s{1,3}(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?|NO DATE)$",
    re.IGNORECASE,
)
_TELLS_DAY = re.compile(r"\d|DATE$", re.IGNORECASE)  # most leads have neither


def _match_day_without_year(lead: str) -> re.Match[str] | None:
    return _DAY_ONLY.search(lead) if _TELLS_DAY.search(lead) else None


class LeadParts:
    """The date and the agency stand in either order, each in brackets or not: `KABUL, Afghanistan (Jan. 25, 2013)`."""

    def __init__(self, lead: str, latest: int) -> None:
        self.rest = lead
        self.date: WrittenDate | None = None
        self.agency: tuple[int, int] | None = None
        self.is_dated = False  # also by a day without its year
        self._latest = latest
        for _ in range(3):
            if not (self._take_date() or self._take_day() or self._take_bracket()):
                break

    @property
    def place(self) -> str:
        """The place as it is written, a country in brackets set behind a comma."""
        return self.rest.replace(" (", ", ").rstrip(")")

    def _take_date(self) -> bool:
        written = self._date_at_end(self.rest)
        if not written or self.date:
            return False
        self.date, self.is_dated = written, True
        self._truncate(written.start)
        return True

    def _take_day(self) -> bool:
        day = _match_day_without_year(self.rest)
        if not day:
            return False
        self.is_dated = True
        self._truncate(day.start())
        return True

    def _take_bracket(self) -> bool:
        bracket = _BRACKET.search(self.rest) if self.rest.endswith((")", "/", "]")) else None
        if not bracket or self._is_country(bracket):
            return False
        inner = self._date_at_end(bracket[1])
        if inner:
            self.date, self.is_dated = self.date or inner.shift(bracket.start(1)), True
        elif _match_day_without_year(" " + bracket[1]):
            self.is_dated = True
        else:
            self.agency = self.agency or bracket.span(1)
        self._truncate(bracket.start())
        return True

    def _is_country(self, bracket: re.Match[str]) -> bool:
        # "MANAGUA (NICARAGUA)" holds a country; in "MOSCOW, 10 SEP 89 (MOSCOW)" it is a station.
        return is_region(bracket[1].strip()) and not self._date_at_end(self.rest[: bracket.start()])

    def _truncate(self, end: int) -> None:
        self.rest = self.rest[:end].rstrip(" ,(")

    def _date_at_end(self, text: str) -> WrittenDate | None:
        found = list(find_dates(text, self._latest))
        last = found[-1] if found else None
        return last if last and last.end >= len(text.rstrip(" ).")) else None
