"""Verifies an archive: rows against checksums, originals against digests, evidence against the texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

import zstandard

from archive.errors import ArchiveDamaged
from archive.ids import digest
from archive.store import body_codec, migrations
from archive.store.archive import Archive
from archive.store.checksums import stored_checksums
from archive.store.integrity.findable import list_unfindable
from archive.store.reconciling import people_files

OF_ANOTHER_KIND = (TypeError, ValueError, AttributeError, OverflowError)
"""Exceptions where damage changed the type of a value: a number or bytes in place of text."""

MAX_LINES = 20
"""Lines of one kind listed at most; the rest are counted."""


@dataclass(slots=True)
class Findings:
    """The damage found: messages, a line each, and the rows concerned."""

    lines: list[str] = field(default_factory=list)
    versions: dict[int, set[str]] = field(default_factory=dict)
    works: list[int] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    structure: bool = False

    def add_lines(self, lines: list[str]) -> None:
        """Add lines of one kind."""
        lines = [line for line in dict.fromkeys(lines) if line not in self.lines]
        self.lines += lines[:MAX_LINES]
        if len(lines) > MAX_LINES:
            self.lines.append(f"… and {len(lines) - MAX_LINES:,} more like these")


def inspect(archive: Archive) -> Findings:
    """Verify all of the archive; the findings are empty when all is well."""
    findings = Findings()
    with archive.lenient_decoding() as db:
        for check in (_structure, _schema, _originals, _versions, _works, _people, _tables, _spellings, _evidence):
            try:
                check(db, findings)
            except (sqlite3.DatabaseError, *OF_ANOTHER_KIND) as error:
                findings.structure = True
                findings.add_lines([f"archive.db: {error}"])
    for lines_of in (list_unfindable, _people_files):
        try:
            findings.add_lines(lines_of(archive))
        except (ArchiveDamaged, *OF_ANOTHER_KIND):
            findings.structure = True  # said above
    return findings


def _people_files(archive: Archive) -> list[str]:
    """People's files that are missing or empty without a person's consent."""
    try:
        chosen = people_files.choose_files(archive.data, people_files.load_applied_from(archive.connection))
    except (sqlite3.DatabaseError, zstandard.ZstdError, *OF_ANOTHER_KIND):
        return ["archive.db: its copy of corrections and word lists cannot be read"]
    return [*chosen.corrections, *chosen.lists]


def digests(archive: Archive) -> list[str]:
    """The digests of all originals, in the order in which they came."""
    return [row[0] for row in archive.select("SELECT digest FROM versions ORDER BY version")]


def _structure(db: sqlite3.Connection, findings: Findings) -> None:
    """What SQLite itself finds wrong with the file."""
    lines = [f"archive.db: {row[0]}" for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    lines += [
        f"archive.db: a row of {row[0]} refers to a row of {row[2]} that is not there"
        for row in db.execute("PRAGMA foreign_key_check").fetchall()
    ]
    findings.structure = bool(lines)
    findings.add_lines(lines)


def _schema(db: sqlite3.Connection, findings: Findings) -> None:
    """Whether the tables are those of this schema."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrations.upgrade(fresh)
        expected, found = _table_definitions(fresh), _table_definitions(db)
    finally:
        fresh.close()
    lines = [f"archive.db: the definition of {name} is not as it was made" for name in sorted(expected ^ found)]
    findings.structure |= bool(lines)
    findings.add_lines(lines)


def _table_definitions(db: sqlite3.Connection) -> set[str]:
    """Every table, index and trigger with its SQL, however SQLite has quoted it."""
    rows = db.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite%'")
    return {" ".join(" ".join(map(str, row)).replace('"', "").split()) for row in rows}


def _originals(db: sqlite3.Connection, findings: Findings) -> None:
    lines = []
    for version, content, size, expected in db.execute(
        "SELECT v.version, o.content, o.size, v.digest FROM versions v LEFT JOIN originals o USING (version)"
    ):
        found = decompress_original(content)
        if found is None or len(found) != size or digest(found) != expected:
            lines.append(f"{_name(db, version)}: its original bytes are damaged; what was read from them is kept")
    findings.add_lines(lines)


def decompress_original(content: bytes | None) -> bytes | None:
    """The original bytes; None where they cannot be decompressed."""
    try:
        return zstandard.ZstdDecompressor().decompress(content) if content is not None else None
    except (zstandard.ZstdError, TypeError, MemoryError):
        return None


_SAYS = {
    "record": "when it came and what it was read from",
    "row": "its title, text, fields or people",
    "evidence": "its evidence",
    "quotation": "its quotations",
}


