"""A date as it stands in a text, with its possible readings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from archive.release import PublishedDate


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: its offsets, and its possible readings, likeliest first (none: no such day)."""

    start: int
    end: int
    readings: tuple[PublishedDate, ...]

    @property
    def is_certain(self) -> bool:
        """Whether it has one reading only."""
        return len(self.readings) == 1

    def shift(self, offset: int) -> WrittenDate:
        """The same date with its offsets moved by `offset` characters."""
        return WrittenDate(self.start + offset, self.end + offset, self.readings)


@lru_cache(1024)  # releases that follow one another are of the same days
def make_date(year: int, month: int = 0, day: int = 0) -> tuple[PublishedDate, ...]:
    """The date as the only reading, or no reading where no such day exists."""
    try:
        return (PublishedDate(year, month, day),)
    except ValueError:
        return ()
