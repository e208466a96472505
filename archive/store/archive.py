"""The archive open for reading: works, versions, originals, people, files. `writing.writer` opens it for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import zstandard

from archive import ids as names
from archive.corrections import decode_release
from archive.errors import ArchiveDamaged, ReleaseDamaged, ReleasePurged, Tombstone, UnknownRelease
from archive.release import (
    PARENT,
    Corrected,
    Evidence,
    Kind,
    Location,
    Mention,
    Part,
    Person,
    Release,
    Version,
)
from archive.rules import decode_rule
from archive.store import database
from archive.store.checksums import stored_checksums
from archive.store.name_reader import NameReader
from archive.store.row_mapping import (
    APPEARANCE_COLUMNS,
    VERSION_COLUMNS,
    evidence_from_row,
    version_from_rows,
)
from archive.store.sql import in_chunks, placeholders

_CONFIDENCE_OF_NAMES = 0.9

_STALE = (
    "v.read_by IS NOT ? AND (? = 0 OR v.read_by = '' OR (v.read_by GLOB '[0-9]*' AND CAST(v.read_by AS INTEGER) < ?))"
)
"""Whether another reading read a version, and one of a number below another, if that is not 0.

Parameters: the reading, and the number twice; newer Pythons take numbered ones from no sequence.
"""


class Archive(NameReader):
    """A data directory's archive, open for reading; safe to share between threads.

    Rows are verified against their checksums when they are first read.

    Raises on opening: see `database.open_for_reading`. On reading: ArchiveDamaged where a row is not as it was written
    (ReleaseDamaged where it is a release's), Busy, DiskProblem.
    """

    def __init__(self, data: Path, db: sqlite3.Connection | None = None) -> None:
        super().__init__(data, db)
        self._names_verified: tuple[int, bool] | None = None

    def version(self, work: str, number: int | None = None) -> Version | None:
        """One version of a work with its people, evidence and mentions; the current one by default.

        A version that moved to another work is found by its old number too, and has its new work and number.
        """
        row = self._first(
            f"SELECT {VERSION_COLUMNS} FROM versions v JOIN works w USING (work) "
            "WHERE w.id = ? AND v.number = coalesce(?, w.current)",
            (work, number),
        )
        if row is None and number is not None and (now := self.moved_to(work, number)):
            return self.version(*now)
        return self._load_version(row) if row else None

    def find_version(self, work: str, number: int | None = None) -> Version:
        """One version of a work as `version` gives it.

        Raises:
            UnknownRelease: there is no such release, or no such version of it.
            ReleasePurged: it was taken out.
        """
        if version := self.version(work, number):
            return version
        if tombstone := self.tombstone(work, number):
            raise ReleasePurged(tombstone)
        raise UnknownRelease(work if number is None else f"{work}, version {number},")

    def tombstone(self, work: str, number: int | None = None) -> Tombstone | None:
        """The tombstone of a purged release, or of one version of it; None where it was not purged."""
        rows = self._all("SELECT id, number, at, reason FROM purged WHERE id = ? ORDER BY number", (work,))
        if number is not None and (of_version := [row for row in rows if row["number"] == number]):
            return Tombstone(*of_version[0])
        if not rows or self._first("SELECT 1 FROM works WHERE id = ?", (work,)):
            return None  # other versions of it are here
        return Tombstone(work, 0, rows[-1]["at"], rows[-1]["reason"])

    def moved_to(self, work: str, number: int) -> tuple[str, int] | None:
        """The work and number that a version has now, by those it had; None where it did not move."""
        row = self._first(
            "SELECT w.id, v.number FROM moved m JOIN versions v USING (version) JOIN works w ON w.work = v.work "
            "WHERE m.id = ? AND m.number = ?",
            (work, number),
        )
        return (row["id"], row["number"]) if row else None

    def versions(self, work: str) -> list[Version]:
        """All versions of a work, first to last, without evidence but of who issued them; empty for an unknown work."""
        rows = self._all(
            f"SELECT {VERSION_COLUMNS} FROM versions v JOIN works w USING (work) WHERE w.id = ? ORDER BY v.number",
            (work,),
        )
        return list(self._with_people(rows, None))

    def current(self, works: Sequence[str], damaged: list[str] | None = None) -> dict[str, Version]:
        """The current versions of these works by id, with people, without evidence but that of who issued them.

        A work that is damaged, or not there, is left out and put into `damaged`; without that list it is an error.
        """
        found: dict[str, Version] = {}
        for chunk in in_chunks(works):
            rows = self._all(
                f"SELECT {VERSION_COLUMNS} FROM versions v JOIN works w ON w.work = v.work AND v.number = w.current "
                f"WHERE w.id IN ({placeholders(chunk)})",
                tuple(chunk),
            )
            found |= {version.work: version for version in self._with_people(rows, damaged)}
        if damaged is not None:
            damaged += [work for work in works if work not in found and work not in damaged]
        return found

    def chosen(self, numbers: Mapping[str, int], damaged: list[str] | None = None) -> dict[str, Version]:
        """One version of each of these works, by its number; as `current` gives them."""
        found: dict[str, Version] = {}
        for chunk in in_chunks(list(numbers)):
            rows = self._all(
                f"SELECT {VERSION_COLUMNS} FROM versions v JOIN works w USING (work) "
                f"WHERE w.id IN ({placeholders(chunk)})",
                tuple(chunk),
            )
            wanted = [row for row in rows if row["number"] == numbers[row["work"]]]
            found |= {version.work: version for version in self._with_people(wanted, damaged)}
        if damaged is not None:
            damaged += [work for work in numbers if work not in found and work not in damaged]
        return found

    def live_ids(self) -> list[str]:
        """The ids of all works that stand in an added folder, in order."""
        # Sorted here: by the index of ids SQLite would look up each row by itself.
        return sorted(row[0] for row in self._all("SELECT id FROM works WHERE live"))

    def are_locations_intact(self) -> bool:
        """Whether the tables of files and locations match their checksums; reads all of both."""
        # Of one state: a writer may change tables and checksums between two statements.
        with self.lenient_decoding() as db, database.translate_errors(self._path), database.read_one_state(db):
            return not {"files", "locations"} & set(stored_checksums.find_damaged_tables(db, ("files", "locations")))

    def count_live(self) -> int:
        """How many works stand in an added folder."""
        return int(self._one("SELECT count(*) FROM works WHERE live")[0])

    def changed_since(self, revision: int) -> list[tuple[str, bool]]:
        """The works changed after `revision`, in order of id, and whether each is live."""
        rows = self._all("SELECT id, live FROM works WHERE revision > ? ORDER BY id", (revision,))
        return [(row["id"], bool(row["live"])) for row in rows]

    def releases(self, works: Sequence[str], damaged: list[str] | None = None) -> Iterator[Version]:
        """The current versions of these works, in the order given, a chunk in memory at a time; see `current`."""
        for chunk in in_chunks(works):
            found = self.current(chunk, damaged)
            yield from (found[work] for work in chunk if work in found)

    def original(self, digest: str) -> bytes | None:
        """The bytes with this digest, as they were found; None where there are none.

        Raises:
            ArchiveDamaged: what is kept is not what was found.
        """
        row = self._first("SELECT o.content FROM originals o WHERE o.version = ?", (self._version_of(digest),))
        if row is None:
            return None
        try:
            content: bytes = zstandard.ZstdDecompressor().decompress(row["content"])
        except (zstandard.ZstdError, TypeError):
            content = b""
        if names.digest(content) != digest:
            raise ArchiveDamaged(self._path, f"the original bytes {digest[:16]}… are not what was stored")
        return content

    def _version_of(self, digest: str) -> int | None:
        """The row of the version with this digest: a first version's work bears the head of it as its id."""
        row = self._first(
            "SELECT v.version FROM works w JOIN versions v ON v.work = w.work AND v.number = 1 "
            "WHERE w.id BETWEEN :id AND :id || '~' AND v.digest = :digest "
            "UNION ALL SELECT version FROM versions WHERE number > 1 AND digest = :digest",
            {"id": names.work_id(digest), "digest": digest},
        )
        return row["version"] if row else None

    def locations(self, version: Version) -> list[Location]:
        """Where the bytes of a version stand or stood."""
        rows = self._all(
            "SELECT f.shown, l.key, l.live FROM locations l JOIN files f USING (path) JOIN versions v USING (version) "
            "JOIN works w USING (work) WHERE w.id = ? AND v.number = ? ORDER BY l.live DESC, f.shown, l.key",
            (version.work, version.number),
        )
        return [Location(row["shown"], row["key"], bool(row["live"])) for row in rows]

    def paths(self, works: Sequence[str]) -> dict[str, str]:
        """The path of the current version of each work (the first in order, when there are several)."""
        found: dict[str, str] = {}
        for chunk in in_chunks(works):
            rows = self._all(
                "SELECT w.id, min(f.shown) AS shown FROM works w "
                "JOIN versions v ON v.work = w.work AND v.number = w.current "
                "JOIN locations l ON l.version = v.version AND l.live >= w.live JOIN files f ON f.path = l.path "
                f"WHERE w.id IN ({placeholders(chunk)}) GROUP BY w.id",
                tuple(chunk),
            )
            found |= {row["id"]: row["shown"] for row in rows}
        return found

    def existing_works(self, ids: Iterable[str]) -> dict[str, int]:
        """Which of these ids are a work's, or were until it was purged, and how many versions each has or had."""
        found: dict[str, int] = {}
        for chunk in in_chunks(list(ids)):
            rows = self._all(
                "SELECT id, max(number) AS versions FROM ("
                "SELECT w.id, v.number FROM works w JOIN versions v USING (work) "
                f"WHERE w.id IN ({placeholders(chunk)}) "
                f"UNION SELECT id, number FROM purged WHERE id IN ({placeholders(chunk)})) "
                "GROUP BY id",
                (*chunk, *chunk),
            )
            found |= {row["id"]: row["versions"] for row in rows}
        return found

    def last_reconciled(self) -> tuple[str, int, str] | None:
        """Digest, count and problems of the corrections reconciled last; None where the archive has changed since."""
        row = self._first("SELECT digest, held, problems FROM settled WHERE revision = ?", (self.revision,))
        return (row["digest"], row["held"], row["problems"]) if row else None

    def count_corrections(self) -> int:
        """How many corrections hold."""
        (of_works,) = self._one(
            "SELECT count(*) FROM (SELECT DISTINCT v.work, c.field, c.value, c.by, c.reason, c.kind, c.role "
            "FROM corrections c JOIN versions v USING (version))"
        )
        return int(of_works) + int(self._one("SELECT count(*) FROM people_corrections")[0])

    def count_stale(self, reading: str, *, before: int = 0) -> int:
        """How many versions were stored with another reading than this one (see `ingest.reading_version`).

        With `before`, only those of a reading with a number below it: one that has no number counts as later.
        """
        # Minimum and maximum are two look-ups in the index; mostly they tell that no version is stale.
        row = self._one("SELECT (SELECT min(read_by) FROM versions), (SELECT max(read_by) FROM versions)")
        if set(row) <= {reading, None}:
            return 0
        return int(self._one(f"SELECT count(*) FROM versions v WHERE {_STALE}", (reading, before, before))[0])

    def count_releases_read_before(self, number: int) -> int:
        """How many releases have a version whose reading has a number below this one."""
        return int(
            self._one(f"SELECT count(DISTINCT v.work) FROM versions v WHERE {_STALE}", (None, number, number))[0]
        )

    def stale_rows_after(self, version: int, reading: str, limit: int, *, before: int = 0) -> list[sqlite3.Row]:
        """The next versions after this row that another reading read, with all that reparsing them needs.

        `before` as `count_stale` has it.
        """
        return self._all(
            "SELECT v.version, w.id AS work, v.number, v.digest, v.path, v.added, c.value AS context, "
            "v.read_by = '' AND EXISTS (SELECT 1 FROM locations l WHERE l.version = v.version AND l.key != '') "
            "AS lacks_context FROM versions v JOIN works w USING (work) LEFT JOIN contexts c USING (context) "
            f"WHERE {_STALE} AND v.version > ? ORDER BY v.version LIMIT ?",
            (reading, before, before, version, limit),
        )

    def release_as_read(self, version: int) -> Release:
        """The release of a version (by its row) as it was parsed, without corrections."""
        kept = self._first("SELECT reading FROM replaced WHERE version = ?", (version,))
        if kept:
            return decode_release(kept["reading"])
        row = self._one(
            f"SELECT {VERSION_COLUMNS} FROM versions v JOIN works w USING (work) WHERE v.version = ?", (version,)
        )
        release = self._load_version(row, hidden=True).release
        return replace(_without_inferences(release), place=row["place"], source=row["source"])

    def corrected_fields(self, version: int) -> set[str]:
        """The fields of a version (by its row) that a correction holds."""
        return {row["field"] for row in self._all("SELECT field FROM corrections WHERE version = ?", (version,))}

    def parents(self, versions: Sequence[int]) -> dict[int, Evidence]:
        """The evidence for the office above the source, of those of these versions (by row) that have one."""
        issuers = self._issuer_evidence(versions)
        return {version: each for version, found in issuers.items() for each in found if each.field == PARENT}

    def _issuer_evidence(self, versions: Sequence[int]) -> dict[int, tuple[Evidence, ...]]:
        """The evidence for who issued each of these versions (by row): of the source, and of the office above it."""
        found: dict[int, tuple[Evidence, ...]] = {}
        for chunk in in_chunks(versions):
            rows = self._all(
                f"SELECT * FROM evidence WHERE version IN ({placeholders(chunk)}) "
                "AND (field = 'source' OR field = 'parent' AND chosen) ORDER BY rowid",
                tuple(chunk),
            )
            names = self._source_names(sorted({row["value"] for row in rows if row["field"] == PARENT}))
            for row in rows:
                each = evidence_from_row(row)
                if each.field == PARENT:
                    each = each._replace(value=names.get(each.value, each.value))
                found[row["version"]] = (*found.get(row["version"], ()), each)
        return found

    def _source_names(self, spellings: Sequence[str]) -> dict[str, str]:
        """What the archive calls these sources, of those that it calls otherwise."""
        if not spellings:
            return {}
        rows = self._all(
            "SELECT spelling, name FROM value_names WHERE field = 'source' "
            f"AND spelling IN ({placeholders(spellings)})",
            tuple(spellings),
        )
        return {row["spelling"]: row["name"] for row in rows}

    def _with_people(self, rows: list[sqlite3.Row], damaged: list[str] | None) -> Iterator[Version]:
        versions = [row["version"] for row in rows]
        people, issuers = self._appearances(versions), self._issuer_evidence(versions)
        quotations = self.quotation_rows(versions)
        for row in rows:
            appearing, said = people.get(row["version"], []), quotations.get(row["version"], [])
            if self.is_intact(row, appearing, said):
                yield version_from_rows(row, _drop_hidden(appearing), {}, issuers.get(row["version"], ()), said)
            elif damaged is None:
                raise ReleaseDamaged(self._path, row["work"])
            else:
                damaged.append(row["work"])

    def _load_version(self, row: sqlite3.Row, *, hidden: bool = False) -> Version:
        wanted = (row["version"],)
        people = self._appearances([row["version"]]).get(row["version"], [])
        said = self._all("SELECT * FROM mentions WHERE version = ? ORDER BY rowid", wanted)
        evidence = self._all("SELECT * FROM evidence WHERE version = ? ORDER BY rowid", wanted)
        self._verifier.verify_version(row, people)
        self._verifier.verify_evidence(row, evidence, said)
        quotations = self.quotation_rows([row["version"]]).get(row["version"], [])
        self._verifier.verify_quotations(row, quotations)
        if not hidden and not self._are_names_intact(row):
            raise ReleaseDamaged(self._path, row["work"])
        mentions: dict[int, list[Mention]] = {}
        for m in said:
            mention = Mention(
                m["name"], Part(m["part"]), m["start"], m["stop"], Kind(m["kind"]),
                decode_rule(m["code"], m["params"]), m["line"],
            )  # fmt: skip
            mentions.setdefault(m["place"], []).append(mention)
        corrections = self._all(
            "SELECT field, value, was, by, reason FROM corrections WHERE version = ? ORDER BY place", wanted
        )
        shown = people if hidden else _drop_hidden(people)
        proofs = tuple(evidence_from_row(e) for e in evidence)
        proofs = proofs if hidden else self._with_named_values(row, proofs)
        version = version_from_rows(row, shown, mentions, proofs, quotations)
        return replace(version, corrections=tuple(Corrected(*c) for c in corrections))

    def _with_named_values(self, row: sqlite3.Row, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """The evidence, and that of what the archive calls a source or place otherwise than it is spelt here."""
        for field in ("place", "source"):
            if row[f"{field}_name"] is None:
                continue
            found = self._one(
                "SELECT name, code, params FROM value_names WHERE field = ? AND spelling = ?", (field, row[field])
            )
            proof = Evidence(
                field, found["name"], decode_rule(found["code"], found["params"]), row[field], Part.STATED, -1, -1,
                _CONFIDENCE_OF_NAMES, True,
            )  # fmt: skip
            lost = (each._replace(chosen=False) if each.field == field else each for each in evidence)
            evidence = (proof, *lost)
        return evidence

    def _appearances(self, versions: list[int]) -> dict[int, list[sqlite3.Row]]:
        """The people of these versions in order, hidden ones too."""
        found: dict[int, list[sqlite3.Row]] = {}
        for chunk in in_chunks(versions):
            for row in self._all(
                f"SELECT {APPEARANCE_COLUMNS} FROM appearances a JOIN people p USING (person) "
                f"WHERE a.version IN ({placeholders(chunk)}) ORDER BY a.version, a.place",
                chunk,
            ):
                found.setdefault(row["version"], []).append(row)
        return found

    def quotation_rows(self, versions: Sequence[int]) -> dict[int, list[sqlite3.Row]]:
        """The rows of the quotations of these versions (by row), in order; those without any are left out."""
        found: dict[int, list[sqlite3.Row]] = {}
        for chunk in in_chunks(versions):
            for row in self._all(
                f"SELECT * FROM quotations WHERE version IN ({placeholders(chunk)}) ORDER BY version, start",
                tuple(chunk),
            ):
                found.setdefault(row["version"], []).append(row)
        return found

    def is_intact(self, row: sqlite3.Row, people: Sequence[sqlite3.Row], quotations: Sequence[sqlite3.Row]) -> bool:
        """Whether the rows of a version, its people and its quotations match their checksums (see ReadVerifier)."""
        try:
            self._verifier.verify_version(row, people)
            self._verifier.verify_quotations(row, quotations)
        except ReleaseDamaged:
            return False
        return self._are_names_intact(row)

    def _are_names_intact(self, row: sqlite3.Row) -> bool:
        """Whether the names of a version's source and place are as they were written; all are verified together."""
        if row["place_name"] is None and row["source_name"] is None:
            return True
        changes = self.changes
        if self._names_verified is None or self._names_verified[0] != changes:
            with self.lenient_decoding() as db, database.translate_errors(self._path):
                intact = not stored_checksums.find_damaged_tables(db, ("value_names",))
            self._names_verified = (changes, intact)
        return self._names_verified[1]


def _kind_as_read(person: Person) -> Kind:
    """The kind of a person by the release alone: see identities/surnames.py and furniture.py for what others tell."""
    if person.kind is Kind.INFERRED:
        return Kind.UNRESOLVED
    kinds = {mention.kind for mention in person.mentions}
    if person.kind is Kind.CONTACT and kinds and Kind.CONTACT not in kinds:
        return Kind.NAMED
    return person.kind


def _without_inferences(release: Release) -> Release:
    """A release without what the rest of the archive tells of it."""
    people = tuple(person._replace(kind=_kind_as_read(person)) for person in release.people)
    evidence = tuple(each for each in release.evidence if each.rule.code != "surname-in-archive")
    return replace(release, people=people, evidence=evidence)


def _drop_hidden(people: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """The appearances without hidden people (names that a correction says are nobody's)."""
    return [row for row in people if not row["hidden"]]
