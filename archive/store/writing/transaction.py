"""A write transaction: stores parsed files as rows, and updates the works and people that follow from them.

The rules of identity, all of them here:

* Bytes known already, wherever they stand now: another location of the same version.
* New bytes at a location (locations.py) where a version stood: the next version of that work, unless another location
  where the same bytes stood has continued it already.
* New bytes anywhere else: a new work, whose id comes from the bytes.
* A work none of whose locations is left is withdrawn; it keeps its address, its text and its originals.
* Where several versions of a work stand at the end of a sync, all but one become works of their own (split.py): while
  it goes on, nobody knows which locations will still hold the old bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import zstandard

from archive import ids
from archive.parsed import RECORDS_PER_CHUNK, FolderFile, ParsedFile, ParsedRecord
from archive.release import Kind, Person, Release
from archive.rules import Rule, encode_params
from archive.store import body_codec, locations
from archive.store.checksums import (
    Row,
    content_checksum,
    evidence_checksum,
    quotations_checksum,
    row_checksum,
    update_people_checksums,
    update_version_checksums,
)
from archive.store.writing import feeds
from archive.store.writing.aliases import keep_successors
from archive.store.writing.existing_rows import ExistingRows, Work, stored_path
from archive.store.writing.insert_buffer import InsertBuffer

_MAX_BATCHED_BODY_CHARS = 1_000_000
"""A longer body is compressed by itself, so that few of its size are in memory at once."""


@dataclass(slots=True)
class WriteStats:
    """Counts of what a transaction changed; `split` are versions stored before that became works of their own."""

    new: int = 0
    changed: int = 0
    moved: int = 0
    withdrawn: int = 0
    restored: int = 0
    split: int = 0
    works: list[str] = field(default_factory=list)

    def add(self, other: WriteStats) -> None:
        """Add another transaction's counts to these."""
        self.new += other.new
        self.changed += other.changed
        self.moved += other.moved
        self.withdrawn += other.withdrawn
        self.restored += other.restored
        self.split += other.split
        self.works += other.works


