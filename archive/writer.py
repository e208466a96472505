"""Putting files into the archive: works, versions and their addresses, one transaction a batch.

The rules of identity, all of them here:

* Bytes known already, wherever they stand now: another location of the same version.
* New bytes where a version stood (same file and key): the next version of that work.
* New bytes anywhere else: a new work, whose id comes from the bytes.
* A work none of whose locations is left is withdrawn; it keeps its address, its text and its originals.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zstandard

from archive import names, texts
from archive.corrections.identities import Identities
from archive.insertions import Insertions
from archive.reading import FileReading, FoundFile, RecordReading
from archive.release import Release
from archive.store import PORTION, Archive


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

    def __init__(self, data: Path, *, create: bool = False) -> None:
        super().__init__(data, create=create)
        # Digests and ids come in no order: with the default of 2 MB the same pages are read and written over and over.
        self._db.execute("PRAGMA cache_size = -64000")

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
        readings = list(readings)
        with self.batch(now, trust_before, readings) as batch:
            for reading in readings:
                batch.put(reading)
            for path in gone:
                batch.forget(path)
            batch.settle()
        return batch.written

    @contextlib.contextmanager
    def batch(self, now: str = "", trust_before: int = 0, readings: Sequence[FileReading] = ()) -> Iterator[Batch]:
        """A transaction: what is written through the batch is stored whole, or not at all."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                batch = Batch(self._db, now, trust_before, readings, Identities(self.people_corrections()))
                yield batch
                batch.settle_names()
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def settle_day_orders(self) -> int:
        """Read 03/04/2005 in the order that the rest of its source shows; returns how many releases changed."""
        # Imported here: an `add` with nothing new need not wait for the extractors.
        from archive import day_orders

        with self.batch() as batch:
            return day_orders.settle(batch.db)

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