def _versions(db: sqlite3.Connection, findings: Findings) -> None:
    lines = []
    for version, kept, found in stored_checksums.find_damaged_versions(db):
        wrong = {name for name in kept._fields if getattr(kept, name) != getattr(found, name)}
        findings.versions[version] = wrong
        said = ", ".join(_SAYS[name] for name in sorted(wrong))
        lines.append(f"{_name(db, version)}: the archive's record of it is damaged ({said})")
    findings.add_lines(lines)


def _works(db: sqlite3.Connection, findings: Findings) -> None:
    findings.works = stored_checksums.find_damaged_rows(db, "works")
    found = [db.execute("SELECT id FROM works WHERE work = ?", (work,)).fetchone()[0] for work in findings.works]
    findings.add_lines([f"release {work}: the archive's record of it is damaged (its id or state)" for work in found])


def _people(db: sqlite3.Connection, findings: Findings) -> None:
    findings.people = stored_checksums.find_damaged_rows(db, "people")
    names = [db.execute("SELECT name FROM people WHERE person = ?", (each,)).fetchone()[0] for each in findings.people]
    findings.add_lines([f"person {name}: the archive's record of them is damaged" for name in names])


def _tables(db: sqlite3.Connection, findings: Findings) -> None:
    findings.tables = stored_checksums.find_damaged_tables(db)
    findings.add_lines(
        [f"archive.db: the rows of {table}, all together, are not those that were written" for table in findings.tables]
    )


def _spellings(db: sqlite3.Connection, findings: Findings) -> None:
    """Whether the counts of spellings are right."""
    counted = "SELECT person, name, count(*) FROM appearances GROUP BY person, name"
    kept = "SELECT person, name, uses FROM spellings"
    for one, other in ((counted, kept), (kept, counted)):
        if db.execute(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1").fetchone():
            findings.tables.append("spellings")
            findings.add_lines(["archive.db: how often people are spelt which way is not what was counted"])
            return


def _evidence(db: sqlite3.Connection, findings: Findings) -> None:
    """Whether evidence and mentions are the very words at their offsets, and quotations within their texts."""
    lines: list[str] = []
    outside: set[int] = set()
    for version, words in _find_misplaced(db):
        if version in findings.versions:
            continue
        if words is None:
            outside.add(version)
            lines.append(f"{_name(db, version)}: a quotation of it does not stand within its text")
        else:
            lines.append(f"{_name(db, version)}: the words “{words}” do not stand where its evidence says")
    findings.versions |= {version: {"quotation"} for version in outside}
    findings.add_lines(lines)


_OFFSETS = """
SELECT version, part, start, stop, words FROM evidence WHERE start >= 0 AND version BETWEEN :first AND :last
UNION ALL SELECT version, part, start, stop, name FROM mentions WHERE start >= 0 AND version BETWEEN :first AND :last
UNION ALL SELECT version, 'body', start, stop, NULL FROM quotations WHERE version BETWEEN :first AND :last
UNION ALL SELECT version, 'body', proof_start, proof_stop, NULL FROM quotations
WHERE proof_start >= 0 AND version BETWEEN :first AND :last
ORDER BY version
"""


def _find_misplaced(db: sqlite3.Connection) -> Iterator[tuple[int, str | None]]:
    """The versions with words that do not stand at their offsets; None for words that are only to stand in the text."""
    for first, last in stored_checksums.version_ranges(db):
        of: dict[str, str] = {}
        current = 0
        for version, part, start, stop, words in db.execute(_OFFSETS, {"first": first, "last": last}):
            if version != current:
                current, of = version, _parts(db, version)
            if part not in of:
                continue
            is_there = 0 <= start < stop <= len(of[part]) if words is None else of[part][start:stop] == words
            if not is_there:
                yield version, words


def _parts(db: sqlite3.Connection, version: int) -> dict[str, str]:
    row = db.execute("SELECT title, body, path FROM versions WHERE version = ?", (version,)).fetchone()
    try:
        return (
            {"title": row["title"], "body": body_codec.decompress_body(row["body"]), "path": row["path"]} if row else {}
        )
    except (zstandard.ZstdError, UnicodeDecodeError, TypeError):
        return {}  # said where the row is held against its checksum


def _name(db: sqlite3.Connection, version: int) -> str:
    row = db.execute(
        "SELECT w.id, v.number FROM versions v LEFT JOIN works w USING (work) WHERE v.version = ?", (version,)
    ).fetchone()
    work, number = row if row else ("?", "?")
    return f"release {work}, version {number}"
