"""Keeps what becomes of a person's slug, a source or a place when a version is read otherwise than before.

An address that was once given leads on: to whoever stands at those words now, or to what the source is called now.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.ids import former_slug, slug
from archive.release import Release

Alias = tuple[str, str, str]
"""A row of `aliases`: field, old value, present value ("" for none)."""


def keep_successors(db: sqlite3.Connection, version: int, release: Release) -> None:
    """Keep what the values of a version, as they are stored now, become with this release."""
    row = db.execute("SELECT source, place FROM versions WHERE version = ?", (version,)).fetchone()
    found = [*_values(row, release), *_people(db, version, release)]
    db.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)", [(*each, version) for each in found])


def _values(row: sqlite3.Row, release: Release) -> Iterator[Alias]:
    for field, now in (("source", release.source), ("place", release.place)):
        if row[field] and row[field] != now:
            yield field, row[field], now


def _people(db: sqlite3.Connection, version: int, release: Release) -> Iterator[Alias]:
    """The slugs of names that are no longer there, each with that of the name whose mention stands at its words."""
    now = {slug(person.name) for person in release.people}
    for place, name in db.execute(
        "SELECT place, name FROM appearances WHERE version = ? AND kind NOT IN ('unresolved', 'inferred')", (version,)
    ).fetchall():
        for old in {slug(name), former_slug(name)} - now:
            yield "person", old, _successor(db, version, place, release) or _nearly_spelt(old, now)


def _nearly_spelt(old: str, now: set[str]) -> str:
    """The one slug that is an old one without a letter or two at its end, as where broken letters were put right."""
    found = [each for each in now if old.startswith(each) and len(old) - len(each) <= 2 and len(each) > 5]
    return found[0] if len(found) == 1 else ""


def _successor(db: sqlite3.Connection, version: int, place: int, release: Release) -> str:
    """The slug of the person who is named now where one was named before; "" where nobody is."""
    spans = {
        (part, start, stop)
        for part, start, stop in db.execute(
            "SELECT part, start, stop FROM mentions WHERE version = ? AND place = ? AND start >= 0", (version, place)
        )
    }
    for person in release.people:
        for mention in person.mentions:
            if any(
                part == mention.part and start < mention.end and mention.start < stop for part, start, stop in spans
            ):
                return slug(person.name)
    return ""
