"""A release taken out for good: bytes, text, evidence and people gone from the file, a tombstone left at its address.

What is kept of it is the id and number, the digest by which the bytes are known should they come again, the day and
the reason. Its index entries go with a rebuilt index (indexer/purging.py).
"""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import NamedTuple

from archive.errors import DiskProblem
from archive.known import Work
from archive.sql import in_portions, marks
from archive.writer import Writer

LOG_TIMEOUT_S = 10.0
"""How long the readers of the log are waited for."""


class Version(NamedTuple):
    """A version to be purged: its row, its number and the digest of its bytes."""

    row: int
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Purged:
    """What was taken out: the id, the numbers of its versions, and whether it was all of them."""

    id: str
    numbers: tuple[int, ...]
    whole: bool
    already: bool = False


def find(archive: Writer, work: str, number: int | None = None) -> list[Version]:
    """The versions that a purge of this address takes out; none where all were taken out before.

    Raises:
        UnknownRelease: there is no such release or version, and never was.
    """
    rows = archive.select(
        "SELECT v.version, v.number, v.digest FROM works w JOIN versions v USING (work) "
        "WHERE w.id = ? AND v.number = coalesce(?, v.number) ORDER BY v.number",
        (work, number),
    )
    if not rows and archive.tombstone(work, number) is None:
        archive.find_version(work, number)  # says what there is
    return [Version(*row) for row in rows]


def purge(archive: Writer, work: str, versions: list[Version], reason: str, now: str) -> Purged:
    """Delete these versions of a work and leave tombstones; the work itself goes with its last version."""
    connection = archive.connection
    connection.execute("PRAGMA secure_delete = ON")  # what is freed is overwritten, not only let go
    with archive.batch() as batch:
        db = batch.db
        (key,) = db.execute("SELECT work FROM works WHERE id = ?", (work,)).fetchone()
        rows = [version.row for version in versions]
        people = _people_of(db, rows)
        db.executemany(
            "INSERT INTO purged VALUES (?, ?, ?, ?, ?)",
            [(work, version.number, version.digest, now, reason) for version in versions],
        )
        _leave_tombstones_where_they_stood_before(db, rows, now, reason)
        for table in ("corrections", "replaced", "evidence", "mentions", "appearances", "originals"):
            db.executemany(f"DELETE FROM {table} WHERE version = ?", [(row,) for row in rows])
        _forget_places(db, rows)
        db.executemany("DELETE FROM versions WHERE version = ?", [(row,) for row in rows])
        _forget_people(db, people)
        db.execute("DELETE FROM contexts WHERE context NOT IN (SELECT context FROM versions WHERE context NOT NULL)")
        db.execute("DELETE FROM settled")  # the corrections are looked at anew
        whole = db.execute("SELECT 1 FROM versions WHERE work = ?", (key,)).fetchone() is None
        if whole:
            db.execute("DELETE FROM moved WHERE work = ?", (key,))
            db.execute("DELETE FROM works WHERE work = ?", (key,))
            batch.mark_changed()
        else:
            batch.settle_work(Work(key, work))
            batch.mark_changed(work)
    return Purged(work, tuple(version.number for version in versions), whole)


def overwrite_free_pages(archive: Writer) -> None:
    """Write the file anew without free pages, and empty its log: what was deleted before is gone from both.

    Raises:
        DiskProblem: there is no room for a second copy, or another process reads the log on and on.
    """
    archive.vacuum()
    deadline = time.monotonic() + LOG_TIMEOUT_S
    while archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        if time.monotonic() > deadline:
            raise DiskProblem(
                f"The log beside {archive.data / 'archive.db'} is being read, so what was taken out still stands "
                "in it. End the processes that read the archive, then run the same command again."
            )
        time.sleep(0.05)


def _people_of(db: sqlite3.Connection, versions: list[int]) -> set[int]:
    found: set[int] = set()
    for portion in in_portions(versions):
        rows = db.execute(f"SELECT person FROM appearances WHERE version IN ({marks(portion)})", portion)
        found.update(person for (person,) in rows)
    return found


def _leave_tombstones_where_they_stood_before(
    db: sqlite3.Connection, versions: list[int], now: str, reason: str
) -> None:
    """Old addresses that lead to these versions (see `moved`) are gone with them."""
    for portion in in_portions(versions):
        db.execute(
            "INSERT OR IGNORE INTO purged SELECT w.id, m.number, v.digest, ?, ? "
            "FROM moved m JOIN works w USING (work) JOIN versions v USING (version) "
            f"WHERE m.version IN ({marks(portion)})",
            (now, reason, *portion),
        )
        db.execute(f"DELETE FROM moved WHERE version IN ({marks(portion)})", portion)


def _forget_places(db: sqlite3.Connection, versions: list[int]) -> None:
    """Where they stood, what was remarked there, and files that are gone and held nothing else."""
    for portion in in_portions(versions):
        places = db.execute(f"SELECT path, key FROM locations WHERE version IN ({marks(portion)})", portion).fetchall()
        db.execute(f"DELETE FROM locations WHERE version IN ({marks(portion)})", portion)
        db.executemany("DELETE FROM remarks WHERE path = ? AND place = ?", [tuple(place) for place in places])
        for path in {path for path, _ in places}:
            held = db.execute("SELECT 1 FROM locations WHERE path = ?", (path,)).fetchone()
            (status,) = db.execute("SELECT status FROM files WHERE path = ?", (path,)).fetchone()
            if not held and status == "gone":
                db.execute("DELETE FROM remarks WHERE path = ?", (path,))
                db.execute("DELETE FROM files WHERE path = ?", (path,))


def _forget_people(db: sqlite3.Connection, people: set[int]) -> None:
    """Those whom nothing names any more, nor a correction."""
    for person in sorted(people):
        db.execute(
            "DELETE FROM people WHERE person = :person "
            "AND NOT EXISTS (SELECT 1 FROM appearances WHERE person = :person) "
            "AND NOT EXISTS (SELECT 1 FROM people WHERE same_as = :person) "
            "AND NOT EXISTS (SELECT 1 FROM people_corrections c WHERE c.person = people.slug)",
            {"person": person},
        )
