"""Finds what an address means: one that was given once leads on, whatever rules or lists have changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from archive.apostrophes import MODIFIERS
from archive.ids import slug

_SPELT = """
SELECT DISTINCT p.person FROM names n JOIN spellings s USING (name)
JOIN people p ON p.person = s.person AND p.origin = 'read' WHERE n.{} = ?
"""
_IN_RELEASE = """
SELECT DISTINCT a.person FROM works w JOIN versions v USING (work) JOIN appearances a USING (version)
JOIN names n USING (name) JOIN people p ON p.person = a.person AND p.origin != 'surname' WHERE w.id = ? AND n.slug = ?
"""


def people_meant(db: sqlite3.Connection, wanted: str) -> list[int]:
    """The rows of the people whom a slug means, in order; several where people share a spelling.

    In this order: by the slug of a spelling, or of the name that a correction gives; by `<slug>-<id>` with the id of
    any release that names them; by the key that all spellings of a name share; by what became of the slug.
    """
    todo, seen = [wanted], {wanted}
    while todo:
        each = todo.pop(0)
        if found := _meant_now(db, each):
            return found
        rows = db.execute("SELECT DISTINCT now FROM aliases WHERE field = 'person' AND old = ? ORDER BY now", (each,))
        todo += [now for (now,) in rows if now not in seen]
        seen.update(todo)
    return []


def keys_meant(db: sqlite3.Connection, wanted: str) -> set[str]:
    """The keys of the spellings that a slug may mean; the slug itself where there are none."""
    spelt, _, work = wanted.rpartition("-")
    rows = (
        db.execute("SELECT DISTINCT key FROM names WHERE slug = ?", (wanted,)).fetchall()
        or db.execute(
            "SELECT DISTINCT n.key FROM works w JOIN versions v USING (work) JOIN appearances a USING (version) "
            "JOIN names n USING (name) WHERE w.id = ? AND n.slug = ?",
            (work, spelt),
        ).fetchall()
    )
    return {row[0] for row in rows} or {wanted}


def current_slug(db: sqlite3.Connection, wanted: str) -> str:
    """The slug, or, where no spelling has it any more, the one it became; itself where it became none, or several."""
    seen = {wanted}
    now = wanted
    while not _is_known(db, now):
        now = sole_successor(db, "person", now)
        if not now or now in seen:
            return wanted
        seen.add(now)
    return now


def _is_known(db: sqlite3.Connection, wanted: str) -> bool:
    return bool(
        db.execute("SELECT 1 FROM names WHERE slug = :wanted OR key = :wanted LIMIT 1", {"wanted": wanted}).fetchone()
        or db.execute("SELECT 1 FROM people WHERE slug = ?", (wanted,)).fetchone()
    )


def _meant_now(db: sqlite3.Connection, wanted: str) -> list[int]:
    spelt, _, work = wanted.rpartition("-")
    found = {person for (person,) in db.execute(_SPELT.format("slug"), (wanted,))}
    found |= {person for (person,) in db.execute("SELECT person FROM people WHERE slug = ?", (wanted,))}
    given = db.execute("SELECT person, given FROM people WHERE given IS NOT NULL")
    found |= {person for person, name in given if slug(name) == wanted}
    if not found and work:
        found = {person for (person,) in db.execute(_IN_RELEASE, (work, spelt))}
    found = found or {person for (person,) in db.execute(_SPELT.format("key"), (wanted,))}
    return sorted(found or _meant_before_renewal(db, wanted))


def _meant_before_renewal(db: sqlite3.Connection, wanted: str) -> set[int]:
    """Whom a slug means in an archive that was not read again since slugs leave out apostrophes that are letters."""
    rows = db.execute("SELECT DISTINCT slug FROM names WHERE slug GLOB ?", (f"*[{MODIFIERS}]*",)).fetchall()
    slugs = [old for (old,) in rows if slug(old) == wanted]
    return {person for old in slugs for (person,) in db.execute(_SPELT.format("slug"), (old,))}


def was_ever(db: sqlite3.Connection, wanted: str) -> bool:
    """Whether a slug was somebody's once, though it leads to nobody now."""
    return db.execute("SELECT 1 FROM aliases WHERE field = 'person' AND old = ?", (wanted,)).fetchone() is not None


def keep_aliases(db: sqlite3.Connection, pairs: Sequence[tuple[str, str, str]]) -> None:
    """Keep what became of values in the archive as a whole: field, old value, and the present one ("" for none)."""
    db.executemany(
        "INSERT OR IGNORE INTO aliases (field, old, now) VALUES (?, ?, ?)",
        [each for each in pairs if each[1] != each[2]],
    )


def is_spelling(db: sqlite3.Connection, field: str, value: str) -> bool:
    """Whether some release has a source or place so, whatever it is called."""
    return db.execute(f"SELECT 1 FROM versions WHERE {field} = ? LIMIT 1", (value,)).fetchone() is not None


def current_value(db: sqlite3.Connection, field: str, value: str) -> str:
    """The value that stands for one that was given once: itself where some release has it, else its successor.

    Of several successors the one that most versions have, then the first in order; "" where there is none.
    """
    todo, seen = [value], {value}
    while todo:
        each = todo.pop(0)
        named = db.execute("SELECT name FROM value_names WHERE field = ? AND spelling = ?", (field, each)).fetchone()
        if named or is_spelling(db, field, each):
            return str(named["name"]) if named else each
        if db.execute("SELECT 1 FROM value_names WHERE field = ? AND name = ? LIMIT 1", (field, each)).fetchone():
            return each
        rows = db.execute(
            f"SELECT DISTINCT a.now, (SELECT count(*) FROM versions v WHERE v.{field} = a.now) AS uses FROM aliases a "
            "WHERE a.field = ? AND a.old = ? AND a.now != '' ORDER BY uses DESC, a.now",
            (field, each),
        )
        todo += [row["now"] for row in rows if row["now"] not in seen]
        seen.update(todo)
    return ""


def sole_successor(db: sqlite3.Connection, field: str, value: str) -> str:
    """The one value that took the place of a slug, source or place (`field`); "" where there is none, or several."""
    rows = db.execute(
        "SELECT DISTINCT now FROM aliases WHERE field = ? AND old = ? AND now != ''", (field, value)
    ).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""
