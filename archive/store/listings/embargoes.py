"""Lists the releases that name the end of an embargo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from archive.release import PublishedDate
from archive.store.archive import Archive
from archive.store.sql import in_chunks, placeholders


class Embargo(NamedTuple):
    """The embargo of a release: the day on which it ends, and when the release was added (UTC, ISO 8601)."""

    day: PublishedDate
    added: str

    @property
    def first_day(self) -> str:
        """The first day it may end on, as an ISO date."""
        return self.day.first_iso

    @property
    def is_later_than_arrival(self) -> bool:
        """Whether it ends after the day on which the release was added."""
        return self.first_day > self.added[:10]

    def is_ahead(self, today: PublishedDate) -> bool:
        """Whether it has not ended yet; on its day it has."""
        return self.day.first > today.first


def load_added_times(archive: Archive, works: Sequence[str]) -> dict[str, str]:
    """When each of these works was added (UTC, ISO 8601), by id."""
    return {
        row["id"]: row["added"]
        for chunk in in_chunks(works)
        for row in archive.select(f"SELECT id, added FROM works WHERE id IN ({placeholders(chunk)})", chunk)
    }


def load_embargoes(archive: Archive) -> dict[str, Embargo]:
    """The embargoes of the current versions of live releases, by id; of those whose line names a day."""
    # Imported here: a search asks for no embargo, and need not load the rules of dates.
    from archive.extract.dates import read_embargo_day

    rows = archive.select(
        "SELECT w.id, w.added, v.published, e.words FROM evidence e JOIN versions v USING (version) "
        "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
        "WHERE e.field = 'embargo' AND e.chosen ORDER BY w.id"
    )
    found = {}
    for row in rows:
        if day := read_embargo_day(row["words"], PublishedDate.from_iso(row["published"] or row["added"][:10])):
            found[row["id"]] = Embargo(day, row["added"])
    return found
