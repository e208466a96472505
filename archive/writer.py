"""Putting files into the archive: works, versions and their addresses, one transaction a batch.

The rules of identity, all of them here:

* Bytes known already, wherever they stand now: another location of the same version.
* New bytes where a version stood (same file and key): the next version of that work.
* New bytes anywhere else: a new work, whose id comes from the bytes.
* A work none of whose locations is left is withdrawn; it keeps its address, its text and its originals.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import zstandard

from archive import names
from archive.reading import FileReading, FoundFile, RecordReading
from archive.store import Archive


@dataclass(slots=True)
class Written:
    """What a batch changed, counted."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    withdrawn: int = 0
    restored: int = 0
    works: list[str] = field(default_factory=list)

    def add(self, other: Written) -> None:
        """Add another batch's counts to these."""
        self.new += other.new
        self.changed += other.changed
        self.moved += other.moved
        self.withdrawn += other.withdrawn
        self.restored += other.restored
        self.works += other.works


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the archive remembers of a file: enough to see that it has not changed."""

    size: int
    mtime: int
    digest: str
    status: str


class Writer(Archive):
    """The archive open for writing. The caller holds the data directory's lock."""

    def known_files(self, folder: Path) -> dict[str, KnownFile]:
        """The files remembered below `folder`, by stored path; those that are gone have status "gone"."""
        below = stored_path(str(folder)).rstrip(os.sep) + os.sep
        rows = self._all(
            "SELECT path, size, mtime, digest, status FROM files WHERE substr(path, 1, ?) = ?",
            (len(below), below),
        )
        return {r["path"]: KnownFile(r["size"], r["mtime"], r["digest"], r["status"]) for r in rows}

    def write(self, readings: Iterable[FileReading], gone: Iterable[str], now: str, trust_before: int) -> Written:
        """Store a batch of readings and mark the files `gone` (stored paths), all or nothing.

        `now` is the time of adding. A file modified at or after `trust_before` (nanoseconds) is looked at
        again next time even if size and time agree: it may be written to within the clock's tick.
        """
        batch = _Batch(self._db, now, trust_before)
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for reading in readings:
                    batch.put(reading)
                for path in gone:
                    batch.forget(path)
                batch.settle()
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
        return batch.written

    def refresh(self, files: Iterable[FoundFile], trust_before: int) -> None:
        """Remember the new size and time of files whose bytes turned out to be the same."""
        rows = [(f.size, _mtime(f, trust_before), stored_path(f.path)) for f in files]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("UPDATE files SET size = ?, mtime = ? WHERE path = ?", rows)
            self._db.execute("COMMIT")


