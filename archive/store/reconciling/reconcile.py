"""Reconciles an archive with corrections: applies new ones, takes back dropped ones, and touches nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from archive.corrections import (
    Correction,
    CorrectionField,
    Problem,
    apply_corrections,
    correction_row,
    corrections_of_version,
    encode_release,
    parse_corrections,
)
from archive.ids import digest, name_key, slug
from archive.release import Kind, Release
from archive.store.addresses import current_slug, keys_meant, people_meant
from archive.store.reconciling.plan import ReconcilePlan, plan_for_archive
from archive.store.sql import placeholders

if TYPE_CHECKING:
    from archive.store.identities import Unbound
    from archive.store.writing import Writer, WriteTransaction

_RULES_VERSION = 3
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
    archive.settle()  # who is who must be known before corrections are held against it
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
        unbound = Reconciler(archive, transaction).reconcile(wanted)
        problems = {Problem(each.correction.line, each.reason) for each in unbound} | set(wanted.problems)
        changed = len(transaction.changed_works)
    # Dates that their source decides, and the names of sources and places, follow what was corrected.
    changed += archive.settle()
    held = wanted.count - len({each.correction for each in unbound})
    return CorrectionReport(held, changed, tuple(sorted(problems, key=lambda each: each.line)))


class Reconciler:
    """Reconciles corrections within one transaction."""

    def __init__(self, archive: Writer, transaction: WriteTransaction) -> None:
        self.archive, self.transaction, self.db = archive, transaction, transaction.db

    def reconcile(self, wanted: ReconcilePlan) -> tuple[Unbound, ...]:
        """Apply a plan: people first, then releases, then values; returns the corrections that mean nobody."""
        # Imported here: an `add` with nothing new need not load the word lists.
        from archive.store.identities import find_unbound, settle_people

        people_changed = self._store_people_corrections(wanted.of_people)
        # Whom a correction of a release means must be settled before it, and whom it adds after it.
        settle_people(self.transaction, wanted.of_people)
        self._correct_releases(wanted, people_changed)
        self.transaction.stores_values |= self._store_value_corrections(wanted.of_values)
        settle_people(self.transaction, wanted.of_people)
        return find_unbound(self.db, wanted.of_people)

    def _store_people_corrections(self, wanted: tuple[Correction, ...]) -> bool:
        """Store the corrections of people, and have whom they are about settled; whether they have changed."""
        stored = self.archive.people_corrections()
        rows = [_person_correction_row(each) for each in wanted]
        if rows == [_person_correction_row(each) for each in stored]:
            return False
        self.db.execute("DELETE FROM people_corrections")
        self.db.executemany(
            "INSERT INTO people_corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows)]
        )
        slugs = {slug for each in (*wanted, *stored) for slug in (each.person, each.slug)}
        keys = {
            key for slug in slugs for each in {slug, current_slug(self.db, slug)} for key in keys_meant(self.db, each)
        }
        self.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", [(key,) for key in sorted(keys)])
        return True

    def _store_value_corrections(self, wanted: tuple[Correction, ...]) -> bool:
        """Store the corrections of sources and places; whether they have changed."""
        rows = [_value_correction_row(each) for each in wanted]
        if rows == [_value_correction_row(each) for each in self.archive.value_corrections()]:
            return False
        self.db.execute("DELETE FROM values_corrected")
        self.db.executemany(
            "INSERT INTO values_corrected VALUES (?, ?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows)]
        )
        return True

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

    def replace_reading(self, version: int, work: str, read: Release, *, follow: bool = True) -> None:
        """Replace the reading of a version; its corrections are applied on top of the new one.

        `follow`: addresses that came from the old reading lead on to what takes their place.
        """
        rows = self.db.execute(f"SELECT {_COLUMNS} FROM corrections WHERE version = ? ORDER BY place", (version,))
        corrections = [
            Correction(CorrectionField(field), value, by, reason, release=work, kind=Kind(kind), role=role)
            for field, value, by, reason, kind, role in rows
        ]
        self._write(version, work, read, tuple(corrections), follow=follow)

    def _write(
        self, version: int, work: str, read: Release, corrections: tuple[Correction, ...], *, follow: bool = True
    ) -> None:
        release, done = apply_corrections(read, corrections, partial(self._names_meant, version))
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
        self.transaction.replace_release(version, work, release, follow=follow)

    def _names_meant(self, version: int, value: str, names: Iterable[str]) -> set[str]:
        """The names in a version that a name or slug in a correction means: spelt so, or of whoever it is."""
        names = list(names)
        wanted = slug(value)
        meant = set(people_meant(self.db, wanted))
        rows = self.db.execute("SELECT name, person FROM appearances WHERE version = ?", (version,)).fetchall()
        # Whom this correction took out already is not there; other releases may tell who is spelt so.
        out = sorted(set(names) - {row["name"] for row in rows})
        rows += self.db.execute(
            "SELECT s.name, s.person FROM spellings s JOIN people p USING (person) "
            f"WHERE s.name IN ({placeholders(out)}) AND p.origin != 'surname'",
            out,
        ).fetchall()
        found = {row["name"] for row in rows if row["person"] in meant}.intersection(names)
        found |= {name for name in names if slug(name) == wanted}
        return found or {name for name in names if name_key(name) in (wanted, name_key(value))}


def _person_correction_row(each: Correction) -> tuple[str, ...]:
    return (
        each.person, each.field.value, each.value, each.by, each.reason, each.spelling, json.dumps(each.releases)
    )  # fmt: skip


def _value_correction_row(each: Correction) -> tuple[str, ...]:
    return (each.subject or "", each.subject_value, each.field.value, each.value, each.by, each.reason)
