"""Locations of versions: a file and a key in it, or a captured address by its key alone; and what was there before."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

CAPTURE = "capture:"
"""How the key of a captured address begins: it is one location, whatever file it stands in."""

# The condition on the key is that of the index `locations_captured`.
_AT_FILE = "{0}.path = :path AND {0}.key = :key"
_AT_CAPTURE = f"{{0}}.key = :key AND substr({{0}}.key, 1, {len(CAPTURE)}) = '{CAPTURE}'"

LocationKey = tuple[str, str]
"""A path and a key; the path is "" for a captured address."""


class HeldVersion(NamedTuple):
    """A version at a location: its row, digest, and work."""

    version: int
    digest: str
    work: int
    work_id: str


def location_key(path: str, key: str) -> LocationKey:
    """The identity of the location of a key in a file (a stored path)."""
    return ("" if is_capture(key) else path, key)


def is_capture(key: str) -> bool:
    """Whether a key is a captured address."""
    return key.startswith(CAPTURE)


def find_last_held(db: sqlite3.Connection, path: str, key: str) -> HeldVersion | None:
    """The version at a location, or the last one there; None where there never was one."""
    # Before `since` was kept it is 0: there the one that stands comes first, then the newest.
    row = db.execute(
        "SELECT v.version, v.digest, w.work, w.id FROM locations l JOIN versions v USING (version) "
        f"JOIN works w USING (work) WHERE {_location_condition(key, 'l')} "
        "ORDER BY l.since DESC, l.live DESC, v.version DESC LIMIT 1",
        {"path": path, "key": key},
    ).fetchone()
    return HeldVersion(*row) if row else None


def is_continued_elsewhere(db: sqlite3.Connection, held: HeldVersion, path: str, key: str) -> bool:
    """Whether the work of `held` has a later version at another location where the same bytes stood before.

    A location that went over to another work afterwards continues this one no more.
    """
    return (
        db.execute(
            "SELECT 1 FROM locations l JOIN versions v USING (version) JOIN locations later USING (path, key) "
            "JOIN versions next ON next.version = later.version "
            "WHERE l.version = :version AND next.work = v.work AND next.number > v.number AND later.since >= l.since "
            "AND NOT EXISTS (SELECT 1 FROM locations own JOIN versions other ON other.version = own.version "
            "WHERE own.path = later.path AND own.key = later.key AND own.since > later.since AND other.work != v.work) "
            f"AND NOT ({_location_condition(key, 'l')}) LIMIT 1",
            {"version": held.version, "path": path, "key": key},
        ).fetchone()
        is not None
    )


def _location_condition(key: str, table: str) -> str:
    """The SQL condition that a row of `locations` is of the location `:path`, `:key`."""
    return (_AT_CAPTURE if is_capture(key) else _AT_FILE).format(table)