def stored_path(path: str) -> str:
    """`path` as the database can hold it: bytes that are not valid Unicode written out (`\\udcff`)."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _mtime(file: FoundFile, trust_before: int) -> int:
    return file.mtime if file.mtime < trust_before else -1


class _Batch:
    """One transaction's work."""

    def __init__(self, db: sqlite3.Connection, now: str, trust_before: int) -> None:
        self.db, self.now, self.trust_before = db, now, trust_before
        self.written = Written()
        self.touched: set[str] = set()
        self.people: set[int] = set()
        self.compressor = zstandard.ZstdCompressor(level=6)

    def put(self, reading: FileReading) -> None:
        path = stored_path(reading.file.path)
        self._remember(reading, path)
        if not reading.digest:
            return  # it could not be opened this time: what it held before still stands
        before = self._live_at(path)
        digests = {r.digest for r in reading.records}
        now_live: set[tuple[str, int]] = set()
        for record in reading.records:
            version = self._version(path, record, digests)
            self.db.execute(
                "INSERT INTO locations VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET live = 1",
                (path, record.record.key, version),
            )
            now_live.add((record.record.key, version))
        for key, version in before - now_live:
            self._leave(path, key, version)

    def forget(self, path: str) -> None:
        """The file is gone: so are its locations."""
        self.db.execute("UPDATE files SET status = 'gone' WHERE path = ?", (path,))
        for key, version in self._live_at(path):
            self._leave(path, key, version)

    def settle(self) -> None:
        """Bring what follows from the locations up to date: current versions, withdrawals, people's names."""
        self.db.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
        for work in sorted(self.touched):
            self._settle_work(work)
        for person in sorted(self.people):
            self._settle_name(person)

    def _remember(self, reading: FileReading, path: str) -> None:
        status = "read" if not reading.skipped else "partly" if reading.records else "skipped"
        file = reading.file
        self.db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET shown = excluded.shown, "
            "size = excluded.size, mtime = excluded.mtime, digest = excluded.digest, status = excluded.status",
            (path, file.shown, file.size, _mtime(file, self.trust_before), reading.digest, status),
        )
        self.db.execute("DELETE FROM remarks WHERE path = ?", (path,))
        self.db.executemany("INSERT INTO remarks VALUES (?, ?, ?, ?)", [(path, *row) for row in _remarks(reading)])

    def _live_at(self, path: str) -> set[tuple[str, int]]:
        rows = self.db.execute("SELECT key, version FROM locations WHERE path = ? AND live", (path,))
        return {(row["key"], row["version"]) for row in rows}

    def _leave(self, path: str, key: str, version: int) -> None:
        self.db.execute(
            "UPDATE locations SET live = 0 WHERE path = ? AND key = ? AND version = ?", (path, key, version)
        )
        self._touch(version)

    def _touch(self, version: int) -> None:
        (work,) = self.db.execute("SELECT work FROM versions WHERE version = ?", (version,)).fetchone()
        self.touched.add(work)

    def _version(self, path: str, reading: RecordReading, digests: set[str]) -> int:
        """The version these bytes are, known or new."""
        row = self.db.execute("SELECT version, work FROM versions WHERE digest = ?", (reading.digest,)).fetchone()
        if row:
            self._count_move(row["version"], path, reading.record.key)
            self.touched.add(row["work"])
            return int(row["version"])
        return self._new_version(self._stood_at(path, reading.record.key, digests), reading)

    def _count_move(self, version: int, path: str, key: str) -> None:
        known = self.db.execute(
            "SELECT 1 FROM locations WHERE version = ? AND path = ? AND key = ?", (version, path, key)
        ).fetchone()
        self.written.moved += not known

    def _stood_at(self, path: str, key: str, digests: set[str]) -> str | None:
        """The work that stood at this place; not one whose bytes merely moved within the file."""
        row = self.db.execute(
            "SELECT v.work, v.digest FROM locations l JOIN versions v USING (version) "
            "WHERE l.path = ? AND l.key = ? ORDER BY l.live DESC, v.version DESC LIMIT 1",
            (path, key),
        ).fetchone()
        if not row or row["digest"] in digests:
            return None
        return str(row["work"])

    def _new_version(self, work: str | None, reading: RecordReading) -> int:
        if work is None:
            work, number = self._new_work(reading.digest), 1
            self.written.new += 1
        else:
            (number,) = self.db.execute("SELECT max(number) + 1 FROM versions WHERE work = ?", (work,)).fetchone()
            self.written.changed += 1
        self.touched.add(work)
        self.written.works.append(work)
        return self._insert_version(work, number, reading)

    def _new_work(self, digest: str) -> str:
        length = names.ID_LENGTH
        while self.db.execute("SELECT 1 FROM works WHERE id = ?", (names.work_id(digest, length),)).fetchone():
            length += 1  # a clash of leading bits: the later comer's id is a character longer
        work = names.work_id(digest, length)
        self.db.execute("INSERT INTO works VALUES (?, ?, 0, 0, 0)", (work, self.now))
        return work

    def _insert_version(self, work: str, number: int, reading: RecordReading) -> int:
        record, release = reading.record, reading.release
        self.db.execute(
            "INSERT OR IGNORE INTO originals VALUES (?, ?, ?)",
            (reading.digest, len(record.original), self.compressor.compress(record.original)),
        )
        published = release.published.iso if release.published else ""
        row = (
            *(number, work, reading.digest, self.now, record.media_type, record.encoding),
            *(release.title, release.body, published, release.place, release.source, release.byline),
            *(release.url, release.language),
        )
        marks = ", ".join("?" * (len(row) - 2))
        cursor = self.db.execute(f"INSERT INTO versions VALUES (?, ?, NULL, {marks})", row)
        version = cursor.lastrowid
        assert version is not None
        self._insert_evidence(version, reading)
        self._insert_people(version, reading)
        return version

    def _insert_evidence(self, version: int, reading: RecordReading) -> None:
        self.db.executemany(
            "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (version, e.field, e.value, e.rule, e.words, e.part, e.start, e.end, e.confidence, e.chosen)
                for e in reading.release.evidence
            ],
        )

    def _insert_people(self, version: int, reading: RecordReading) -> None:
        for place, person in enumerate(reading.release.people):
            known = self._person(person.name)
            self.people.add(known)
            self.db.execute(
                "INSERT INTO appearances VALUES (?, ?, ?, ?, ?, ?, ?)",
                (version, place, known, person.name, person.kind, person.role, person.confidence),
            )
            self.db.executemany(
                "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (version, place, m.name, m.part, m.start, m.end, m.kind, m.rule)
                    for m in person.mentions
                ],
            )  # fmt: skip

    def _person(self, name: str) -> int:
        slug = names.person_slug(name)
        row = self.db.execute("SELECT person FROM people WHERE slug = ?", (slug,)).fetchone()
        if row:
            return int(row["person"])
        return int(self.db.execute("INSERT INTO people VALUES (NULL, ?, ?)", (slug, name)).lastrowid or 0)

    def _settle_work(self, work: str) -> None:
        row = self.db.execute(
            "SELECT max(v.number) AS newest, max(v.number) FILTER (WHERE EXISTS "
            "(SELECT 1 FROM locations l WHERE l.version = v.version AND l.live)) AS standing, w.current, w.live "
            "FROM versions v JOIN works w ON w.id = v.work WHERE v.work = ?",
            (work,),
        ).fetchone()
        current, live = row["standing"] or row["newest"], row["standing"] is not None
        if (current, live) == (row["current"], bool(row["live"])):
            return
        self.written.withdrawn += bool(row["live"]) and not live
        self.written.restored += live and not row["live"] and row["current"] > 0
        self.db.execute("UPDATE works SET current = ?, live = ? WHERE id = ?", (current, live, work))
        self._mark_changed("WHERE id = ?", work)

    def _settle_name(self, person: int) -> None:
        """The name of a person is the spelling most versions use, then the longest, then the first by letter."""
        (name,) = self.db.execute(
            "SELECT name FROM appearances WHERE person = ? GROUP BY name "
            "ORDER BY count(*) DESC, length(name) DESC, name LIMIT 1",
            (person,),
        ).fetchone()
        changed = self.db.execute(
            "UPDATE people SET name = ? WHERE person = ? AND name != ?", (name, person, name)
        ).rowcount
        if changed:
            self._mark_changed(
                "WHERE id IN (SELECT v.work FROM appearances a JOIN versions v USING (version) WHERE a.person = ?)",
                person,
            )

    def _mark_changed(self, where: str, value: object) -> None:
        """Let the next index update see these works: the revision is the archive's newest."""
        self.db.execute(
            f"UPDATE works SET revision = (SELECT value FROM counters WHERE name = 'revision') {where}",
            (value,),
        )


def _remarks(reading: FileReading) -> list[tuple[str, str, bool]]:
    rows = [(skip.where, skip.reason, True) for skip in reading.skipped]
    for record in reading.records:
        rows += [(record.record.key, note, False) for note in record.record.notes]
    return rows
