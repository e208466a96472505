"""Attaches a surname with an office ("Senator Reid") to the one person whom the archive's other releases tell of.

A release that names nobody in full by that surname leaves it unresolved. The archive may know better: where, of the
releases near its date that name somebody of the surname and of that office in full, nine in ten name one person, and at
least three do, the surname is taken for that person, and marked as inferred. Where they differ, those of the same
source may still agree.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from archive.release import Kind, Part
from archive.rules import Rule, encode_params, rule
from archive.store.checksums import EVIDENCE
from archive.store.identities.offices import office_words
from archive.store.sql import in_chunks, placeholders

if TYPE_CHECKING:
    from archive.store.writing import WriteTransaction

MIN_RELEASES = 3
MIN_AGREEMENT = 0.9
"""How many releases must name the person in full, and the share of those that name anybody of surname and office."""

WINDOWS_YEARS = (1, 4)
"""How far from a release's year the others may be: the nearest that tell decide."""

CODE = "surname-in-archive"
"""The rule that its evidence names."""

CONFIDENCE = 0.8
EXAMPLES = 3
"""Releases that the evidence names."""

_SURNAMES_ALONE = """
SELECT a.version, a.place, w.id, a.name, a.role, a.kind, a.person, v.source, cast(substr(v.published, 1, 4) AS INTEGER)
FROM names n JOIN spellings s USING (name) JOIN appearances a ON a.person = s.person AND a.name = n.name
JOIN versions v USING (version) JOIN works w USING (work)
WHERE n.surname = ? AND a.kind IN ('unresolved', 'inferred') ORDER BY w.id, a.version, a.place
"""
_FULL_NAMES = """
SELECT p.person, p.hidden, w.id, a.role, v.source, cast(substr(v.published, 1, 4) AS INTEGER), v.published
FROM names n JOIN spellings s USING (name) JOIN people p ON p.person = s.person AND p.origin != 'surname'
JOIN appearances a ON a.person = p.person AND a.name = n.name AND a.kind NOT IN ('inferred', 'contact') AND a.role != ''
JOIN versions v USING (version) JOIN works w USING (work)
WHERE n.surname = ? AND instr(n.name, ' ') > 0
"""


class _SurnameAlone(NamedTuple):
    """A surname with an office in a version, and the person's row that has it now."""

    version: int
    place: int
    work: str
    name: str
    role: str
    kind: str
    person: int
    source: str
    year: int


class _FullName(NamedTuple):
    """A person of the surname, named in full with an office."""

    person: int
    hidden: int
    work: str
    role: str
    source: str
    year: int
    published: str


def attach_surnames(transaction: WriteTransaction, keys: Iterable[str]) -> set[str]:
    """Attach anew the surnames alone that are the last word of one of these keys; returns those surnames."""
    surnames: set[str] = set()
    for chunk in in_chunks(sorted(keys)):
        rows = transaction.db.execute(f"SELECT DISTINCT surname FROM names WHERE key IN ({placeholders(chunk)})", chunk)
        surnames |= {row["surname"] for row in rows}
    found: set[str] = set()
    for chunk in in_chunks(sorted(surnames)):
        rows = transaction.db.execute(
            f"SELECT DISTINCT n.surname FROM names n JOIN spellings s USING (name) WHERE n.surname IN "
            f"({placeholders(chunk)}) AND n.key = n.surname",
            chunk,
        )
        found |= {row["surname"] for row in rows}
    for surname in sorted(found):
        _attach(transaction, surname)
    return found


def _attach(transaction: WriteTransaction, surname: str) -> None:
    alone = [_SurnameAlone(*row) for row in transaction.db.execute(_SURNAMES_ALONE, (surname,))]
    if not alone:
        return
    full = [_FullName(*row) for row in transaction.db.execute(_FULL_NAMES, (surname,))]
    proofs: dict[tuple[str, str, int], list[_FullName]] = {}  # one source says "Senator Reid" year in, year out
    for each in alone:
        told = each.role, each.source, each.year
        proof = proofs[told] = proofs[told] if told in proofs else find_person(*told, full)
        person = proof[0].person if proof else transaction.find_or_create_surname(each.name)
        kind = Kind.INFERRED if proof else Kind.UNRESOLVED
        _store(transaction, each, person, kind, rule(CODE, releases=_examples(proof)) if proof else None)


