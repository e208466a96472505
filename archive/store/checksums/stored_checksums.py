"""Stored checksums of rows: computes them from the tables, stores them, and finds rows that do not match."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.store.checksums import checksums
from archive.store.checksums.checksums import (
    MASK,
    Row,
    columns,
    content_checksum,
    evidence_checksum,
    quotations_checksum,
    row_checksum,
)
from archive.store.sql import in_chunks, placeholders

SUMMED_TABLES = (
    "counters", "works", "people", "contexts", "files", "remarks", "locations", "corrections", "replaced",
    "people_corrections", "settled", "folders", "moved", "purged", "applied", "names", "unsettled", "aliases",
    "value_names", "values_corrected", "unsettled_lines", "withdrawals",
)  # fmt: skip
"""Tables with one checksum for all their rows. Versions have their own, originals their digest; `spellings` is verified
by counting again."""

CHUNK_VERSIONS = 1000
"""Versions that are read together."""


Columns = Sequence[str]
"""The names of columns, in order."""


class VersionChecksums(NamedTuple):
    """The checksums of one version."""

    record: int
    row: int
    evidence: int
    quotation: int = 0


class VersionTables(NamedTuple):
    """The columns in the tables beside `versions` that its checksums are of; () where there is no such table."""

    evidence: Columns = checksums.EVIDENCE
    mention: Columns = checksums.MENTION
    quotation: Columns = checksums.QUOTATION


TODAY = VersionTables()
OF_TENTH = VersionTables(quotation=())
"""The columns of schemas 10 and 11."""

_OF_NINTH = VersionTables(
    ("field", "value", "rule", "words", "part", "start", "stop", "confidence", "chosen"),
    ("place", "name", "part", "start", "stop", "kind", "rule"),
    (),
)


def store_all_checksums(
    db: sqlite3.Connection, tables: Sequence[str] = SUMMED_TABLES, of: VersionTables = TODAY
) -> None:
    """Store the checksums of all rows as they are now; of whole tables, the sums of these."""
    for number, checks in _compute_all(db, of):
        _write(db, number, checks, of)
    for table, names, key in (("works", checksums.WORK, "work"), ("people", checksums.PERSON, "person")):
        rows = db.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
        db.executemany(
            f"UPDATE {table} SET row_check = ? WHERE {key} = ?", [(row_checksum(tuple(r)), r[0]) for r in rows]
        )
    db.execute("DELETE FROM table_checks")
    for table in tables:
        db.execute("INSERT INTO table_checks VALUES (?, ?, ?)", (table, *table_checksum(db, table)))


def update_version_checksums(db: sqlite3.Connection, versions: Iterable[int]) -> None:
    """Store the checksums of these versions anew, after their rows were changed."""
    for chunk in in_chunks(sorted(versions)):
        for number, checks in _compute_some(db, f"IN ({placeholders(chunk)})", chunk):
            _write(db, number, checks)


def update_people_checksums(db: sqlite3.Connection, people: Iterable[int]) -> None:
    """Store the checksums of these people anew."""
    for chunk in in_chunks(sorted(people)):
        rows = db.execute(
            f"SELECT {', '.join(checksums.PERSON)} FROM people WHERE person IN ({placeholders(chunk)})", chunk
        ).fetchall()
        db.executemany(
            "UPDATE people SET row_check = :check WHERE person = :person AND row_check != :check",
            [{"check": row_checksum(tuple(row)), "person": row[0]} for row in rows],
        )


def find_damaged_versions(
    db: sqlite3.Connection, of: VersionTables = TODAY
) -> Iterator[tuple[int, VersionChecksums, VersionChecksums]]:
    """The versions that do not match their checksums: row number, stored checksums, computed checksums."""
    kept = db.execute(f"SELECT version, {', '.join(_check_columns(of))} FROM versions ORDER BY version")
    for (version, *written), (number, found) in zip(kept, _compute_all(db, of), strict=True):
        if version != number or VersionChecksums(*written) != found:
            yield version, VersionChecksums(*written), found


def find_damaged_rows(db: sqlite3.Connection, table: str, names: Columns = ()) -> list[int]:
    """The works or people (by row number) that do not match their checksum."""
    names = names or {"works": checksums.WORK, "people": checksums.PERSON}[table]
    rows = db.execute(f"SELECT {', '.join(names)}, row_check FROM {table} ORDER BY {names[0]}")
    return [row[0] for row in rows if row_checksum(tuple(row)[:-1]) != row[-1]]


class Damage(NamedTuple):
    """What of an archive does not match its checksums: versions with the names of theirs, rows, tables."""

    versions: list[tuple[int, list[str]]]
    works: list[int]
    people: list[int]
    tables: list[str]


def find_damage_of_ninth(db: sqlite3.Connection) -> Damage:
    """The damage in an archive of schema 9, whose rules were sentences and whose people had other columns."""
    versions = [
        (version, [name for name in kept._fields if getattr(kept, name) != getattr(found, name)])
        for version, kept, found in find_damaged_versions(db, _OF_NINTH)
    ]
    works = find_damaged_rows(db, "works")
    people = find_damaged_rows(db, "people", ("person", "slug", "name", "same_as", "given", "hidden"))
    tables = [name for (name,) in db.execute("SELECT name FROM table_checks ORDER BY name")]
    return Damage(versions, works, people, find_damaged_tables(db, tables))


def mark_damaged(db: sqlite3.Connection, damage: Damage) -> None:
    """Store checksums that nothing has for what was found damaged before."""
    for version, names in damage.versions:
        for name in names:
            db.execute(f"UPDATE versions SET {name}_check = -1 WHERE version = ?", (version,))
    db.executemany("UPDATE works SET row_check = -1 WHERE work = ?", [(work,) for work in damage.works])
    db.executemany("UPDATE people SET row_check = -1 WHERE person = ?", [(person,) for person in damage.people])
    tables = [(name,) for name in damage.tables if name != "settled"]  # which is empty now
    db.executemany("UPDATE table_checks SET value = -1 WHERE name = ?", tables)


def find_damaged_tables(db: sqlite3.Connection, tables: Sequence[str] = SUMMED_TABLES) -> list[str]:
    """The tables that do not match their checksum."""
    kept = {name: (count, value) for name, count, value in db.execute("SELECT name, count, value FROM table_checks")}
    return [table for table in tables if kept.get(table) != table_checksum(db, table)]


def table_checksum(db: sqlite3.Connection, table: str) -> tuple[int, int]:
    """The number of rows of a table, and the sum of their checksums."""
    count = value = 0
    for row in db.execute(f"SELECT * FROM {table}"):
        count, value = count + 1, value + row_checksum(tuple(row))
    return count, value & MASK


def version_ranges(db: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Consecutive ranges of version row numbers, CHUNK_VERSIONS at a time: first and last of each."""
    first, last = db.execute("SELECT coalesce(min(version), 1), coalesce(max(version), 0) FROM versions").fetchone()
    for start in range(first, last + 1, CHUNK_VERSIONS):
        yield start, start + CHUNK_VERSIONS - 1


