"""Repairs damaged rows from intact ones: reparses originals and recomputes derived states; accepts no damaged value.

A row is repaired where it matches its stored checksum again, or was reparsed from an intact original. What cannot be
repaired stays as it is, and `inspect` goes on listing it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from archive import ids as names
from archive.errors import ArchiveDamaged
from archive.ids import digest
from archive.parsed import StoredRecord
from archive.release import Release, Skipped
from archive.store.checksums import RECORD, row_checksum, stored_checksums
from archive.store.integrity.findable import list_unfindable
from archive.store.integrity.verify import OF_ANOTHER_KIND, Findings, decompress_original
from archive.store.reconciling import Reconciler, people_files
from archive.store.writing import Writer, split_works

Reparse = Callable[[StoredRecord], Release | Skipped]
"""Parses an intact original again; it is handed in, since the store knows no readers."""


def repair(archive: Writer, findings: Findings, reparse: Reparse, reading: str) -> list[str]:
    """Put right what can be; a line for each thing that was. `reading` names the reading that `reparse` applies."""
    with archive.lenient_decoding():  # damaged rows must be read to be repaired
        lines = _reindex(archive) if findings.structure else []
        lines += _repair_each(findings.works, partial(_repair_work, archive))
        lines += _repair_each(findings.people, partial(_repair_person, archive))
        versions = _repair_each(findings.versions, partial(_repair_version, archive, findings, reparse, reading))
        if _CORRECTION_TABLES & set(findings.tables):
            versions += _reapply_corrections(archive, reparse, reading)
        lines += versions + _repair_tables(archive, findings, anew=bool(versions))
    if versions:
        archive.settle()
    if list_unfindable(archive):
        split = split_works(archive, everything=True).stats.split
        lines += [f"{split:,} releases that stood in a folder unfound are works of their own"] if split else []
    return lines


def _repair_each(rows: Iterable[int], mend: Callable[[int], list[str]]) -> list[str]:
    """Repair each of these rows; one that is damaged beyond reading is left, and costs no other."""
    lines: list[str] = []
    for row in rows:
        with contextlib.suppress(ArchiveDamaged, *OF_ANOTHER_KIND):
            lines += mend(row)
    return lines


def _reindex(archive: Writer) -> list[str]:
    """Rebuild SQLite's indexes: they hold nothing that the tables do not."""
    try:
        with archive.write_transaction() as transaction:
            transaction.db.execute("REINDEX")
            if transaction.db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("not mended by new indexes")
    except Exception:  # what is left is said by the next look
        return []
    return ["archive.db: its indexes were made anew"]


def _repair_version(archive: Writer, findings: Findings, reparse: Reparse, reading: str, version: int) -> list[str]:
    wrong = findings.versions[version]
    with archive.write_transaction() as transaction:
        row = transaction.db.execute(
            "SELECT v.*, w.id, c.value AS context_value FROM versions v JOIN works w USING (work) "
            "LEFT JOIN contexts c USING (context) WHERE v.version = ?",
            (version,),
        ).fetchone()
        kept = transaction.db.execute("SELECT content FROM originals WHERE version = ?", (version,)).fetchone()
        content = decompress_original(kept["content"]) if kept else None
        lines: list[str] = []
        if row is None or content is None:
            return lines
        name = f"release {row['id']}, version {row['number']}"
        if "record" in wrong:
            if not _restore_digest(transaction.db, row, digest(content)):
                return lines
            lines.append(f"{name}: the digest of its original was worked out anew")
        elif digest(content) != row["digest"]:
            return lines  # it is not known whether these are the bytes
        if wrong <= {"record"}:
            return lines
        day = dt.date.fromisoformat(row["added"][:10])
        read = reparse(StoredRecord(version, row["id"], content, row["path"], row["context_value"] or "", day))
        if not isinstance(read, Release):
            return lines
        Reconciler(archive, transaction).replace_reading(version, row["id"], read, follow=False)
        transaction.note_reparsed([(version, "", "")], reading)
        return [*lines, f"{name}: its original was read again"]


def _restore_digest(db: sqlite3.Connection, row: sqlite3.Row, found: str) -> bool:
    """Whether all that is known of a version is as it was written, once its digest is that of its bytes."""
    values = tuple([found if name == "digest" else row[name] for name in RECORD])
    if row_checksum(values) != row["record_check"]:
        return False
    db.execute("UPDATE versions SET digest = ? WHERE version = ?", (found, row["version"]))
    return True


