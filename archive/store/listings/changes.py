"""What changed in the archive, as a list of events: releases that were edited, and releases that were withdrawn."""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from archive.store.archive import Archive


class ChangeKind(StrEnum):
    """What happened to a release."""

    EDITED = "edited"
    WITHDRAWN = "withdrawn"


class Change(NamedTuple):
    """An event in the life of a work, `at` a moment (UTC, ISO 8601).

    An edit: version `number` came, where version `before` had stood. A withdrawal: the work, which shows version
    `number`, was found to stand in no added folder any more; `before` is 0.
    """

    kind: ChangeKind
    work: str
    number: int
    before: int
    at: str


# Numbers may have gaps; a version whose predecessors were all purged is no change of anything that can be shown.
_EVENTS = """
SELECT 'edited' AS kind, w.id, v.number, v.added AS at,
    (SELECT max(number) FROM versions e WHERE e.work = v.work AND e.number < v.number) AS before
FROM versions v JOIN works w USING (work)
WHERE v.number > 1 AND v.added >= :since
    AND EXISTS (SELECT 1 FROM versions e WHERE e.work = v.work AND e.number < v.number)
UNION ALL
SELECT 'withdrawn', w.id, w.current, d.at, 0 FROM withdrawals d JOIN works w USING (work) WHERE d.at >= :since
"""


def load_changes(
    archive: Archive, since: str, offset: int, limit: int, *, without: Collection[str] = ()
) -> list[Change]:
    """The changes from `since` on (an ISO date or moment, "" for all), the newest first; not of the works `without`."""
    return _select(archive, "NOT IN", without, {"since": since, "limit": limit, "offset": offset})


def load_changes_of(archive: Archive, works: Collection[str]) -> list[Change]:
    """All changes of these works, the newest first."""
    return _select(archive, "IN", works, {"since": "", "limit": -1, "offset": 0})


def _select(archive: Archive, condition: str, works: Collection[str], values: dict[str, object]) -> list[Change]:
    rows = archive.select(
        f"SELECT kind, id, number, before, at FROM ({_EVENTS}) "
        f"WHERE id {condition} (SELECT value FROM json_each(:works)) "
        "ORDER BY at DESC, id, number DESC, kind DESC LIMIT :limit OFFSET :offset",
        {"works": json.dumps(sorted(works)), **values},
    )
    return [Change(ChangeKind(row["kind"]), *tuple(row)[1:]) for row in rows]


def count_changes(archive: Archive, since: str) -> int:
    """How many changes there are from `since` on."""
    (row,) = archive.select(f"SELECT count(*) AS changes FROM ({_EVENTS})", {"since": since})
    return int(row["changes"])


def count_undated_withdrawals(archive: Archive) -> int:
    """How many releases are withdrawn since a day that is not known: it was not kept at that time."""
    (row,) = archive.select(
        "SELECT count(*) AS works FROM works w WHERE NOT w.live "
        "AND NOT EXISTS (SELECT 1 FROM withdrawals d WHERE d.work = w.work)"
    )
    return int(row["works"])


def withdrawn_at(archive: Archive, work: str) -> str:
    """When a work was withdrawn (UTC, ISO 8601); "" where it is not, or the day is not known."""
    rows = archive.select("SELECT d.at FROM withdrawals d JOIN works w USING (work) WHERE w.id = ?", (work,))
    return str(rows[0]["at"]) if rows else ""
