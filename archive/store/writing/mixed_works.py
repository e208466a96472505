"""Splits mixed works (several live versions) into works of their own, by the rule of split.py.

The old address of a version redirects to its new one, and corrections that hold for it go on to hold.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from archive.corrections import (
    FILE_NAME,
    Correction,
    CorrectionsUnreadable,
    append_corrections,
    corrections_to_carry_over,
    parse_corrections,
    read_content,
)
from archive.store import locations
from archive.store.checksums import row_checksum
from archive.store.sql import in_chunks, placeholders
from archive.store.writing.existing_rows import Work
from archive.store.writing.split import Lineage, StoredVersion, lineages_to_split
from archive.store.writing.transaction import WriteStats, WriteTransaction
from archive.store.writing.writer import Writer

WAITING_MESSAGE = (
    "{} could not be split: it has corrections, and corrections.toml, where they must be written again, "
    "is not there or cannot be read. Put it back; the next `dateline add` does it."
)


@dataclass(slots=True)
class SplitReport:
    """What splitting works changed, and the works that have to wait, a line each."""

    stats: WriteStats = field(default_factory=WriteStats)
    waiting: list[str] = field(default_factory=list)


def split_works(archive: Writer, newest: int | None = None, *, everything: bool = False) -> SplitReport:
    """Split the works of which several versions are live, a chunk of them in a transaction.

    Those that were written to since the archive was opened, or `everything`. `newest` is the row of the last version
    there was before this sync: addresses of later ones were given to nobody.
    """
    works = _find_mixed_works(archive) if everything else sorted(archive.mixed_works)
    report = SplitReport()
    for chunk in in_chunks(works):
        with archive.write_transaction() as transaction:
            splitter = _Splitter(
                archive, transaction, transaction.existing.newest_version if newest is None else newest
            )
            for work in chunk:
                splitter.split(work)
            splitter.write_corrections()
        report.stats.add(transaction.stats)
        report.waiting += splitter.waiting
    archive.mixed_works.clear()
    if archive.is_mixed and not report.waiting:
        archive.note_split()
    return report


def _find_mixed_works(archive: Writer) -> list[int]:
    rows = archive.select(
        "SELECT v.work FROM versions v WHERE v.work IN (SELECT work FROM versions WHERE number > 1) "
        "AND EXISTS (SELECT 1 FROM locations l WHERE l.version = v.version AND l.live) "
        "GROUP BY v.work HAVING count(*) > 1 ORDER BY v.work"
    )
    return [row["work"] for row in rows]


class _Splitter:
    """Splits works within one transaction."""

    def __init__(self, archive: Writer, transaction: WriteTransaction, newest: int) -> None:
        self.archive, self.transaction, self.db, self.newest = archive, transaction, transaction.db, newest
        self.waiting: list[str] = []
        self._file = archive.data / FILE_NAME
        self._corrections = _corrections(archive)
        self._people_corrected = bool(archive.people_corrections())
        self._to_carry_over: list[Correction] = []

    def split(self, row: int) -> None:
        """Split one work, if several of its versions are live."""
        lines = lineages_to_split(self._versions(row), self.newest)
        if not lines:
            return
        work = Work(row, self.db.execute("SELECT id FROM works WHERE work = ?", (row,)).fetchone()["id"])
        if self._corrections is None and (self._people_corrected or any(map(self._corrections_held, lines))):
            self.waiting.append(WAITING_MESSAGE.format(work.id))
            return
        for line in lines:
            self._make_work(work, line)
        self._close_gaps(work)
        self.transaction.update_work(work)
        self.transaction.mark_changed(work.id)

    def write_corrections(self) -> None:
        """Write down the corrections that go on to hold; before what they are of is stored, so that none is lost."""
        known = {each.target for each in self._corrections or ()}
        new = [each for each in self._to_carry_over if each.target not in known]
        if new:
            append_corrections(self._file, *new)

    def _versions(self, row: int) -> list[StoredVersion]:
        found = self.db.execute(
            "SELECT version, number, digest, added FROM versions WHERE work = ? ORDER BY number", (row,)
        ).fetchall()
        held = self.db.execute(
            "SELECT l.version, l.path, l.key, l.live, l.since FROM versions v JOIN locations l USING (version) "
            "WHERE v.work = ?",
            (row,),
        )
        since: dict[int, dict[locations.LocationKey, int]] = defaultdict(dict)
        live: dict[int, set[locations.LocationKey]] = defaultdict(set)
        for version, path, key, lives, revision in held:
            location = locations.location_key(path, key)
            since[version][location] = max(revision, since[version].get(location, 0))
            if lives:
                live[version].add(location)
        return [
            StoredVersion(version, number, digest, added, since[version], frozenset(live[version]))
            for version, number, digest, added in found
        ]

    def _make_work(self, old: Work, line: Lineage) -> None:
        """Make a lineage a work of its own."""
        new = self._new_work(line)
        self._carry_corrections(old, new, line)
        for number, version in enumerate(line, 1):
            if version.version <= self.newest:
                self.db.execute("INSERT INTO moved VALUES (?, ?, ?)", (old.id, version.number, version.version))
            self.db.execute(
                "UPDATE versions SET work = ?, number = ? WHERE version = ?", (new.row, number, version.version)
            )
            self.transaction.stale_checksums.add(version.version)
        self._unsettle_people(line)
        self.transaction.mark_changed(new.id)
        self._count(line)

    def _new_work(self, line: Lineage) -> Work:
        work = self.transaction.existing.new_work(line[0].digest)
        row = (*work, line[0].added, len(line), 1)
        self.transaction.rows["works"].append((*row, self.transaction.revision, row_checksum(row)))
        self.transaction.rows.write()
        return work

    def _count(self, line: Lineage) -> None:
        """Every version that came in this sync was counted as a new version of an old work."""
        if all(version.version > self.newest for version in line):
            self.transaction.stats.new += 1
            self.transaction.stats.changed -= 1
        else:
            self.transaction.stats.split += 1

    def _unsettle_people(self, line: Lineage) -> None:
        """Have the people of a line settled: corrections, and addresses, may be about single works."""
        for row in self._appearances(line):
            self.db.execute("INSERT OR IGNORE INTO unsettled SELECT key FROM names WHERE name = ?", (row["name"],))

    def _close_gaps(self, work: Work) -> None:
        """Let the numbers of the versions that came in this sync follow those before them."""
        rows = self.db.execute(
            "SELECT version FROM versions WHERE work = ? AND version > ? AND number > 1 ORDER BY number",
            (work.row, self.newest),
        ).fetchall()
        for row in rows:  # out of the way first: no two versions of a work have one number, not even for a moment
            self.db.execute("UPDATE versions SET number = -number WHERE version = ?", (row["version"],))
        for row in rows:
            number = self.transaction.next_number(work)
            self.db.execute("UPDATE versions SET number = ? WHERE version = ?", (number, row["version"]))
            self.transaction.stale_checksums.add(row["version"])

    def _carry_corrections(self, old: Work, new: Work, line: Lineage) -> None:
        known = [version for version in line if version.version <= self.newest]
        if known and self._corrections:
            names = [row["name"] for row in self._appearances(known)]
            self._to_carry_over += corrections_to_carry_over(
                self._corrections, old.id, new.id, self._corrections_held(known), names
            )

    def _corrections_held(self, line: Lineage) -> Collection[tuple[str, ...]]:
        """The corrections that hold for the versions of a line."""
        rows = [version.version for version in line]
        found = self.db.execute(
            f"SELECT field, value, by, reason, kind, role FROM corrections WHERE version IN ({placeholders(rows)})",
            rows,
        )
        return {tuple(row) for row in found}

    def _appearances(self, line: Lineage) -> list[sqlite3.Row]:
        rows = [version.version for version in line]
        found = self.db.execute(
            f"SELECT version, place, person, name FROM appearances WHERE version IN ({placeholders(rows)})", rows
        )
        return found.fetchall()


def _corrections(archive: Writer) -> tuple[Correction, ...] | None:
    """What the corrections file says; None where it says nothing though corrections hold, or cannot be read."""
    try:
        content = read_content(archive.data / FILE_NAME)
    except CorrectionsUnreadable:
        return None
    return parse_corrections(content).corrections if content or not archive.count_corrections() else None