class Batch:
    """One transaction's work."""

    def __init__(
        self,
        db: sqlite3.Connection,
        now: str,
        trust_before: int,
        readings: Sequence[FileReading],
        identities: Identities,
    ) -> None:
        self.db, self.now, self.trust_before, self.identities = db, now, trust_before, identities
        self.written = Written()
        self.touched: set[str] = set()
        self.marked: set[str] = set()
        self.people: set[int] = set()
        self.rows = Insertions(db)
        self.compressor = zstandard.ZstdCompressor(level=6)
        self.known = _Known(db, readings)
        (self.revision,) = db.execute("SELECT value + 1 FROM counters WHERE name = 'revision'").fetchone()

    def put(self, reading: FileReading) -> None:
        """Store what a file holds now, and let go of what it no longer holds."""
        path = stored_path(reading.file.path)
        self._remember(reading, path)
        if not reading.digest:
            return  # it could not be opened this time: what it held before still stands
        before = self._live_at(path)
        digests = {r.digest for r in reading.records}
        now_live = {
            (record.record.key, self._version(path, reading.file.shown, record, digests)) for record in reading.records
        }
        self.rows.add("locations", ((path, key, version) for key, version in now_live))
        for key, version in before - now_live:
            self._leave(path, key, version)
        self.known.paths.add(path)

    def forget(self, path: str) -> None:
        """The file is gone: so are its locations."""
        self.rows.write()
        self.db.execute("UPDATE files SET status = 'gone' WHERE path = ?", (path,))
        self.known.paths.add(path)
        for key, version in self._live_at(path):
            self._leave(path, key, version)

    def settle(self) -> None:
        """Bring what follows from the locations up to date: current versions and withdrawals."""
        self.rows.write()
        self._revise()
        for work in sorted(self.touched):
            self._settle_work(work)

    def settle_names(self) -> None:
        """Name the people of this batch as most releases do, or as a correction says."""
        self.rows.write()
        for person in sorted(self.people):
            self._settle_name(person)

    def _remember(self, reading: FileReading, path: str) -> None:
        status = "read" if not reading.skipped else "partly" if reading.records else "skipped"
        file = reading.file
        if path in self.known.paths:
            self.db.execute("DELETE FROM remarks WHERE path = ?", (path,))
        mtime = _mtime(file, self.trust_before)
        self.rows.add("files", [(path, file.shown, file.size, mtime, reading.digest, status)])
        self.rows.add("remarks", ((path, *row) for row in _remarks(reading)))

    def _live_at(self, path: str) -> set[tuple[str, int]]:
        if path not in self.known.paths:
            return set()
        self.rows.write()
        rows = self.db.execute("SELECT key, version FROM locations WHERE path = ? AND live", (path,))
        return {(row["key"], row["version"]) for row in rows}

    def _leave(self, path: str, key: str, version: int) -> None:
        self.rows.write()
        self.db.execute(
            "UPDATE locations SET live = 0 WHERE path = ? AND key = ? AND version = ?", (path, key, version)
        )
        (work,) = self.db.execute("SELECT work FROM versions WHERE version = ?", (version,)).fetchone()
        self.touched.add(work)

    def _version(self, path: str, shown: str, reading: RecordReading, digests: set[str]) -> int:
        """The version these bytes are, known or new."""
        if known := self.known.versions.get(reading.digest):
            version, work = known
            self._count_move(version, path, reading.record.key)
            self.touched.add(work)
            return version
        return self._new_version(self._stood_at(path, reading.record.key, digests), reading, shown)

    def _count_move(self, version: int, path: str, key: str) -> None:
        self.rows.write()
        known = self.db.execute(
            "SELECT 1 FROM locations WHERE version = ? AND path = ? AND key = ?", (version, path, key)
        ).fetchone()
        self.written.moved += not known

    def _stood_at(self, path: str, key: str, digests: set[str]) -> str | None:
        """The work that stood at this place; not one whose bytes merely moved within the file."""
        if path not in self.known.paths:
            return None
        self.rows.write()
        row = self.db.execute(
            "SELECT v.work, v.digest FROM locations l JOIN versions v USING (version) "
            "WHERE l.path = ? AND l.key = ? ORDER BY l.live DESC, v.version DESC LIMIT 1",
            (path, key),
        ).fetchone()
        if not row or row["digest"] in digests:
            return None
        return str(row["work"])

    def _new_version(self, work: str | None, reading: RecordReading, shown: str) -> int:
        if work is None:
            work, number = self._new_work(reading.digest), 1
            self.written.new += 1
        else:
            self.rows.write()
            (number,) = self.db.execute("SELECT max(number) + 1 FROM versions WHERE work = ?", (work,)).fetchone()
            self.touched.add(work)
            self.written.changed += 1
        self.written.works.append(work)
        return self._insert_version(work, number, reading, shown)

    def _new_work(self, digest: str) -> str:
        """A work whose first version is current and live: it stands where it was just found."""
        work = self.known.new_id(digest)
        self.rows.add("works", [(work, self.now, 1, 1, self.revision)])
        return work

    def _insert_version(self, work: str, number: int, reading: RecordReading, shown: str) -> int:
        record, release = reading.record, reading.release
        original = (reading.digest, len(record.original), self.compressor.compress(record.original))
        self.rows.add("originals", [original])
        version = self.known.new_version(reading.digest, work)
        row = (
            *(number, work, version, reading.digest, self.now, record.media_type, record.encoding),
            *_columns(release),
            *(shown, reading.read_by, self._context(record.context)),
        )
        self.rows.add("versions", [row])
        self._insert_reading(version, work, release)
        return version

    def replace(self, version: int, work: str, release: Release) -> None:
        """Say of a version what this release says, instead of what was said of it."""
        self.rows.write()
        rows = self.db.execute("SELECT DISTINCT person FROM appearances WHERE version = ?", (version,))
        self.people |= {row["person"] for row in rows}
        for table in ("mentions", "appearances", "evidence"):
            self.db.execute(f"DELETE FROM {table} WHERE version = ?", (version,))
        self.db.execute(
            "UPDATE versions SET title = ?, body = ?, published = ?, place = ?, source = ?, byline = ?, url = ?, "
            "language = ? WHERE version = ?",
            (*_columns(release), version),
        )
        self._insert_reading(version, work, release)
        self.mark_changed(work)

    def note_read(self, versions: Iterable[tuple[int, str, str]], mark: str) -> None:
        """Remember that these versions were read again, as what media type and encoding ("" as before)."""
        self.db.executemany(
            "UPDATE versions SET read_by = ?, media_type = coalesce(nullif(?, ''), media_type), "
            "encoding = coalesce(nullif(?, ''), encoding) WHERE version = ?",
            ((mark, media_type, encoding, version) for version, media_type, encoding in versions),
        )

    def _context(self, value: str) -> int | None:
        """The number of what a file says for all its parts; few files say a thing of their own."""
        if not value:
            return None
        if (context := self.known.context(value)) is None:
            context = self.known.new_context(value)
            self.rows.add("contexts", [(context, value)])
        return context

    def _insert_reading(self, version: int, work: str, release: Release) -> None:
        self.rows.add(
            "evidence",
            (
                (version, e.field, e.value, e.rule, e.words, e.part, e.start, e.end, e.confidence, e.chosen)
                for e in release.evidence
            ),
        )
        for place, person in enumerate(release.people):
            known = self.person(self.identities.slug(person.name, work), person.name)
            self.people.add(known)
            self.rows.add(
                "appearances", [(version, place, known, person.name, person.kind, person.role, person.confidence)]
            )
            self.rows.add(
                "mentions",
                ((version, place, m.name, m.part, m.start, m.end, m.kind, m.rule) for m in person.mentions),
            )

    def person(self, slug: str, name: str) -> int:
        """The person with this slug; a new one with this name where there is none."""
        if (person := self.known.person(slug)) is None:
            person = self.known.new_person(slug)
            self.rows.add("people", [(person, slug, name)])
        return person

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
        self.mark_changed(work)

    def _settle_name(self, person: int) -> None:
        """A person has the name a correction gives, or the spelling most versions use, then the longest, the first.

        One who was found to be several has a name of their own before one of the others'.
        """
        spellings = self.db.execute(
            "SELECT s.name, p.slug FROM spellings s JOIN people p USING (person) WHERE s.person = ? "
            "ORDER BY s.uses DESC, length(s.name) DESC, s.name",
            (person,),
        )
        found = spellings.fetchone()
        if found and self.identities.subjects():
            found = next((row for row in (found, *spellings) if names.person_slug(row["name"]) == row["slug"]), found)
        spellings.close()
        changed = self.db.execute(
            "UPDATE people SET name = coalesce(given, ?1, name) "
            "WHERE person = ?2 AND name != coalesce(given, ?1, name)",
            (found["name"] if found else None, person),
        ).rowcount
        if changed:
            rows = self.db.execute(
                "SELECT DISTINCT v.work FROM appearances a JOIN versions v USING (version) WHERE a.person = ?",
                (person,),
            ).fetchall()
            self.mark_changed(*(row["work"] for row in rows))

    def mark_changed(self, *works: str) -> None:
        """Let the next index update see these works: their revision is the archive's newest."""
        self._revise()
        self.marked.update(works)
        self.db.executemany("UPDATE works SET revision = ? WHERE id = ?", ((self.revision, work) for work in works))

    def _revise(self) -> None:
        self.db.execute("UPDATE counters SET value = ? WHERE name = 'revision'", (self.revision,))