class WriteTransaction:
    """Everything written in one transaction; `update_works` and `update_checksums` come last."""

    def __init__(
        self,
        db: sqlite3.Connection,
        now: str,
        trust_before: int,
        parsed_files: Sequence[ParsedFile],
    ) -> None:
        self.db, self.now, self.trust_before = db, now, trust_before
        self.stats = WriteStats()
        self.touched_works: set[Work] = set()
        self.relocated_works: set[str] = set()  # their locations changed, whose paths are searched
        self.mixed_works: set[int] = set()
        self.changed_works: set[str] = set()
        self.people: set[int] = set()
        self.stale_checksums: set[int] = set()
        self.tombstones: dict[str, tuple[str, int]] = {}
        self.stores_values = False  # whether a version's source or place was stored: their names are then settled
        self._person_by_name: dict[tuple[str, bool], int] = {}
        self.rows = InsertBuffer(db)
        self.bodies = _compress_bodies(parsed_files)
        self.compressor = zstandard.ZstdCompressor()
        self.existing = ExistingRows(db, parsed_files)
        (self.revision,) = db.execute("SELECT value + 1 FROM counters WHERE name = 'revision'").fetchone()

    def store_file(self, parsed_file: ParsedFile) -> None:
        """Store what a file holds now; locations of what it no longer holds end."""
        path = stored_path(parsed_file.file.path)
        self._note_other_path(path, parsed_file.file.shown)
        self._store_file_row(parsed_file, path)
        if not parsed_file.digest:
            return  # it could not be opened this time: what it held before still stands
        before, newest = self._live_at(path), self.existing.newest_version
        now_live = {
            (record.record.key, self._find_or_insert_version(path, parsed_file, record))
            for record in parsed_file.records
        }
        self.rows["locations"] += [(path, key, version, self.revision) for key, version in now_live]
        left = before - now_live
        if left:
            self.rows.write()
            left -= feeds.find_rolled_off(self.db, left, now_live, newest)
        for key, version in left:
            self._end_location(path, key, version)
        self.existing.paths.add(path)

    def forget_file(self, path: str) -> None:
        """Record that a file is gone, and end its locations."""
        self.rows.write()
        self.existing.paths.add(path)
        for key, version in self._live_at(path):
            self._end_location(path, key, version)
        if self.db.execute("SELECT 1 FROM locations WHERE path = ?", (path,)).fetchone():
            self.db.execute("UPDATE files SET status = 'gone' WHERE path = ?", (path,))
        else:  # nothing was ever there, or it was purged: the name is not kept either
            self.db.execute("DELETE FROM remarks WHERE path = ?", (path,))
            self.db.execute("DELETE FROM files WHERE path = ?", (path,))

    def update_works(self) -> None:
        """Update the works whose locations changed: current versions and withdrawals."""
        self.rows.write()
        self._write_revision()
        for work in sorted(self.touched_works):
            self.update_work(work)
        self.mark_changed(*sorted(self.relocated_works - self.changed_works))
        if self.mixed_works:
            self.db.execute("UPDATE counters SET value = 1 WHERE name = 'mixed'")

    def _store_file_row(self, parsed_file: ParsedFile, path: str) -> None:
        status = "read" if not parsed_file.skipped else "partly" if parsed_file.records else "skipped"
        file = parsed_file.file
        if path in self.existing.paths:
            self.db.execute("DELETE FROM remarks WHERE path = ?", (path,))
        mtime = trusted_mtime(file, self.trust_before)
        self.rows["files"].append((path, file.shown, file.size, mtime, parsed_file.digest, status))
        self.rows["remarks"] += [(path, *row) for row in _remarks(parsed_file)]

    def _note_other_path(self, path: str, shown: str) -> None:
        """Note the works that stand in a file whose path below its added folder becomes another."""
        if path not in self.existing.paths:
            return
        rows = self.db.execute(
            "SELECT DISTINCT w.id FROM files f JOIN locations l USING (path) JOIN versions v USING (version) "
            "JOIN works w USING (work) WHERE f.path = ? AND f.shown != ?",
            (path, shown),
        )
        self.relocated_works |= {row["id"] for row in rows}

    def _live_at(self, path: str) -> set[tuple[str, int]]:
        if path not in self.existing.paths:
            return set()
        self.rows.write()
        rows = self.db.execute("SELECT key, version FROM locations WHERE path = ? AND live", (path,))
        return {(row["key"], row["version"]) for row in rows}

    def _end_location(self, path: str, key: str, version: int) -> None:
        self.rows.write()
        self.db.execute(
            "UPDATE locations SET live = 0 WHERE path = ? AND key = ? AND version = ?", (path, key, version)
        )
        row = self.db.execute(
            "SELECT w.work, w.id FROM versions v JOIN works w USING (work) WHERE v.version = ?", (version,)
        ).fetchone()
        self.touched_works.add(Work(*row))
        self.relocated_works.add(row["id"])
        self.unsettle_lines(version)

    def _find_or_insert_version(self, path: str, file: ParsedFile, reading: ParsedRecord) -> int:
        """The version of these bytes, existing or new."""
        if known := self.existing.versions.get(reading.digest):
            version, work = known
            if self._count_move(version, path, reading.record.key):
                self.unsettle_lines(version)
                self.relocated_works.add(work.id)
            self.touched_works.add(work)
            return version
        if reading.digest in self.tombstones:
            return self._restore_purged(reading, file.file.shown)
        return self._new_version(self._continued_work(path, file, reading.record.key), reading, file.file.shown)

    def _restore_purged(self, reading: ParsedRecord, shown: str) -> int:
        """Store purged bytes again, at the address they had."""
        work_id, number = self.tombstones.pop(reading.digest)
        self.rows.write()
        row = self.db.execute("SELECT work FROM works WHERE id = ?", (work_id,)).fetchone()
        work = Work(row["work"], work_id) if row else self.existing.adopt_work(work_id)
        if not row:
            values = (*work, self.now, number, 1)
            self.rows["works"].append((*values, self.revision, row_checksum(values)))
        self.touched_works.add(work)
        self.relocated_works.add(work_id)
        self.stats.restored += 1
        self.stats.works.append(work_id)
        version = self._insert_version(work, number, reading, shown)
        self.rows.write()
        self.db.execute("DELETE FROM purged WHERE id = ? AND number = ?", (work_id, number))
        # Addresses that led to these bytes lead there again.
        self.db.execute(
            "INSERT INTO moved SELECT id, number, ? FROM purged WHERE digest = ?", (version, reading.digest)
        )
        self.db.execute("DELETE FROM purged WHERE digest = ?", (reading.digest,))
        return version

    def _count_move(self, version: int, path: str, key: str) -> bool:
        """Whether bytes that are known come to stand at a location; one where they never stood is counted."""
        self.rows.write()
        known = self.db.execute(
            "SELECT live FROM locations WHERE version = ? AND path = ? AND key = ?", (version, path, key)
        ).fetchone()
        self.stats.moved += not known
        return not known or not known["live"]

    def unsettle_lines(self, version: int) -> None:
        """Have the short lines of a version settled anew: it stands in other folders than before (identities/)."""
        self.db.execute(
            "INSERT OR IGNORE INTO unsettled_lines SELECT line FROM mentions WHERE version = ? AND line", (version,)
        )

    def _continued_work(self, path: str, file: ParsedFile, key: str) -> Work | None:
        """The work that new bytes at this location continue; not one whose bytes only moved within the file."""
        if path not in self.existing.paths and not locations.is_capture(key):
            return None
        self.rows.write()
        held = locations.find_last_held(self.db, path, key)
        if (
            not held
            or held.digest in file.lookup_keys.digests
            or locations.is_continued_elsewhere(self.db, held, path, key)
        ):
            return None
        return Work(held.work, held.work_id)

    def _new_version(self, work: Work | None, reading: ParsedRecord, shown: str) -> int:
        if work is None:
            work, number = self._new_work(reading.digest), 1
            self.stats.new += 1
        else:
            self.rows.write()
            number = self.next_number(work)
            self.touched_works.add(work)
            self.stats.changed += 1
        self.stats.works.append(work.id)
        return self._insert_version(work, number, reading, shown)

    def next_number(self, work: Work) -> int:
        """The number of a work's next version: one that no version of it ever had."""
        (number,) = self.db.execute(
            "SELECT max(number) + 1 FROM (SELECT number FROM versions WHERE work = :row "
            "UNION ALL SELECT number FROM moved WHERE id = :id UNION ALL SELECT number FROM purged WHERE id = :id)",
            work._asdict(),
        ).fetchone()
        return int(number)

    def _new_work(self, digest: str) -> Work:
        """A work whose first version is current and live: it stands where it was just found."""
        work = self.existing.new_work(digest)
        check = row_checksum((*work, self.now, 1, 1))
        self.rows["works"].append((*work, self.now, 1, 1, self.revision, check))
        return work

    def _insert_version(self, work: Work, number: int, reading: ParsedRecord, shown: str) -> int:
        self.stores_values = True
        record, release = reading.record, reading.release
        version = self.existing.new_version(reading.digest, work)
        self.rows["originals"].append((version, len(record.original), self.compressor.compress(record.original)))
        first = (number, work.row, version, reading.digest, self.now, record.media_type, record.encoding)
        release_values = _release_columns(release, self.bodies.get(reading.digest))
        last = (shown, reading.read_by, self._find_or_create_context(record.context))
        rows = self._reading_rows(release)
        checks = _version_checksums((*first, *last), release_values, *rows)
        self.rows["versions"].append((*first, *release_values, *last, *checks))
        self._insert_reading(version, *rows)
        self.rows.spill()
        return version

    def replace_release(self, version: int, work: str, release: Release, *, follow: bool = True) -> None:
        """Replace all rows that hold a version's release; `follow`: old addresses lead on to what takes their place."""
        self.rows.write()
        self.stores_values = True
        rows = self.db.execute("SELECT DISTINCT person FROM appearances WHERE version = ?", (version,))
        self.people |= {row["person"] for row in rows}
        if follow:
            keep_successors(self.db, version, release)
        for table in ("quotations", "mentions", "appearances", "evidence"):
            self.db.execute(f"DELETE FROM {table} WHERE version = ?", (version,))
        self.db.execute(
            "UPDATE versions SET title = ?, body = ?, published = ?, place = ?, source = ?, byline = ?, url = ?, "
            "language = ? WHERE version = ?",
            (*_release_columns(release), version),
        )
        self._insert_reading(version, *self._reading_rows(release))
        self.stale_checksums.add(version)
        self.mark_changed(work)

    def update_checksums(self) -> None:
        """Store the checksums of changed versions and people."""
        self.rows.write()
        update_version_checksums(self.db, self.stale_checksums)
        update_people_checksums(self.db, self.people)

    def note_reparsed(self, versions: Iterable[tuple[int, str, str]], reading: str) -> None:
        """Record that these versions were reparsed, with media type and encoding ("" as before)."""
        versions = list(versions)
        self.stale_checksums.update(version for version, _, _ in versions)
        self._mark_other_media_types(versions)
        self.db.executemany(
            "UPDATE versions SET read_by = ?, media_type = coalesce(nullif(?, ''), media_type), "
            "encoding = coalesce(nullif(?, ''), encoding) WHERE version = ?",
            ((reading, media_type, encoding, version) for version, media_type, encoding in versions),
        )

    def _mark_other_media_types(self, versions: list[tuple[int, str, str]]) -> None:
        """Mark the works of the versions whose media type becomes another: it is searched."""
        for version, media_type, _ in versions:
            row = self.db.execute(
                "SELECT w.id FROM versions v JOIN works w USING (work) "
                "WHERE v.version = :version AND v.media_type != :type AND :type != ''",
                {"version": version, "type": media_type},
            ).fetchone()
            if row:
                self.mark_changed(row["id"])

    def _find_or_create_context(self, value: str) -> int | None:
        """The row number of a context, created where it is new; None for an empty one."""
        if not value:
            return None
        if (context := self.existing.find_context(value)) is None:
            context = self.existing.new_context(value)
            self.rows["contexts"].append((context, value))
        return context

    def _reading_rows(self, release: Release) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
        """The rows of a release in appearances, evidence, mentions and quotations."""
        appearances: list[Row] = [
            (place, self._find_or_create_person(p), p.name, p.kind, p.role, float(p.confidence))
            for place, p in enumerate(release.people)
        ]
        evidence: list[Row] = [
            (e.field, e.value, *_rule_columns(e.rule), e.words, e.part, e.start, e.end, float(e.confidence),
             int(e.chosen))
            for e in release.evidence
        ]  # fmt: skip
        mentions: list[Row] = [
            (place, m.name, m.part, m.start, m.end, m.kind, *_rule_columns(m.rule), m.line)
            for place, person in enumerate(release.people)
            for m in person.mentions
        ]
        return appearances, evidence, mentions, _quotation_rows(release)

    def _insert_reading(self, version: int, *tables: list[Row]) -> None:
        for table, rows in zip(("appearances", "evidence", "mentions", "quotations"), tables, strict=True):
            self.rows[table] += [(version, *row) for row in rows]

    def _find_or_create_person(self, named: Person) -> int:
        """A person of the name's key, or of the surname alone: which of several is settled later (identities/)."""
        surname = named.kind in (Kind.UNRESOLVED, Kind.INFERRED)
        person = self._person_by_name.get((named.name, surname))
        if person is None:
            key = ids.name_key(named.name)
            person = self.existing.find_person(key, surname=surname)
            if person is None:
                person = self.insert_person(key, named.name, surname=surname)
            self._person_by_name[named.name, surname] = person
            if named.name not in self.existing.names:
                self.existing.names.add(named.name)
                self.rows["names"].append((named.name, key, ids.slug(named.name), ids.surname_key(named.name)))
        self.people.add(person)
        return person

    def insert_person(self, key: str, name: str, *, surname: bool = False) -> int:
        """A new person with this key and name, or a row for a surname alone."""
        person = self.existing.new_person(key, surname=surname)
        slug = f"?{key}" if surname else self.existing.free_slug(ids.slug(name), person)
        row = (person, key, slug, name, None, 0, "surname" if surname else "read")
        self.rows["people"].append((person, key, slug, name, row[-1], row_checksum(row)))
        return person

    def find_or_create_surname(self, name: str) -> int:
        """The row for a surname alone."""
        key = ids.name_key(name)
        person = self.existing.find_person(key, surname=True)
        return self.insert_person(key, name, surname=True) if person is None else person

    def update_work(self, work: Work) -> None:
        """Update a work's current version, and whether it is live, from its locations."""
        row = self.db.execute(
            "SELECT max(v.number) AS newest, max(v.number) FILTER (WHERE v.stands) AS standing, "
            "count(*) FILTER (WHERE v.stands) AS texts, w.current, w.live, w.added FROM works w JOIN ("
            "SELECT number, work, EXISTS (SELECT 1 FROM locations l WHERE l.version = versions.version AND l.live) "
            "AS stands FROM versions WHERE work = :work) v USING (work)",
            {"work": work.row},
        ).fetchone()
        if row["texts"] > 1:
            self.mixed_works.add(work.row)
        current, live = row["standing"] or row["newest"], row["standing"] is not None
        if (current, live) == (row["current"], bool(row["live"])):
            return
        self.stats.withdrawn += bool(row["live"]) and not live
        self.stats.restored += live and not row["live"] and row["current"] > 0
        check = row_checksum((*work, row["added"], current, int(live)))
        self.db.execute(
            "UPDATE works SET current = ?, live = ?, row_check = ? WHERE work = ?", (current, live, check, work.row)
        )
        if live != bool(row["live"]):
            self._note_withdrawal(work, live=live)
        self.mark_changed(work.id)

    def _note_withdrawal(self, work: Work, *, live: bool) -> None:
        """Keep when a work was found to stand nowhere any more; nothing of that once it stands again."""
        self.db.execute("DELETE FROM withdrawals WHERE work = ?", (work.row,))
        if not live:
            self.db.execute("INSERT INTO withdrawals VALUES (?, ?)", (work.row, self.now))

    def mark_changed(self, *works: str) -> None:
        """Let the next index update see these works: their revision is the archive's newest."""
        self._write_revision()
        self.changed_works.update(works)
        self.db.executemany("UPDATE works SET revision = ? WHERE id = ?", ((self.revision, work) for work in works))

    def _write_revision(self) -> None:
        self.db.execute("UPDATE counters SET value = ? WHERE name = 'revision'", (self.revision,))


