"""Lists the releases that stand in an added folder by id, with what their addresses are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archive.store.archive import Archive

_CHUNK = 1000
"""Releases in memory at a time."""


class LiveAddress(NamedTuple):
    """A live release: its id, the title of its current version, and when that was first seen (UTC, ISO 8601)."""

    id: str
    title: str
    seen: str


def list_live_addresses(archive: Archive, offset: int, limit: int) -> Iterator[LiveAddress]:
    """At most `limit` live releases in order of id, from `offset` (0 is the first) on."""
    first = archive.select("SELECT id FROM works WHERE live ORDER BY id LIMIT 1 OFFSET ?", (offset,))
    after, inclusive = (first[0]["id"], True) if first else ("", False)
    while first and limit > 0:
        rows = archive.select(
            "SELECT w.id, v.title, v.added FROM works w JOIN versions v ON v.work = w.work AND v.number = w.current "
            f"WHERE w.live AND w.id {'>=' if inclusive else '>'} ? ORDER BY w.id LIMIT ?",
            (after, min(limit, _CHUNK)),
        )
        if not rows:
            return
        yield from (LiveAddress(*row) for row in rows)
        after, inclusive, limit = rows[-1]["id"], False, limit - len(rows)
