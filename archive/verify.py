"""The archive checked against itself: the database whole, every original the bytes its digest names."""

from __future__ import annotations

import sqlite3

import zstandard

from archive.names import digest
from archive.store import Archive


def archive_damage(archive: Archive) -> list[str]:
    """A line for each thing wrong; empty when all is well."""
    try:
        return [*_structure(archive), *_originals(archive)]
    except sqlite3.DatabaseError as error:
        return [f"archive.db: {error}"]


def digests(archive: Archive) -> list[str]:
    """The digests of all originals, in the order in which they came."""
    return [row[0] for row in archive.select("SELECT digest FROM versions ORDER BY version")]


def _structure(archive: Archive) -> list[str]:
    """What SQLite itself finds wrong with the file, a line each."""
    lines = [row[0] for row in archive.select("PRAGMA integrity_check") if row[0] != "ok"]
    rows = archive.select("PRAGMA foreign_key_check")
    return [f"archive.db: {line}" for line in lines] + [
        f"archive.db: a row of {row[0]} points at nothing in {row[2]}" for row in rows[:20]
    ]


def _originals(archive: Archive) -> list[str]:
    found = []
    for name in digests(archive):
        try:
            content = archive.original(name)
        except zstandard.ZstdError:
            content = None
        if content is None or digest(content) != name:
            found.append(f"archive.db: the original {name[:16]}… is damaged; what was read from it is whole")
    return found