def _columns(release: Release) -> tuple[object, ...]:
    """What a version's own row says of its release."""
    published = release.published.iso if release.published else ""
    return (
        *(release.title, texts.packed(release.body), published, release.place, release.source, release.byline),
        *(release.url, release.language),
    )


class _Known:
    """What the archive holds already of what a batch is about, looked up at once, and the numbers that come next."""

    def __init__(self, db: sqlite3.Connection, readings: Sequence[FileReading]) -> None:
        records = [record for reading in readings for record in reading.records]
        digests = {record.digest for record in records}
        self._db = db
        self.paths = {path for (path,) in _matching(db, "path FROM files WHERE path", map(_path, readings))}
        self.versions: dict[str, tuple[int, str]] = {
            digest: (version, work)
            for digest, version, work in _matching(db, "digest, version, work FROM versions WHERE digest", digests)
        }
        ids = {names.work_id(digest) for digest in digests}
        self._ids = {work for (work,) in _matching(db, "id FROM works WHERE id", ids)}
        slugs = {names.person_slug(person.name) for record in records for person in record.release.people}
        self._people: dict[str, int] = dict(_matching(db, "slug, person FROM people WHERE slug", slugs))
        self._strangers = slugs - set(self._people)
        contexts = {record.record.context for record in records} - {""}
        self._contexts: dict[str, int] = dict(_matching(db, "value, context FROM contexts WHERE value", contexts))
        self._version: int
        self._person: int
        (self._version,) = db.execute("SELECT coalesce(max(version), 0) FROM versions").fetchone()
        (self._person,) = db.execute("SELECT coalesce(max(person), 0) FROM people").fetchone()
        self._context: int
        (self._context,) = db.execute("SELECT coalesce(max(context), 0) FROM contexts").fetchone()

    def new_id(self, digest: str) -> str:
        """The id of a new work. Where the leading bits clash, the later comer's id is a character longer."""
        length = names.ID_LENGTH
        while (work := names.work_id(digest, length)) in self._ids or (
            length > names.ID_LENGTH and self._db.execute("SELECT 1 FROM works WHERE id = ?", (work,)).fetchone()
        ):
            length += 1
        self._ids.add(work)
        return work

    def new_version(self, digest: str, work: str) -> int:
        """The number of a new version."""
        self._version += 1
        self.versions[digest] = self._version, work
        return self._version

    def person(self, slug: str) -> int | None:
        """The number of a person; None where there is none yet."""
        if slug in self._people or slug in self._strangers:
            return self._people.get(slug)
        # Nobody that the readings name: someone whom a correction speaks of.
        if row := self._db.execute("SELECT person FROM people WHERE slug = ?", (slug,)).fetchone():
            self._people[slug] = row["person"]
        return self._people.get(slug)

    def new_person(self, slug: str) -> int:
        """The number of a new person."""
        self._person += 1
        self._people[slug] = self._person
        return self._person

    def context(self, value: str) -> int | None:
        """The number of a context; None where there is none yet."""
        return self._contexts.get(value)

    def new_context(self, value: str) -> int:
        """The number of a new context."""
        self._context += 1
        self._contexts[value] = self._context
        return self._context


def _path(reading: FileReading) -> str:
    return stored_path(reading.file.path)


def _matching(db: sqlite3.Connection, what: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows whose last-named column is one of the values, a portion of them in a statement."""
    wanted = sorted(values)
    for start in range(0, len(wanted), PORTION):
        portion = wanted[start : start + PORTION]
        marks = ", ".join("?" * len(portion))
        yield from (tuple(row) for row in db.execute(f"SELECT {what} IN ({marks})", portion))


def _remarks(reading: FileReading) -> list[tuple[str, str, bool]]:
    rows = [(skip.where, skip.reason, True) for skip in reading.skipped]
    for record in reading.records:
        rows += [(record.record.key, note, False) for note in record.record.notes]
    return rows
