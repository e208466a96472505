"""Settles what sources and places are called: one name for all spellings, by the archive's content and corrections."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from archive.corrections import Correction, CorrectionField, ValueSubject, rule_for
from archive.extract import fold_organisation, lexicon
from archive.ids import slug
from archive.rules import Rule, encode_params, rule
from archive.store.addresses import keep_aliases, sole_successor
from archive.store.identities.place_names import name_places

if TYPE_CHECKING:
    from archive.store.writing import WriteTransaction

SAME_PLACE = "same-place"
SAME_SOURCE = "same-source"
"""The rules by which the archive's content gives a value another name."""


class ValueName(NamedTuple):
    """What a spelling is called, and by which rule; "" where it is no name of a source or place."""

    name: str
    rule: Rule


def settle_values(transaction: WriteTransaction, corrections: Sequence[Correction]) -> None:
    """Bring the names of sources and places into the state that content and corrections ask for."""
    transaction.rows.write()
    transaction.stores_values = False
    transaction.db.execute("UPDATE counters SET value = 0 WHERE name = 'values' AND value != 0")
    for subject in ValueSubject:
        own = [each for each in corrections if each.subject is subject]
        uses = _count_uses(transaction.db, subject)
        wanted = _name_values(uses, subject, [_with_present_value(transaction.db, uses, each) for each in own])
        _store(transaction, subject, wanted)


def _count_uses(db: sqlite3.Connection, subject: ValueSubject) -> dict[str, int]:
    """In how many versions each spelling stands, as read or as a correction of a release says."""
    return {
        value: count
        for value, count in db.execute(f"SELECT {subject}, count(*) FROM versions GROUP BY {subject}")
        if value
    }


def _with_present_value(db: sqlite3.Connection, uses: Mapping[str, int], correction: Correction) -> Correction:
    """A correction, about what took the place of its source or place where no release has that any more."""
    subject, old = correction.subject, correction.subject_value
    if not subject or old in uses or correction.field in (CorrectionField.NOT_SOURCE, CorrectionField.NOT_PLACE):
        return correction
    now = sole_successor(db, subject, old) or old
    return replace(correction, source=now) if subject is ValueSubject.SOURCE else replace(correction, place=now)


def _name_values(
    uses: Mapping[str, int], subject: ValueSubject, corrections: Sequence[Correction]
) -> dict[str, ValueName]:
    """The names of the spellings that are called otherwise."""
    if subject is ValueSubject.PLACE:
        code, named = SAME_PLACE, name_places(uses, _regions_alone())
    else:
        code, named = SAME_SOURCE, _name_sources(uses)
    found = {spelling: ValueName(name, rule(code, name=name)) for spelling, name in named.items()}
    said = {each.subject_value: each for each in corrections}
    corrected = {}
    for spelling in uses:
        name = found[spelling].name if spelling in found else spelling
        if last := _follow(said, spelling, name):
            is_other = last.field is CorrectionField.SAME_AS and last.value in found
            corrected[spelling] = ValueName(
                found[last.value].name if is_other else last.value, rule_for(last.by, last.reason)
            )
    found |= corrected
    return {spelling: each for spelling, each in found.items() if each.name != spelling}


def _name_sources(uses: Mapping[str, int]) -> dict[str, str]:
    """The sources whose spelling differs from a commoner one in case and punctuation alone, with that one."""
    chosen: dict[str, str] = {}
    for spelling in sorted(uses, key=lambda each: (-uses[each], each)):
        chosen.setdefault(fold_organisation(spelling), spelling)
    return {spelling: name for spelling in uses if (name := chosen[fold_organisation(spelling)]) != spelling}


def _follow(said: Mapping[str, Correction], *names: str) -> Correction | None:
    """The last correction in the chain that begins at one of these names; None where none speaks of them."""
    last = next((said[name] for name in names if name in said), None)
    seen = set(names)
    while last and last.value in said and last.value not in seen:
        seen.add(last.value)
        last = said[last.value]
    return last


@lexicon.cached
def _regions_alone() -> dict[str, frozenset[str]]:
    return {
        slug(city): frozenset(map(slug, regions.split("|"))) for city, regions in lexicon.table("cities_alone").items()
    }


def _store(transaction: WriteTransaction, subject: ValueSubject, wanted: Mapping[str, ValueName]) -> None:
    db = transaction.db
    before = {
        row[0]: tuple(row)[1:]
        for row in db.execute("SELECT spelling, name, code, params FROM value_names WHERE field = ?", (subject,))
    }
    rows = {spelling: (each.name, each.rule.code, encode_params(each.rule.params)) for spelling, each in wanted.items()}
    for spelling in sorted(before.keys() | rows.keys()):
        old, new = before.get(spelling), rows.get(spelling)
        if old == new:
            continue
        db.execute("DELETE FROM value_names WHERE field = ? AND spelling = ?", (subject, spelling))
        if new:
            db.execute("INSERT INTO value_names VALUES (?, ?, ?, ?, ?)", (subject, spelling, *new))
        shown, name = (old[0] if old else spelling), (new[0] if new else spelling)
        keep_aliases(db, [(subject, shown, name)] if shown else [])
        if shown != name:
            _mark_changed(transaction, subject, spelling)


def _mark_changed(transaction: WriteTransaction, subject: ValueSubject, spelling: str) -> None:
    rows = transaction.db.execute(
        f"SELECT DISTINCT w.id FROM versions v JOIN works w USING (work) WHERE v.{subject} = ?", (spelling,)
    ).fetchall()
    transaction.mark_changed(*(row["id"] for row in rows))