def _compress_bodies(parsed_files: Sequence[ParsedFile]) -> body_codec.BackgroundCompressor:
    """Compress bodies in the background; not those of a file with a great many, decompressed all at once."""
    return body_codec.BackgroundCompressor(
        {
            record.digest: record.release.body
            for parsed_file in parsed_files
            if len(parsed_file.records) < RECORDS_PER_CHUNK
            for record in parsed_file.records
            if len(record.release.body) < _MAX_BATCHED_BODY_CHARS
        }
    )


def _release_columns(release: Release, body: bytes | None = None) -> Row:
    """The columns of a release in its version's row; `body` where it is compressed already."""
    published = release.published.iso if release.published else ""
    return (
        *(release.title, body or body_codec.compress_body(release.body), published),
        *(release.place, release.source, release.byline),
        *(release.url, release.language),
    )


def _quotation_rows(release: Release) -> list[Row]:
    """The rows of quotations; their speakers are places among the people, so that the archive tells who that is."""
    places = {person.name: place for place, person in enumerate(release.people)} if release.quotations else {}
    return [
        (q.start, q.end, " ".join(str(places[name]) for name in q.speakers), q.office, *_rule_columns(q.rule),
         q.proof_start, q.proof_end)
        for q in release.quotations
    ]  # fmt: skip


def _rule_columns(rule: Rule) -> tuple[str, str]:
    """The columns of a rule: its code, and its parameters."""
    return rule.code, encode_params(rule.params)


def _version_checksums(
    record: Row,
    release_values: Row,
    appearances: list[Row],
    evidence: list[Row],
    mentions: list[Row],
    quotations: list[Row],
) -> Row:
    """The checksums of a version, by the columns of RECORD and of its release."""
    title, body, *fields = release_values
    return (
        row_checksum(record),
        content_checksum((title, *fields), body, appearances),
        evidence_checksum(evidence, mentions),
        quotations_checksum(quotations),
    )


def trusted_mtime(file: FolderFile, trust_before: int) -> int:
    """The mtime to record: -1, which no file has, where the file may still be written to within the clock's tick."""
    return file.mtime if file.mtime < trust_before else -1


def _remarks(parsed_file: ParsedFile) -> list[tuple[str, str, bool]]:
    return [
        *((skip.where, skip.reason, True) for skip in parsed_file.skipped),
        *((key, note, False) for key, note in parsed_file.notes),
    ]
