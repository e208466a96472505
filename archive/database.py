"""Opening archive.db: the pragmas we rely on, and a clear word about a file that is not ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from archive import schema
from archive.errors import ArchiveDamaged, ArchiveTooNew, NoArchive

Value = TypeVar("Value")

FILE_NAME = "archive.db"

PORTION = 500
"""Values asked for in one statement; SQLite's limit of variables was 999 for long."""


def connect(data: Path, *, create: bool = False) -> sqlite3.Connection:
    """A connection to the archive in the data directory.

    Raises:
        NoArchive: there is none, and `create` is not set.
        ArchiveDamaged: the file is not an archive or cannot be read.
        ArchiveTooNew: it was written by a later version; nothing was changed.
    """
    path = data / FILE_NAME
    if not path.exists() and not create:
        raise NoArchive(data)
    try:
        db = _opened(path)
        _check(db, path)
        if os.access(path.parent, os.W_OK):
            _prepare(db)
    except sqlite3.DatabaseError as error:
        raise ArchiveDamaged(path, str(error)) from error
    return db


def _opened(path: Path) -> sqlite3.Connection:
    # The store hands the connection out under a lock of its own, so any thread may use it.
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False, "timeout": 30}
    if os.access(path.parent, os.W_OK):
        writable: sqlite3.Connection = sqlite3.connect(path, **options)
        return writable
    # A write-ahead log needs a writable folder; where there is none (a read-only disk) nobody writes either.
    fixed: sqlite3.Connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, **options)
    return fixed


def _check(db: sqlite3.Connection, path: Path) -> None:
    (found,) = db.execute("PRAGMA user_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != schema.APPLICATION_ID:
        db.close()
        raise ArchiveDamaged(path, "it is a database of another program")
    if found > schema.VERSION:
        db.close()
        raise ArchiveTooNew(path, found, schema.VERSION)


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    # FULL: a commit that was reported is on the disk, also after a power cut.
    db.execute("PRAGMA synchronous = FULL")
    schema.upgrade(db)
    db.execute("PRAGMA foreign_keys = ON")


def in_portions(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values, as many at a time as one statement asks for."""
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]


def marks(values: Sequence[object]) -> str:
    """The inside of an SQL `IN (...)` for these values."""
    return ", ".join("?" * len(values))
