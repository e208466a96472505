"""Parses the lead of a dateline (the text before its dash): the date, the agency, and the place that is left."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.month_names import month_number_in_any_language
from archive.extract.dates.places import COMMAS, is_region
from archive.extract.dates.written_date import WrittenDate

_BRACKET = re.compile(r"\s{0,3}[,]?\s{0,3}[(/\[]\s?([^()/\[\]]{2,60}?)\s?[)/\]]$")
_WHOLE_BRACKET = re.compile(r"[(\[]\s{0,2}([^()\[\]]{2,80}?)\s{0,2}[)\]]$")
_DAY_ONLY = re.compile(
    r",?\s{1,3}(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}"
    r"|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?|NO DATE)$",
    re.IGNORECASE,
)
_FOREIGN_DAY = re.compile(r",?\s{1,3}\d{1,2}(?:er|[.º°])?\s(?:de\s|d[’'])?(?P<month>[^\W\d_]{3,12})\.?$")
_TELLS_DAY = re.compile(r"\d|DATE$", re.IGNORECASE)  # most leads have neither
_BEFORE_DATE = re.compile(
    r"[\s,،、，(\[]{1,4}(?:(?:le|den|am|a|il|el|em|op|dnia|on|vom|of)\s{0,2})?[\s,،、，(\[]{0,3}$"
)
_WEEKDAY = re.compile(
    r"[\s,،、，(\[]{1,4}(?:mon|tues|wednes|thurs|fri|satur|sun)day[\s,]{0,3}$|[\s,،、，(\[]{1,4}(?:lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes|mi[ée]rcoles"
    r"|jueves|viernes|s[áa]bado|domingo)[\s,]{0,3}$",
    re.IGNORECASE,
)
_YEAR_MARK = re.compile(r"[\s)\].]+$|\s(?:г|года|року|р|r|roku)\.?[\s)\].]*$")
_SEPARATORS = " \t,:;–—―-|"
_NEWS_AGENCY = re.compile(r"[A-Z][A-Z0-9&./ -]{1,14}$|.{0,40}(?:news|press|wire|agen|presse|radio)", re.IGNORECASE)


def _match_day_without_year(lead: str) -> re.Match[str] | None:
    if not _TELLS_DAY.search(lead):
        return None
    foreign = _FOREIGN_DAY.search(lead)
    return _DAY_ONLY.search(lead) or (foreign if foreign and month_number_in_any_language(foreign["month"]) else None)


class LeadParts:
    """The date and the agency stand in either order, each in brackets or not: `KABUL, Afghanistan (Jan. 25, 2013)`.

    The date may also stand before the place, and all of it or the place alone in brackets: `March 5, 2024 (DULUTH)`.
    """

    def __init__(self, lead: str, latest: int) -> None:
        self.start, self.end = 0, len(lead)
        self.date: WrittenDate | None = None
        self.agency: tuple[int, int] | None = None
        self.is_dated = False  # also by a day without its year
        self.day: tuple[int, int] | None = None  # where such a day stands
        self.is_bracketed = False
        self._lead = lead
        self._latest = latest
        self._take_whole_bracket()
        self._take_date_in_front()
        for _ in range(3):
            if not (self._take_date() or self._take_day() or self._take_bracket()):
                break

    @property
    def rest(self) -> str:
        """What is left of the lead: the place as it is written."""
        return self._lead[self.start : self.end]

    @property
    def place(self) -> str:
        """The place as it is written, a country in brackets set behind a comma."""
        return self.rest.replace(" (", ", ").rstrip(")")

    @property
    def is_of_agency(self) -> bool:
        """Whether an agency stands beside the place, and looks like one."""
        return bool(self.agency and _NEWS_AGENCY.match(self._lead[slice(*self.agency)]))

    def _take_whole_bracket(self) -> None:
        whole = _WHOLE_BRACKET.fullmatch(self.rest)
        if whole:
            self.start, self.end = self.start + whole.start(1), self.start + whole.end(1)
            self.is_bracketed = True

    def _take_date_in_front(self) -> None:
        # Most leads begin with a capital letter of the place; a month is one, too.
        dates = list(find_dates(self.rest, self._latest)) if any(map(str.isdigit, self.rest)) else []
        if (
            not dates
            or not any(each.day for each in dates[0].readings)
            or self._lead[self.start : self.start + dates[0].start].strip()
        ):
            return
        behind = self.start + dates[0].end
        rest = self._lead[behind : self.end].lstrip(_SEPARATORS)
        if not rest:
            return
        self.date, self.is_dated = dates[0].shift(self.start), True
        self.start = self.end - len(rest)
        self._take_whole_bracket()

    def _take_date(self) -> bool:
        written = None if self.date else self._date_at_end(self.rest)
        if not written:
            return False
        self.date, self.is_dated = written.shift(self.start), True
        self._truncate(written.start)
        return True

    def _take_day(self) -> bool:
        day = _match_day_without_year(self.rest)
        if not day:
            return False
        self.is_dated = True
        self.day = self.start + day.start(), self.start + day.end()
        self._truncate(day.start())
        return True

    def _take_bracket(self) -> bool:
        bracket = _BRACKET.search(self.rest) if self.rest.endswith((")", "/", "]")) else None
        if not bracket or self._is_country(bracket):
            return False
        inner = self._date_at_end(bracket[1])
        if inner:
            self.date = self.date or inner.shift(self.start + bracket.start(1))
            self.is_dated = True
        elif _match_day_without_year(" " + bracket[1]):
            self.is_dated = True
            self.day = self.start + bracket.start(1), self.start + bracket.end(1)
        elif not bracket[1][:1].isalpha():
            return False  # "($40 million)" is no agency
        else:
            self.agency = self.agency or (self.start + bracket.start(1), self.start + bracket.end(1))
        self._truncate(bracket.start())
        return True

    def _is_country(self, bracket: re.Match[str]) -> bool:
        # "MANAGUA (NICARAGUA)" holds a country; in "MOSCOW, 10 SEP 89 (MOSCOW)" it is a station.
        return is_region(bracket[1].strip()) and not self._date_at_end(self.rest[: bracket.start()])

    def _truncate(self, length: int) -> None:
        rest = self.rest[:length]
        for pattern in (_WEEKDAY, _BEFORE_DATE):
            match = pattern.search(rest, max(0, len(rest) - 24))
            rest = rest[: match.start()] if match else rest
        self.end = self.start + len(rest.rstrip(COMMAS + "(["))

    def _date_at_end(self, text: str) -> WrittenDate | None:
        found = list(find_dates(text, self._latest))
        last = found[-1] if found else None
        return last if last and last.end >= len(_without_year_mark(text)) else None


@lexicon.lru_cached(1024)  # the releases of a source come from few places, with the same lines at their heads
def read_lead(lead: str, latest: int) -> LeadParts:
    """The parts of a lead; `latest` is the year a two-digit year may not pass. They are not changed any more."""
    return LeadParts(lead, latest)


def _without_year_mark(text: str) -> str:
    """A text without what may stand behind its last date: brackets, a full stop, the Russian and Polish *year*."""
    return _YEAR_MARK.sub("", text)
