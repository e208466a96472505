"""Dates as bibliographies write them, as precise as they are known."""

from __future__ import annotations

from archive.release import PublishedDate

MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT_MONTHS = ("", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


def day_month_year(date: PublishedDate) -> str:
    """`20 January 2011`, `January 2011`, `2011`."""
    return _join(str(date.day or ""), MONTHS[date.month], str(date.year))


def day_short_month_year(date: PublishedDate) -> str:
    """`20 Jan. 2011`, `Jan. 2011`, `2011` (MLA Handbook, 9th edition, 5.82)."""
    return _join(str(date.day or ""), _SHORT_MONTHS[date.month], str(date.year))


def month_day_year(date: PublishedDate) -> str:
    """`January 20, 2011`, `January 2011`, `2011` (Chicago Manual of Style, 17th edition, 6.38)."""
    day = f"{MONTHS[date.month]} {date.day}," if date.day else MONTHS[date.month]
    return _join(day, str(date.year))


def year_month_day(date: PublishedDate) -> str:
    """`2011, January 20`, `2011, January`, `2011` (Publication Manual of the APA, 7th edition, 9.14)."""
    return ", ".join(filter(None, (str(date.year), _join(MONTHS[date.month], str(date.day or "")))))


def _join(*parts: str) -> str:
    return " ".join(filter(None, parts))
