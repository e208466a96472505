"""Reconciles an archive with corrections: applies new ones, takes back dropped ones, and touches nothing else."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive.corrections import (
    Correction,
    CorrectionField,
    Identities,
    Problem,
    apply_corrections,
    correction_row,
    corrections_of_version,
    encode_release,
    parse_corrections,
)
from archive.ids import digest, person_slug
from archive.release import Kind, Release
from archive.store.reconciling.plan import ReconcilePlan, plan_for_archive
from archive.store.sql import placeholders

if TYPE_CHECKING:
    from archive.store.writing import Writer, WriteTransaction

_RULES_VERSION = 1
"""Raised by hand when the same file would give another state than before: it is then reconciled again."""

_COLUMNS = "field, value, by, reason, kind, role"


@dataclass(frozen=True, slots=True)
class CorrectionReport:
    """How many corrections hold, how many works changed, and which corrections cannot hold."""

    held: int = 0
    changed: int = 0
    problems: tuple[Problem, ...] = ()


def reconcile_corrections(archive: Writer, content: bytes) -> CorrectionReport:
    """Apply the corrections in these bytes of a `corrections.toml`, all or nothing; take back those not in them.

    Where neither the file nor the archive has changed since the last time, the file is not parsed.
    """
    state = f"{_RULES_VERSION} {digest(content)}"
    last = archive.last_reconciled()
    if last and last[0] == state:
        return CorrectionReport(last[1], 0, tuple(Problem(**each) for each in json.loads(last[2])))
    report = _reconcile_plan(archive, plan_for_archive(archive, parse_corrections(content)))
    with archive.write_transaction() as transaction:
        problems = json.dumps([asdict(problem) for problem in report.problems])
        transaction.db.execute("DELETE FROM settled")
        transaction.db.execute(
            "INSERT INTO settled VALUES (1, ?, ?, ?, ?)", (state, archive.revision, report.held, problems)
        )
    return report


def _reconcile_plan(archive: Writer, wanted: ReconcilePlan) -> CorrectionReport:
    with archive.write_transaction() as transaction:
        reconciler = Reconciler(archive, transaction)
        reconciler.reconcile(wanted)
        report = CorrectionReport(wanted.count, len(transaction.changed_works), wanted.problems)
    if report.changed:  # a reading that was restored has its date as parsed, not as its source decides
        archive.resolve_day_orders()
    return report


class Reconciler:
    """Reconciles corrections within one transaction."""

    def __init__(self, archive: Writer, transaction: WriteTransaction) -> None:
        self.archive, self.transaction, self.db = archive, transaction, transaction.db
        self.before = transaction.identities

    def reconcile(self, wanted: ReconcilePlan) -> None:
        """Apply a plan: people first, then releases."""
        stored = self.archive.people_corrections()
        people_changed = [_person_correction_row(each) for each in wanted.of_people] != [
            _person_correction_row(each) for each in stored
        ]
        if people_changed:
            added = [each for corrections in wanted.by_work.values() for each in corrections]
            self._update_people(wanted.of_people, stored, added)
        self._correct_releases(wanted, people_changed)
        self.transaction.update_names()  # a renamed person changes works too, and those are counted

    def _update_people(self, wanted: tuple[Correction, ...], stored: list[Correction], added: list[Correction]) -> None:
        self.transaction.identities = now = Identities(wanted)
        self.db.execute("DELETE FROM people_corrections")
        self.db.executemany(
            "INSERT INTO people_corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(n, *_person_correction_row(each)) for n, each in enumerate(wanted)],
        )
        for each in (*wanted, *added):
            if each.field in (CorrectionField.ANOTHER, CorrectionField.PERSON):
                self.transaction.find_or_create_person(each.slug, each.value)
        self.transaction.rows.write()
        for slug in sorted(self.before.subjects() | now.subjects()):
            self._repoint(slug, now)
        self._update_names(_names_given(wanted), _names_given(stored))
        self._update_hidden(_hidden_slugs(wanted), _hidden_slugs(stored))

    def _repoint(self, slug: str, now: Identities) -> None:
        """Reassign the appearances read as `slug` to the people they belong to now."""
        one = now.canonical_slug(slug)
        self.db.execute(
            "UPDATE people SET same_as = (SELECT o.person FROM people o WHERE o.slug = :one AND :one != :slug) "
            "WHERE slug = :slug",
            {"one": one, "slug": slug},
        )
        self._note_changed_person(slug)
        holders = sorted(self.before.targets(slug) | now.targets(slug))
        rows = self.db.execute(
            "SELECT a.version, a.place, a.name, p.person, p.slug, w.id AS work "
            "FROM appearances a JOIN people p USING (person) JOIN versions v USING (version) "
            f"JOIN works w USING (work) WHERE p.slug IN ({placeholders(holders)})",
            holders,
        ).fetchall()
        for row in rows:
            owner = now.slug(row["name"], row["work"])
            if person_slug(row["name"]) == slug and owner != row["slug"]:
                self._reassign(row, self.transaction.find_or_create_person(owner, row["name"]))

    def _reassign(self, row: sqlite3.Row, person: int) -> None:
        self.transaction.rows.write()
        self.db.execute(
            "UPDATE appearances SET person = ? WHERE version = ? AND place = ?", (person, row["version"], row["place"])
        )
        self.transaction.people |= {person, row["person"]}
        self.transaction.stale_checksums.add(row["version"])
        self.transaction.mark_changed(row["work"])

    def _update_names(self, wanted: dict[str, str], stored: dict[str, str]) -> None:
        for slug in sorted(set(wanted) | set(stored)):
            self.db.execute("UPDATE people SET given = ? WHERE slug = ?", (wanted.get(slug), slug))
            self._note_changed_person(slug)

    def _note_changed_person(self, slug: str) -> None:
        """Note that a person's own row was changed."""
        self.transaction.people |= {
            row[0] for row in self.db.execute("SELECT person FROM people WHERE slug = ?", (slug,))
        }

    def _update_hidden(self, wanted: set[str], stored: set[str]) -> None:
        for slug in sorted(wanted ^ stored):
            self.db.execute("UPDATE people SET hidden = ? WHERE slug = ?", (slug in wanted, slug))
            self._note_changed_person(slug)
            for row in self.db.execute(
                "SELECT DISTINCT w.id FROM people p JOIN appearances a USING (person) "
                "JOIN versions v USING (version) JOIN works w USING (work) WHERE p.slug = ?",
                (slug,),
            ).fetchall():
                self.transaction.mark_changed(row["id"])

    def _correct_releases(self, wanted: ReconcilePlan, people_changed: bool) -> None:
        stored = {row["id"] for row in self.db.execute(
            "SELECT DISTINCT w.id FROM corrections c JOIN versions v USING (version) JOIN works w USING (work)"
        )}  # fmt: skip
        self.transaction.update_checksums()  # what is read from here on is verified against its checksums
        for work in sorted(stored | set(wanted.by_work)):
            corrections = wanted.by_work.get(work, ())
            # Who a name stands for may have changed, and with it what a correction about a person touches.
            anew = people_changed and any(
                each.field in (CorrectionField.PERSON, CorrectionField.NOT_PERSON) for each in corrections
            )
            self.correct_work(work, corrections, anew=anew)

    def correct_work(self, work: str, corrections: tuple[Correction, ...], *, anew: bool = False) -> None:
        """Apply a work's corrections to all its versions, to each those that hold for it."""
        for version, number in self.db.execute(
            "SELECT v.version, v.number FROM works w JOIN versions v USING (work) WHERE w.id = ?", (work,)
        ).fetchall():
            wanted = corrections_of_version(corrections, number)
            rows = self.db.execute(
                f"SELECT {_COLUMNS} FROM corrections WHERE version = ? ORDER BY place",
                (version,),
            ).fetchall()
            if anew or [tuple(row) for row in rows] != [correction_row(each) for each in wanted]:
                self._write(version, work, self.archive.release_as_read(version), wanted)

    def replace_reading(self, version: int, work: str, read: Release) -> None:
        """Replace the reading of a version; its corrections are applied on top of the new one."""
        rows = self.db.execute(f"SELECT {_COLUMNS} FROM corrections WHERE version = ? ORDER BY place", (version,))
        corrections = [
            Correction(CorrectionField(field), value, by, reason, release=work, kind=Kind(kind), role=role)
            for field, value, by, reason, kind, role in rows
        ]
        self._write(version, work, read, tuple(corrections))

    def _write(self, version: int, work: str, read: Release, corrections: tuple[Correction, ...]) -> None:
        release, done = apply_corrections(read, corrections, lambda name: self.transaction.identities.slug(name, work))
        self.db.execute("DELETE FROM corrections WHERE version = ?", (version,))
        self.db.execute("DELETE FROM replaced WHERE version = ?", (version,))
        if corrections:
            self.db.execute("INSERT INTO replaced VALUES (?, ?)", (version, encode_release(read)))
        self.db.executemany(
            "INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (version, place, *correction_row(each), one.was)
                for place, (each, one) in enumerate(zip(corrections, done, strict=True))
            ],
        )
        self.transaction.replace_release(version, work, release)


def _person_correction_row(each: Correction) -> tuple[str, ...]:
    return (
        each.person, each.field.value, each.value, each.by, each.reason, each.spelling, json.dumps(each.releases)
    )  # fmt: skip


def _names_given(corrections: Iterable[Correction]) -> dict[str, str]:
    """The names that corrections give people, by slug."""
    found = {each.slug: each.value for each in corrections if each.field is CorrectionField.ANOTHER}
    return found | {each.person: each.value for each in corrections if each.field is CorrectionField.NAME}


def _hidden_slugs(corrections: Iterable[Correction]) -> set[str]:
    return {each.person for each in corrections if each.field is CorrectionField.NOT_PERSON}
