"""Purges a release: deletes bytes, text, evidence and people from the file, and leaves a tombstone at its address.

The tombstone has the id and number, the digest that recognises the bytes should they come again, the day and the
reason. Its index documents go with a rebuilt index (indexer/maintenance/purge.py).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.corrections import FILE_NAME
from archive.errors import DiskProblem
from archive.ids import name_key
from archive.store.reconciling import people_files
from archive.store.sql import in_chunks, placeholders
from archive.store.writing import Work, Writer

LOG_TIMEOUT_S = 10.0
"""How long to wait for the readers of the write-ahead log, in seconds."""


class VersionToPurge(NamedTuple):
    """A version to be purged: its row, its number and the digest of its bytes."""

    row: int
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """What was purged: the id, the numbers of its versions, and whether it was all of them."""

    id: str
    numbers: tuple[int, ...]
    whole: bool
    already: bool = False


def find_release_to_purge(archive: Writer, work: str, number: int | None = None) -> tuple[str, list[VersionToPurge]]:
    """The work at an address, and the versions that a purge of it deletes; none where they were purged before.

    Raises:
        UnknownRelease: there is no such release or version, and never was.
    """
    if number is not None and (now := archive.moved_to(work, number)):
        work, number = now
    rows = archive.select(
        "SELECT v.version, v.number, v.digest FROM works w JOIN versions v USING (work) "
        "WHERE w.id = ? AND v.number = coalesce(?, v.number) ORDER BY v.number",
        (work, number),
    )
    if not rows and archive.tombstone(work, number) is None:
        archive.find_version(work, number)  # says what there is
    return work, [VersionToPurge(*row) for row in rows]


def people_only_in(archive: Writer, versions: Sequence[VersionToPurge]) -> set[str]:
    """The slugs that mean people named in these versions only."""
    rows = [version.row for version in versions]
    found: set[str] = set()
    for person in sorted(_people_of(archive.connection, rows)):
        named = archive.select("SELECT version FROM appearances WHERE person = ?", (person,))
        if {row["version"] for row in named} <= set(rows):
            slugs = archive.select(
                "SELECT slug FROM people WHERE person = :person UNION SELECT key FROM people WHERE person = :person "
                "UNION SELECT n.slug FROM spellings s JOIN names n ON n.name = s.name WHERE s.person = :person",
                {"person": person},
            )
            found |= {row["slug"] for row in slugs}
    # Of somebody who is named elsewhere, too, the spellings that no other release has.
    for chunk in in_chunks(rows):
        names = archive.select(
            "SELECT DISTINCT n.name, n.slug FROM appearances a JOIN names n USING (name) "
            f"WHERE a.version IN ({placeholders(chunk)})",
            chunk,
        )
        for name, spelt in map(tuple, names):
            named = archive.select(
                "SELECT a.version FROM names n JOIN spellings s USING (name) JOIN appearances a "
                "ON a.person = s.person AND a.name = n.name WHERE n.slug = ?",
                (spelt,),
            )
            if {row["version"] for row in named} <= set(rows):
                found |= {spelt, *_keys_only_in(archive, name, set(rows))}
    return found


def _keys_only_in(archive: Writer, name: str, rows: set[int]) -> set[str]:
    """The key of a name, where only these versions have names of that key."""
    key = name_key(name)
    named = archive.select(
        "SELECT a.version FROM names n JOIN spellings s USING (name) JOIN appearances a "
        "ON a.person = s.person AND a.name = n.name WHERE n.key = ?",
        (key,),
    )
    return {key} if {row["version"] for row in named} <= rows else set()


def values_only_in(archive: Writer, versions: Sequence[VersionToPurge]) -> set[str]:
    """The sources and places that stand in these versions only."""
    rows = [version.row for version in versions]
    found: set[str] = set()
    for field in ("source", "place"):
        held = archive.select(f"SELECT DISTINCT {field} FROM versions WHERE version IN ({placeholders(rows)})", rows)
        for (value,) in map(tuple, held):
            others = archive.select(
                f"SELECT 1 FROM versions WHERE {field} = ? AND version NOT IN ({placeholders(rows)}) LIMIT 1",
                (value, *rows),
            )
            if value and not others:
                found.add(value)
    return found


_TABLES_OF_VERSIONS = (
    "aliases", "corrections", "replaced", "evidence", "quotations", "mentions", "appearances", "originals"
)  # fmt: skip
"""The tables of which the rows of a version go, before those that they refer to."""


def purge_release(
    archive: Writer, work: str, versions: list[VersionToPurge], reason: str, now: str, corrections: bytes
) -> PurgeReport:
    """Delete these versions of a work and leave tombstones; the work itself goes with its last version.

    `corrections` is what is left of the archive's copy of people's file.
    """
    connection = archive.connection
    connection.execute("PRAGMA secure_delete = ON")  # freed pages are overwritten with zeros
    with archive.write_transaction() as transaction:
        db = transaction.db
        (key,) = db.execute("SELECT work FROM works WHERE id = ?", (work,)).fetchone()
        rows = [version.row for version in versions]
        people_files.store_copy(db, FILE_NAME, corrections)
        db.executemany(
            "INSERT INTO purged VALUES (?, ?, ?, ?, ?)",
            [(work, version.number, version.digest, now, reason) for version in versions],
        )
        _leave_tombstones_where_they_stood_before(db, rows, now, reason)
        for table in _TABLES_OF_VERSIONS:
            db.executemany(f"DELETE FROM {table} WHERE version = ?", [(row,) for row in rows])
        _forget_locations(db, rows)
        db.executemany("DELETE FROM versions WHERE version = ?", [(row,) for row in rows])
        db.execute("DELETE FROM contexts WHERE context NOT IN (SELECT context FROM versions WHERE context NOT NULL)")
        db.execute("UPDATE counters SET value = 1 WHERE name = 'values'")
        db.execute("DELETE FROM settled")  # the corrections are looked at anew
        whole = db.execute("SELECT 1 FROM versions WHERE work = ?", (key,)).fetchone() is None
        if whole:
            db.execute("DELETE FROM withdrawals WHERE work = ?", (key,))
            db.execute("DELETE FROM works WHERE work = ?", (key,))
            transaction.mark_changed()
        else:
            transaction.update_work(Work(key, work))
            transaction.mark_changed(work)
    return PurgeReport(work, tuple(version.number for version in versions), whole)


def overwrite_free_pages(archive: Writer) -> None:
    """Vacuum the file and truncate its write-ahead log, so that deleted rows are gone from both.

    Raises:
        DiskProblem: there is no room for a second copy, or another process reads the log on and on.
    """
    archive.vacuum()
    if not _truncate_log(archive.connection):
        raise DiskProblem(
            f"The log beside {archive.data / 'archive.db'} is being read, so what was taken out still stands "
            "in it. End the processes that read the archive, then run the same command again."
        )


def _truncate_log(db: sqlite3.Connection) -> bool:
    """Whether the write-ahead log could be emptied before the deadline."""
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute("PRAGMA busy_timeout = 0")  # or each attempt would wait as long as a write waits for another
    try:
        deadline = time.monotonic() + LOG_TIMEOUT_S
        while db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")


def _people_of(db: sqlite3.Connection, versions: list[int]) -> set[int]:
    found: set[int] = set()
    for chunk in in_chunks(versions):
        rows = db.execute(f"SELECT person FROM appearances WHERE version IN ({placeholders(chunk)})", chunk)
        found.update(person for (person,) in rows)
    return found


def _leave_tombstones_where_they_stood_before(
    db: sqlite3.Connection, versions: list[int], now: str, reason: str
) -> None:
    """Old addresses that lead to these versions (see `moved`) are gone with them."""
    for chunk in in_chunks(versions):
        db.execute(
            "INSERT OR IGNORE INTO purged SELECT m.id, m.number, v.digest, ?, ? "
            "FROM moved m JOIN versions v USING (version) "
            f"WHERE m.version IN ({placeholders(chunk)})",
            (now, reason, *chunk),
        )
        db.execute(f"DELETE FROM moved WHERE version IN ({placeholders(chunk)})", chunk)


def _forget_locations(db: sqlite3.Connection, versions: list[int]) -> None:
    """Where they stood, what was remarked there, and files that are gone and held nothing else."""
    for chunk in in_chunks(versions):
        places = db.execute(
            f"SELECT path, key FROM locations WHERE version IN ({placeholders(chunk)})", chunk
        ).fetchall()
        db.execute(f"DELETE FROM locations WHERE version IN ({placeholders(chunk)})", chunk)
        db.executemany("DELETE FROM remarks WHERE path = ? AND place = ?", [tuple(place) for place in places])
        for path in {path for path, _ in places}:
            has_locations = db.execute("SELECT 1 FROM locations WHERE path = ?", (path,)).fetchone()
            (status,) = db.execute("SELECT status FROM files WHERE path = ?", (path,)).fetchone()
            if not has_locations and status == "gone":
                db.execute("DELETE FROM remarks WHERE path = ?", (path,))
                db.execute("DELETE FROM files WHERE path = ?", (path,))


def forget_people(archive: Writer) -> None:
    """Delete the spellings and addresses of people whom nothing names any more, and settle who is left."""
    archive.settle()
    with archive.write_transaction() as transaction:
        transaction.db.execute(
            "DELETE FROM names WHERE NOT EXISTS (SELECT 1 FROM spellings s WHERE s.name = names.name)"
        )
        transaction.db.execute(
            "DELETE FROM people WHERE NOT EXISTS (SELECT 1 FROM appearances a WHERE a.person = people.person)"
        )
        # What led to a name that is gone leads nowhere, and may tell what the name was.
        transaction.db.execute(
            "DELETE FROM aliases WHERE field = 'person' AND version = 0 "
            "AND now NOT IN (SELECT slug FROM names UNION SELECT key FROM names)"
        )
        for field in ("source", "place"):
            held = f"(SELECT {field} FROM versions UNION SELECT name FROM value_names WHERE field = '{field}')"
            transaction.db.execute(
                f"DELETE FROM aliases WHERE field = ? AND version = 0 AND (old NOT IN {held} OR now NOT IN {held})",
                (field,),
            )