def _check_columns(of: VersionTables) -> list[str]:
    """The columns of `versions` that hold its checksums."""
    return [f"{name}_check" for name in VersionChecksums._fields if name != "quotation" or of.quotation]


def _write(db: sqlite3.Connection, version: int, checks: VersionChecksums, of: VersionTables = TODAY) -> None:
    names = _check_columns(of)
    values = ", ".join(f"{name} = ?" for name in names)
    db.execute(f"UPDATE versions SET {values} WHERE version = ?", (*checks[: len(names)], version))


def _compute_all(db: sqlite3.Connection, of: VersionTables = TODAY) -> Iterator[tuple[int, VersionChecksums]]:
    for span in version_ranges(db):
        yield from _compute_some(db, "BETWEEN ? AND ?", span, of)


def _compute_some(
    db: sqlite3.Connection,
    which: str,
    values: Sequence[int],
    of: VersionTables = TODAY,
) -> Iterator[tuple[int, VersionChecksums]]:
    """The checksums of versions, in order; `which` is an SQL condition on their numbers."""
    appearances = _rows_by_version(db, "appearances", checksums.APPEARANCE, which, values, "place")
    evidence = _rows_by_version(db, "evidence", of.evidence, which, values, "rowid")
    mentions = _rows_by_version(db, "mentions", of.mention, which, values, "rowid")
    quotations = _rows_by_version(db, "quotations", of.quotation, which, values, "start")
    wide = f"{columns(checksums.RECORD, 'v')}, v.body, {columns(checksums.CONTENT, 'v')}"
    split = len(checksums.RECORD)
    rows = db.execute(f"SELECT {wide} FROM versions v WHERE v.version {which} ORDER BY v.version", values).fetchall()
    for row in map(tuple, rows):
        number = row[2]
        yield (
            number,
            VersionChecksums(
                row_checksum(row[:split]),
                content_checksum(row[split + 1 :], row[split], appearances[number]),
                evidence_checksum(evidence[number], mentions[number]),
                quotations_checksum(quotations[number]),
            ),
        )


def _rows_by_version(
    db: sqlite3.Connection, table: str, names: Sequence[str], which: str, values: Sequence[int], order: str
) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    if not names:
        return found
    for version, *row in db.execute(
        f"SELECT version, {', '.join(names)} FROM {table} WHERE version {which} ORDER BY version, {order}", values
    ):
        found[version].append(tuple(row))
    return found
