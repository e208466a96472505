"""Keeps the releases that rolled off a feed live: a feed file lists only the newest items."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from archive.store.sql import in_chunks, placeholders

MEDIA_TYPES = ("application/rss+xml", "application/atom+xml")

ListedRecord = tuple[str, int]
"""A key in a file, and the row number of its version."""


def find_rolled_off(
    db: sqlite3.Connection, left: Iterable[ListedRecord], listed: Iterable[ListedRecord], newest: int
) -> set[ListedRecord]:
    """Of the records that `left` a feed, those that it merely lists no longer.

    Not those that stand under another key now, or in whose stead another version of theirs or new bytes do (a version
    after the row `newest`). `listed` is what the feed lists now.
    """
    now = dict(listed)
    versions = set(now.values())
    gone = [(key, version) for key, version in left if version not in versions]
    works = _works_of_entries(db, {version for _, version in gone} | versions)
    return {
        (key, version)
        for key, version in gone
        if version in works and not (key in now and (now[key] > newest or works.get(now[key]) == works[version]))
    }


def _works_of_entries(db: sqlite3.Connection, versions: set[int]) -> dict[int, int]:
    """The works of those of the versions that were read from feeds."""
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(versions)):
        found.update(
            tuple(row)
            for row in db.execute(
                f"SELECT version, work FROM versions WHERE media_type IN ({placeholders(MEDIA_TYPES)}) "
                f"AND version IN ({placeholders(chunk)})",
                (*MEDIA_TYPES, *chunk),
            )
        )
    return found
