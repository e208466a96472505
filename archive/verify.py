"""The archive checked against itself: the database whole, every original the bytes its digest names."""

from __future__ import annotations

import sqlite3

import zstandard

from archive.names import digest
from archive.store import Archive


def archive_damage(archive: Archive) -> list[str]:
    """A line for each thing wrong; empty when all is well."""
    try:
        return [*archive.structure_damage(), *_originals(archive)]
    except sqlite3.DatabaseError as error:
        return [f"archive.db: {error}"]


def _originals(archive: Archive) -> list[str]:
    found = []
    for name in archive.digests():
        try:
            content = archive.original(name)
        except zstandard.ZstdError:
            content = None
        if content is None or digest(content) != name:
            found.append(f"archive.db: the original {name[:16]}… is damaged; what was read from it is whole")
    return found