def find_person(role: str, source: str, year: int, full: Sequence[_FullName]) -> list[_FullName]:
    """The full names that single out one person of this office (source "" and year 0: unknown); empty where none do."""
    office, late = office_words(role), _is_former(role)
    same = [each for each in full if office & office_words(each.role) and _is_former(each.role) == late]
    for years in WINDOWS_YEARS if year else ():
        near = [each for each in same if each.year and abs(each.year - year) <= years]
        for some in (near, [each for each in near if source and each.source == source]):
            if proof := _agreeing(some):
                return proof
        if near:
            return []  # of these years they tell, and disagree or are too few
    return [] if year else _agreeing(same)


def _agreeing(some: Sequence[_FullName]) -> list[_FullName]:
    """Those that name the one person whom nearly all name; empty where there is none."""
    works: dict[int, set[str]] = defaultdict(set)
    for each in some:
        works[each.person].add(each.work)
    counts = Counter({person: len(named_in) for person, named_in in works.items()})
    if not counts:
        return []
    (person, most), total = counts.most_common(1)[0], sum(counts.values())
    if most < MIN_RELEASES or most < MIN_AGREEMENT * total:
        return []
    found = [each for each in some if each.person == person]
    return [] if found[0].hidden else found


@lru_cache(maxsize=10_000)
def _is_former(role: str) -> bool:
    return not {"former", "late", "then", "retired"}.isdisjoint(role.lower().split())


def _examples(proof: Sequence[_FullName]) -> str:
    """The ids of the first releases, by date, then id, that name the person in full."""
    first = dict.fromkeys(
        work for _, _, work in sorted((not each.published, each.published, each.work) for each in proof)
    )
    return " ".join(list(first)[:EXAMPLES])


def _store(transaction: WriteTransaction, alone: _SurnameAlone, person: int, kind: Kind, found: Rule | None) -> None:
    """Give an appearance to a person, with evidence that names other releases, where that is not so already."""
    db, at = transaction.db, (alone.version, alone.place)
    mention = _first_mention(db, at)
    wanted = _evidence(db, mention or (alone.name, Part.STATED, -1, -1), person, found) if found else None
    kept = (alone.version, CODE, mention[2] if mention else -1)
    before = db.execute(
        f"SELECT {', '.join(EVIDENCE)} FROM evidence WHERE version = ? AND code = ? AND start = ?", kept
    ).fetchone()
    if (alone.kind, alone.person) == (kind, person) and (tuple(before) if before else None) == wanted:
        return
    db.execute("DELETE FROM evidence WHERE version = ? AND code = ? AND start = ?", kept)
    if wanted:
        transaction.rows["evidence"].append((alone.version, *wanted))
    transaction.rows.write()
    db.execute("UPDATE appearances SET person = ?, kind = ? WHERE version = ? AND place = ?", (person, kind, *at))
    transaction.stale_checksums.add(alone.version)
    transaction.people |= {alone.person, person}
    transaction.mark_changed(alone.work)


def name_evidence(transaction: WriteTransaction, people: Iterable[int]) -> None:
    """Have the evidence of surnames attached to these people, whose names changed, name them as they are called."""
    db = transaction.db
    for chunk in in_chunks(sorted(people)):
        attached = db.execute(
            "SELECT a.version, a.place, p.name FROM appearances a JOIN people p USING (person) "
            f"WHERE a.kind = 'inferred' AND p.person IN ({placeholders(chunk)})",
            chunk,
        ).fetchall()
        for version, place, name in attached:
            mention = _first_mention(db, (version, place))
            db.execute(
                "UPDATE evidence SET value = ? WHERE version = ? AND code = ? AND start = ?",
                (name, version, CODE, mention[2] if mention else -1),
            )
            transaction.stale_checksums.add(version)


_Mention = tuple[str, str, int, int]
"""The words of a mention, the part of the release they stand in, and their offsets."""


def _first_mention(db: sqlite3.Connection, at: tuple[int, int]) -> _Mention | None:
    """The first mention of an appearance, by its version and place."""
    row = db.execute(
        "SELECT name, part, start, stop FROM mentions WHERE version = ? AND place = ? ORDER BY rowid LIMIT 1", at
    ).fetchone()
    return tuple(row) if row else None


def _evidence(db: sqlite3.Connection, mention: _Mention, person: int, found: Rule) -> tuple[object, ...]:
    """The row that proves a person: the words of the first mention, and the releases that tell whose they are."""
    (name,) = db.execute("SELECT name FROM people WHERE person = ?", (person,)).fetchone()
    return ("person", name, found.code, encode_params(found.params), *mention, CONFIDENCE, 1)
