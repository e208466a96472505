"""An archive brought into the state that corrections ask for: what is touched changes, nothing else does."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive.corrections import (
    Correction,
    Field,
    Identities,
    Problem,
    corrected,
    of_release,
    of_version,
    packed,
    parsed,
)
from archive.ids import digest, person_slug
from archive.release import Kind, Release
from archive.store.reconciling.plan import Plan, plan_for
from archive.store.sql import marks

if TYPE_CHECKING:
    from archive.store.writing import Batch, Writer

_RULES = 1
"""Raised by hand when the same file asks for something else than before: it is then settled again."""

_COLUMNS = "field, value, by, reason, kind, role"


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """How many corrections hold, how many works are no longer as they were, and what cannot hold."""

    held: int = 0
    changed: int = 0
    problems: tuple[Problem, ...] = ()


def settle(archive: Writer, content: bytes) -> CorrectionReport:
    """Apply the corrections in these bytes of a `corrections.toml`, all or nothing; take back those not in them.

    What was settled and has not changed, in an archive that has not either, is not read again.
    """
    mark = f"{_RULES} {digest(content)}"
    settled = archive.settled()
    if settled and settled[0] == mark:
        return CorrectionReport(settled[1], 0, tuple(Problem(**each) for each in json.loads(settled[2])))
    report = _settle(archive, plan_for(archive, parsed(content)))
    with archive.batch() as batch:
        problems = json.dumps([asdict(problem) for problem in report.problems])
        batch.db.execute("DELETE FROM settled")
        batch.db.execute("INSERT INTO settled VALUES (1, ?, ?, ?, ?)", (mark, archive.revision, report.held, problems))
    return report


def _settle(archive: Writer, wanted: Plan) -> CorrectionReport:
    with archive.batch() as batch:
        settling = Settling(archive, batch)
        settling.settle(wanted)
        report = CorrectionReport(wanted.count, len(batch.marked), wanted.problems)
    if report.changed:  # a reading that was put back has its date in the order in which it was read
        archive.settle_day_orders()
    return report


class Settling:
    """The settling of one transaction."""

    def __init__(self, archive: Writer, batch: Batch) -> None:
        self.archive, self.batch, self.db = archive, batch, batch.db
        self.before = batch.identities

    def settle(self, wanted: Plan) -> None:
        """Bring people, then releases, into the state of the plan."""
        stored = self.archive.people_corrections()
        moved = [_of_person(each) for each in wanted.of_people] != [_of_person(each) for each in stored]
        if moved:
            added = [each for corrections in wanted.by_work.values() for each in corrections]
            self._people(wanted.of_people, stored, added)
        self._releases(wanted, moved)
        self.batch.settle_names()  # a name is part of what changes, and is counted

    def _people(self, wanted: tuple[Correction, ...], stored: list[Correction], added: list[Correction]) -> None:
        self.batch.identities = now = Identities(wanted)
        self.db.execute("DELETE FROM people_corrections")
        self.db.executemany(
            "INSERT INTO people_corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, *_of_person(each)) for n, each in enumerate(wanted)],
        )
        for each in (*wanted, *added):
            if each.field in (Field.ANOTHER, Field.PERSON):
                self.batch.person(each.slug, each.value)
        self.batch.rows.write()
        for slug in sorted(self.before.subjects() | now.subjects()):
            self._repoint(slug, now)
        self._names(_named(wanted), _named(stored))
        self._hide(_hidden(wanted), _hidden(stored))

    def _repoint(self, slug: str, now: Identities) -> None:
        """Give the appearances that were read as `slug` to whom they belong now."""
        one = now.one(slug)
        self.db.execute(
            "UPDATE people SET same_as = (SELECT o.person FROM people o WHERE o.slug = :one AND :one != :slug) "
            "WHERE slug = :slug",
            {"one": one, "slug": slug},
        )
        self._touch(slug)
        holders = sorted(self.before.targets(slug) | now.targets(slug))
        rows = self.db.execute(
            "SELECT a.version, a.place, a.name, p.person, p.slug, w.id AS work "
            "FROM appearances a JOIN people p USING (person) JOIN versions v USING (version) "
            f"JOIN works w USING (work) WHERE p.slug IN ({marks(holders)})",
            holders,
        ).fetchall()
        for row in rows:
            owner = now.slug(row["name"], row["work"])
            if person_slug(row["name"]) == slug and owner != row["slug"]:
                self._give(row, self.batch.person(owner, row["name"]))

    def _give(self, row: sqlite3.Row, person: int) -> None:
        self.batch.rows.write()
        self.db.execute(
            "UPDATE appearances SET person = ? WHERE version = ? AND place = ?", (person, row["version"], row["place"])
        )
        self.batch.people |= {person, row["person"]}
        self.batch.unsealed.add(row["version"])
        self.batch.mark_changed(row["work"])

    def _names(self, wanted: dict[str, str], stored: dict[str, str]) -> None:
        for slug in sorted(set(wanted) | set(stored)):
            self.db.execute("UPDATE people SET given = ? WHERE slug = ?", (wanted.get(slug), slug))
            self._touch(slug)

    def _touch(self, slug: str) -> None:
        """A person's own row was changed."""
        self.batch.people |= {row[0] for row in self.db.execute("SELECT person FROM people WHERE slug = ?", (slug,))}

    def _hide(self, wanted: set[str], stored: set[str]) -> None:
        for slug in sorted(wanted ^ stored):
            self.db.execute("UPDATE people SET hidden = ? WHERE slug = ?", (slug in wanted, slug))
            self._touch(slug)
            for row in self.db.execute(
                "SELECT DISTINCT w.id FROM people p JOIN appearances a USING (person) "
                "JOIN versions v USING (version) JOIN works w USING (work) WHERE p.slug = ?",
                (slug,),
            ).fetchall():
                self.batch.mark_changed(row["id"])

    def _releases(self, wanted: Plan, moved: bool) -> None:
        stored = {row["id"] for row in self.db.execute(
            "SELECT DISTINCT w.id FROM corrections c JOIN versions v USING (version) JOIN works w USING (work)"
        )}  # fmt: skip
        self.batch.seal()  # what is read from here on is held against its checksums
        for work in sorted(stored | set(wanted.by_work)):
            corrections = wanted.by_work.get(work, ())
            # Who a name stands for may have changed, and with it what a correction about a person touches.
            anew = moved and any(each.field in (Field.PERSON, Field.NOT_PERSON) for each in corrections)
            self.correct(work, corrections, anew=anew)

    def correct(self, work: str, corrections: tuple[Correction, ...], *, anew: bool = False) -> None:
        """Bring all versions of a work into the state these corrections ask for, each by those that are its own."""
        for version, number in self.db.execute(
            "SELECT v.version, v.number FROM works w JOIN versions v USING (work) WHERE w.id = ?", (work,)
        ).fetchall():
            wanted = of_version(corrections, number)
            rows = self.db.execute(
                f"SELECT {_COLUMNS} FROM corrections WHERE version = ? ORDER BY place",
                (version,),
            ).fetchall()
            if anew or [tuple(row) for row in rows] != [of_release(each) for each in wanted]:
                self._write(version, work, self.archive.as_read(version), wanted)

    def read_anew(self, version: int, work: str, read: Release) -> None:
        """Take another reading of a version; its corrections hold on top of it."""
        rows = self.db.execute(f"SELECT {_COLUMNS} FROM corrections WHERE version = ? ORDER BY place", (version,))
        corrections = [
            Correction(Field(field), value, by, reason, release=work, kind=Kind(kind), role=role)
            for field, value, by, reason, kind, role in rows
        ]
        self._write(version, work, read, tuple(corrections))

    def _write(self, version: int, work: str, read: Release, corrections: tuple[Correction, ...]) -> None:
        release, done = corrected(read, corrections, lambda name: self.batch.identities.slug(name, work))
        self.db.execute("DELETE FROM corrections WHERE version = ?", (version,))
        self.db.execute("DELETE FROM replaced WHERE version = ?", (version,))
        if corrections:
            self.db.execute("INSERT INTO replaced VALUES (?, ?)", (version, packed(read)))
        self.db.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (version, place, *of_release(each), one.was)
                for place, (each, one) in enumerate(zip(corrections, done, strict=True))
            ],
        )
        self.batch.replace(version, work, release)


def _of_person(each: Correction) -> tuple[str, ...]:
    return (
        each.person, each.field.value, each.value, each.by, each.reason, each.spelling, json.dumps(each.releases)
    )  # fmt: skip


def _named(corrections: Iterable[Correction]) -> dict[str, str]:
    """The names that corrections give people, by slug."""
    found = {each.slug: each.value for each in corrections if each.field is Field.ANOTHER}
    return found | {each.person: each.value for each in corrections if each.field is Field.NAME}


def _hidden(corrections: Iterable[Correction]) -> set[str]:
    return {each.person for each in corrections if each.field is Field.NOT_PERSON}
