"""What the live releases say of a person: in how many they speak, are named, write, are a contact; their offices."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.release import SHOWN_KINDS, Kind
from archive.store.archive import Archive
from archive.store.identities import office_key
from archive.store.sql import placeholders


class Office(NamedTuple):
    """An office as releases give it to a person, in how many, and in which years ("" where none is dated)."""

    name: str
    releases: int
    first: str
    last: str


class NamedWith(NamedTuple):
    """Someone else whom the same releases are about, and in how many of them."""

    name: str
    slug: str
    releases: int


class PersonProfile(NamedTuple):
    """Releases by the way in which they mention a person, each release once; offices; who is named with them."""

    releases: Mapping[Kind, int]
    offices: Sequence[Office]
    named_with: Sequence[NamedWith]


_OF_PERSON = (
    "FROM people p CROSS JOIN appearances a ON a.person = p.person CROSS JOIN versions v ON v.version = a.version "
    "CROSS JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
)
# By one name in two ways, in one release: the strongest counts.
_STRONGEST = "CASE a.kind WHEN 'speaker' THEN 0 WHEN 'byline' THEN 2 WHEN 'contact' THEN 3 ELSE 1 END"
_RANKED = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT)


def load_person_profile(archive: Archive, slug: str, limit: int = 20) -> PersonProfile:
    """The profile of a person by the slug that is shown, with at most `limit` offices and people."""
    return PersonProfile(
        _count_kinds(archive, slug), _load_offices(archive, slug, limit), _load_named_with(archive, slug, limit)
    )


def list_works_by_kind(archive: Archive, slug: str, kind: Kind) -> list[str]:
    """The ids of the live releases that mention a person in this way, the newest first."""
    rows = archive.select(
        f"SELECT w.id, min({_STRONGEST}) AS rank, v.published {_OF_PERSON} WHERE p.slug = ? AND a.kind != 'unresolved' "
        "GROUP BY w.work HAVING rank = ? ORDER BY v.published DESC, w.id",
        (slug, _RANKED.index(kind)),
    )
    return [row["id"] for row in rows]


def _count_kinds(archive: Archive, slug: str) -> dict[Kind, int]:
    rows = archive.select(
        f"SELECT rank, count(*) AS releases FROM (SELECT min({_STRONGEST}) AS rank {_OF_PERSON} "
        "WHERE p.slug = ? AND a.kind != 'unresolved' GROUP BY w.work) GROUP BY rank",
        (slug,),
    )
    counted = {_RANKED[row["rank"]]: row["releases"] for row in rows}
    return {kind: counted.get(kind, 0) for kind in _RANKED}


def _load_offices(archive: Archive, slug: str, limit: int) -> list[Office]:
    rows = archive.select(
        f"SELECT a.role, w.work, substr(v.published, 1, 4) AS year {_OF_PERSON} "
        "WHERE p.slug = ? AND a.role != '' AND a.kind != 'unresolved'",
        (slug,),
    )
    written: dict[tuple[str, ...], list[sqlite3.Row]] = {}
    for row in rows:
        written.setdefault(office_key(row["role"]), []).append(row)
    offices = sorted(map(_merge_office, written.values()), key=lambda each: (-each.releases, each.name))
    return offices[:limit]


def _merge_office(rows: Sequence[sqlite3.Row]) -> Office:
    """The office of these rows, as most of them write it."""
    spellings = Counter(row["role"] for row in rows)
    name = min(spellings, key=lambda each: (-spellings[each], each))
    years = sorted({row["year"] for row in rows} - {""})
    return Office(name, len({row["work"] for row in rows}), *((years[0], years[-1]) if years else ("", "")))


def _load_named_with(archive: Archive, slug: str, limit: int) -> list[NamedWith]:
    shown = [kind.value for kind in SHOWN_KINDS]
    rows = archive.select(
        f"SELECT o.name, o.slug, count(DISTINCT v.work) AS releases {_OF_PERSON} "
        f"CROSS JOIN appearances b ON b.version = a.version AND b.kind IN ({placeholders(shown)}) "
        "CROSS JOIN people o ON o.person = b.person AND o.person != p.person AND NOT o.hidden "
        f"WHERE p.slug = ? AND a.kind IN ({placeholders(shown)}) "
        "GROUP BY o.person ORDER BY releases DESC, o.name, o.slug LIMIT ?",
        (*shown, slug, *shown, limit),
    )
    return [NamedWith(row["name"], row["slug"], row["releases"]) for row in rows]
