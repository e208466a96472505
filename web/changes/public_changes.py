"""The changes that a feed may have: those of a release under an embargo enter it as new on the day the embargo ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.release import PublishedDate
from archive.store import Archive
from archive.store.listings import Change, Embargo, changes


class PublicChanges(NamedTuple):
    """Some of the changes that are public, the newest first, how many there are, and when the newest was ("")."""

    changes: Sequence[Change]
    total: int
    newest: str


def list_public_changes(
    archive: Archive, embargoes: Mapping[str, Embargo], today: PublishedDate, since: str, offset: int, limit: int
) -> PublicChanges:
    """The public changes from `since` on (an ISO date, "" for all), `limit` of them from `offset` on."""
    delayed = {work: embargo for work, embargo in embargoes.items() if embargo.is_later_than_arrival}
    of_delayed = changes.load_changes_of(archive, delayed) if delayed else []
    others = changes.load_changes(archive, since, 0, offset + limit, without=delayed)
    entered = [
        each._replace(at=max(each.at, f"{delayed[each.work].first_day}T00:00:00Z"))
        for each in of_delayed
        if not delayed[each.work].is_ahead(today)
    ]
    entered = [each for each in entered if each.at >= since]
    found = sorted([*others, *entered], key=lambda each: each.at, reverse=True)
    counted = sum(each.at >= since for each in of_delayed)
    total = changes.count_changes(archive, since) - counted + len(entered)
    return PublicChanges(found[offset : offset + limit], total, found[0].at if found else "")
