"""Reads the people of name keys as the releases alone tell of them, before any correction, in families.

A family is the keys of spellings that share a slug.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from archive.corrections import Correction
from archive.ids import name_key
from archive.store.addresses import current_slug, keys_meant
from archive.store.identities.bindings import Binder, Group, Someone, Unbound, join_keys
from archive.store.identities.partition import Appearance, partition
from archive.store.sql import in_chunks, placeholders

OF_KEYS = "FROM names n JOIN spellings s USING (name) JOIN people p ON p.person = s.person AND p.origin != 'surname'"
IN_RELEASES = "JOIN appearances a ON a.person = p.person AND a.name = n.name AND a.kind != 'inferred'"
_APPEARANCES = f"""
SELECT a.version, a.place, w.id, a.name, a.role, v.source, cast(substr(v.published, 1, 4) AS INTEGER), a.person
{OF_KEYS} {IN_RELEASES} JOIN versions v USING (version) JOIN works w USING (work) WHERE n.key = ?
"""
ON_ONE_ROW = f"""
SELECT DISTINCT n.key, o.key {OF_KEYS} JOIN spellings t ON t.person = p.person
JOIN names o ON o.name = t.name AND o.key != n.key AND instr(o.name, ' ') > 0 WHERE n.key IN ({{}})
"""
_OF_ONE_SLUG = "SELECT n.key, o.key FROM names n JOIN names o ON o.slug = n.slug AND o.key != n.key WHERE n.key IN ({})"


def find_unbound(db: sqlite3.Connection, corrections: Sequence[Correction]) -> tuple[Unbound, ...]:
    """The corrections of people that mean nobody, or several, whatever corrections the archive has now."""
    families = Families(db)
    return tuple(each for group in families.groups(corrections) for each in families.bind(group).unbound)


class Families:
    """The people of name keys in an archive."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def groups(self, corrections: Iterable[Correction]) -> list[Group]:
        """The corrections of people in groups that concern each other."""
        # A slug that was somebody's when the correction was made may be another by now.
        now = [(each, current_slug(self.db, each.person)) for each in corrections]
        current = [each if person == each.person else replace(each, person=person) for each, person in now]
        return join_keys(current, lambda wanted: keys_meant(self.db, wanted))

    def bind(self, group: Group, families: Iterable[frozenset[str]] = ()) -> Binder:
        """The people of a group with its corrections applied; `families` where they are known already."""
        found = families or self.of_keys(group.keys)
        binder = Binder([one for each in found if not each.isdisjoint(group.keys) for one in self.people(each)])
        binder.apply(group.corrections)
        return binder

    def of_keys(self, keys: Iterable[str]) -> list[frozenset[str]]:
        """These keys, those of spellings that share a slug together: `Henry "Hank" Roe` and `Henry Hank Roe`."""
        keys = set(keys)
        for chunk in in_chunks(sorted(keys)):
            keys |= {other for _, other in self.select(ON_ONE_ROW, chunk)}
        found = {key: {key} for key in keys}
        new = keys
        while new:
            seen = set(found)
            for chunk in in_chunks(sorted(new)):
                for key, other in self.select(_OF_ONE_SLUG, chunk):
                    merged = found.setdefault(key, {key}) | found.setdefault(other, {other})
                    found |= dict.fromkeys(merged, merged)
            new = found.keys() - seen
        return sorted({frozenset(some) for some in found.values()}, key=min)

    def people(self, family: frozenset[str]) -> list[Someone]:
        """The people of these keys, as the releases alone tell."""
        rows = [Appearance(*row) for key in sorted(family) for row in self.db.execute(_APPEARANCES, (key,))]
        return [Someone(_main_key(appearances), appearances) for appearances in partition(rows)]

    def select(self, sql: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a query with as many values as its placeholders are to hold."""
        return map(tuple, self.db.execute(sql.format(placeholders(values)), values).fetchall())


def _main_key(appearances: Sequence[Appearance]) -> str:
    """The key of the commonest spelling, of equals the first."""
    counts = Counter(name_key(each.name) for each in appearances)
    return min(counts, key=lambda key: (-counts[key], key))