def _repair_work(archive: Writer, work: int) -> list[str]:
    with archive.write_transaction() as transaction:
        row = transaction.db.execute("SELECT * FROM works WHERE work = ?", (work,)).fetchone()
        versions = transaction.db.execute(
            "SELECT number, digest, added, EXISTS (SELECT 1 FROM locations l WHERE l.version = v.version AND l.live) "
            "AS standing FROM versions v WHERE work = ? ORDER BY number",
            (work,),
        ).fetchall()
        if not versions:
            return []
        standing = [each["number"] for each in versions if each["standing"]]
        first = versions[0]
        ids = [row["id"], *(names.work_id(first["digest"], length) for length in range(names.ID_LENGTH, 16))]
        found = _find_matching(
            row["row_check"],
            [[work], ids, [row["added"], first["added"]], [row["current"], max(standing or [versions[-1]["number"]])],
             [row["live"], int(bool(standing))]],
        )  # fmt: skip
        if not found:
            return []
        with archive.sums.suspended():
            transaction.db.execute(
                "UPDATE works SET id = ?, added = ?, current = ?, live = ? WHERE work = ?", (*found[1:], work)
            )
        transaction.mark_changed(str(found[1]))
        return [f"release {found[1]}: its id and state were worked out anew"]


def _repair_person(archive: Writer, person: int) -> list[str]:
    with archive.write_transaction() as transaction:
        row = transaction.db.execute("SELECT * FROM people WHERE person = ?", (person,)).fetchone()
        spelt = [
            each["name"]
            for each in transaction.db.execute("SELECT name FROM spellings WHERE person = ?", (person,)).fetchall()
        ]
        called = [row["name"], row["given"], *spelt]
        slugs = [row["slug"], *(names.slug(each) for each in called if each)]
        keys = [row["key"], *(names.name_key(each) for each in called if each)]
        origins = ["read", "correction", "surname"]
        found = _find_matching(
            row["row_check"], [[person], keys, slugs, called, [row["given"], None, *called], [0, 1], origins]
        )
        if not found:
            return []
        with archive.sums.suspended():
            transaction.db.execute(
                "UPDATE people SET key = ?, slug = ?, name = ?, given = ?, hidden = ?, origin = ? WHERE person = ?",
                (*found[1:], person),
            )
        return [f"person {found[3]}: their record was worked out anew"]


def _find_matching(checksum: int, candidates: Sequence[Sequence[object]]) -> tuple[object, ...] | None:
    """The combination of values, one of each sequence, that matches the stored checksum."""
    for values in itertools.product(*candidates):
        if row_checksum(values) == checksum:
            return values
    return None


_CORRECTION_TABLES = {"corrections", "replaced", "people_corrections", "settled"}
"""Tables that follow from the originals and from the file of corrections."""


def _reapply_corrections(archive: Writer, reparse: Reparse, reading: str) -> list[str]:
    """Drop all corrections by reparsing the originals, then apply those of people's file."""
    with archive.write_transaction() as transaction:
        rows = transaction.db.execute("SELECT version FROM corrections UNION SELECT version FROM replaced").fetchall()
        for table in sorted(_CORRECTION_TABLES):
            transaction.db.execute(f"DELETE FROM {table}")
            archive.sums.recompute(table)
    everything = Findings(versions={row["version"]: {"row", "evidence", "quotation"} for row in rows})
    lines = _repair_each(everything.versions, partial(_repair_version, archive, everything, reparse, reading))
    people_files.apply(archive)
    return [*lines, "archive.db: the corrections were applied anew"]


def _repair_tables(archive: Writer, findings: Findings, *, anew: bool) -> list[str]:
    """Recompute the tables that derive from others; `anew` where versions were reparsed."""
    lines = []
    with archive.write_transaction() as transaction:
        if anew or "spellings" in findings.tables:
            transaction.rows.write()
            transaction.db.execute("DELETE FROM spellings")
            transaction.db.execute(
                "INSERT INTO spellings SELECT person, name, count(*) FROM appearances GROUP BY person, name"
            )
            lines += ["archive.db: spellings were counted anew"] if "spellings" in findings.tables else []
        if "counters" in findings.tables:
            (newest,) = transaction.db.execute("SELECT coalesce(max(revision), 0) FROM works").fetchone()
            transaction.db.execute("DELETE FROM counters")
            transaction.db.execute(
                # Whether works are mixed is looked at anew.
                "INSERT INTO counters VALUES ('revision', ?), ('changes', ?), ('mixed', 1), ('values', 1)",
                (newest + 1, newest + 1),
            )
            archive.sums.recompute("counters")
            lines.append("archive.db: its counters begin anew")
        if "works" in findings.tables and not stored_checksums.find_damaged_rows(transaction.db, "works"):
            # All columns with a checksum of their own are intact: only the works' revisions are left.
            transaction.db.execute(
                "UPDATE works SET revision = (SELECT value + 1 FROM counters WHERE name = 'revision')"
            )
            transaction.db.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
            archive.sums.recompute("works")
            lines.append("archive.db: all releases are indexed anew")
        if "withdrawals" in findings.tables:
            # Which of the days is wrong cannot be told, and a day that is not known is no damage.
            transaction.db.execute("DELETE FROM withdrawals")
            archive.sums.recompute("withdrawals")
            lines.append("archive.db: since when releases are withdrawn is not known any more")
    return lines
