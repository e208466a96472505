"""Chooses the name a person is called by, and the slug that their address shows.

Every spelling has a slug of its letters, and each leads to whoever is spelt so (`archive.store.identities.lookup`).
Shown is the slug of the commonest spelling that nobody else has; of people who share all theirs, `<slug>-<id>` with the
id of the first release that names them, by date, then id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from archive.ids import slug
from archive.store.sql import in_chunks, placeholders

if TYPE_CHECKING:
    from archive.store.writing import WriteTransaction

_HOLDERS = """
SELECT n.slug, p.person FROM names n JOIN spellings s USING (name)
JOIN people p ON p.person = s.person AND p.origin = 'read' WHERE n.slug IN ({})
"""
_SPELLINGS = """
SELECT p.person, n.name, n.slug FROM people p JOIN spellings s USING (person) JOIN names n ON n.name = s.name
WHERE p.person IN ({})
ORDER BY p.person, n.key != p.key, instr(n.name, ' ') = 0, s.uses DESC, length(n.name) DESC, n.name
"""
_FIRST_RELEASE = """
SELECT w.id FROM appearances a JOIN names n USING (name) JOIN versions v USING (version) JOIN works w USING (work)
WHERE a.person = ? ORDER BY n.slug != ?, v.published = '', v.published, w.id LIMIT 1
"""


class _Row(NamedTuple):
    """A person's row as it is now."""

    person: int
    slug: str
    name: str
    given: str | None
    origin: str


def update_names_and_slugs(transaction: WriteTransaction, slugs: Iterable[str]) -> set[int]:
    """Choose anew the names and slugs of all people whom one of these slugs may mean; returns those that changed."""
    chooser = _Chooser(transaction)
    people: set[int] = set(transaction.people)
    for chunk in in_chunks(sorted(slugs)):
        people |= {row["person"] for row in transaction.db.execute(_HOLDERS.format(placeholders(chunk)), chunk)}
    return chooser.update(sorted(people))


class _Chooser:
    """Chooses names and slugs within one transaction."""

    def __init__(self, transaction: WriteTransaction) -> None:
        self.transaction, self.db = transaction, transaction.db
        self._given: dict[str, set[int]] = defaultdict(set)
        for person, given in self.db.execute("SELECT person, given FROM people WHERE given IS NOT NULL"):
            self._given[slug(given)].add(person)

    def update(self, people: list[int]) -> set[int]:
        """Update the rows of these people where name or slug change; returns those people."""
        people = sorted({*people, *(person for some in self._given.values() if len(some) > 1 for person in some)})
        wanted: dict[int, tuple[str, str]] = {}
        rows: dict[int, _Row] = {}
        for chunk in in_chunks(people):
            some = self._rows(chunk)
            rows |= some
            wanted |= self._choose(some)
        changed = {person: new for person, new in wanted.items() if new != (rows[person].name, rows[person].slug)}
        for person in changed:  # out of the way first: two may exchange their slugs
            self.db.execute("UPDATE people SET slug = ? WHERE person = ?", (f"~{person}", person))
        for person, (name, shown) in changed.items():
            self.db.execute("UPDATE people SET name = ?, slug = ? WHERE person = ?", (name, shown, person))
            self._mark_changed(person)
        self.transaction.people |= changed.keys()
        return set(changed)

    def _rows(self, people: Sequence[int]) -> dict[int, _Row]:
        found = self.db.execute(
            f"SELECT person, slug, name, given, origin FROM people WHERE person IN ({placeholders(people)}) "
            "AND origin != 'surname'",
            people,
        )
        return {row["person"]: _Row(*row) for row in found}

    def _choose(self, rows: dict[int, _Row]) -> dict[int, tuple[str, str]]:
        """The name and the slug of each person."""
        spelt: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for person, name, found in self.db.execute(_SPELLINGS.format(placeholders(list(rows))), list(rows)):
            spelt[person].append((name, found))
        holders = self._holders({found for some in spelt.values() for _, found in some})
        chosen = {}
        for person, row in rows.items():
            if not spelt[person]:
                continue  # nobody any more
            slugs = [found for _, found in spelt[person]]
            if row.origin == "correction" and row.given:
                slugs = [slug(row.given)]
            free = [each for each in slugs if not (holders[each] | self._given[each]) - {person}]
            shown = free[0] if free else f"{slugs[0]}-{self._first_release(person, slugs[0])}"
            chosen[person] = (row.given or spelt[person][0][0], shown)
        return chosen

    def _holders(self, slugs: set[str]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for chunk in in_chunks(sorted(slugs)):
            for each, person in self.db.execute(_HOLDERS.format(placeholders(chunk)), chunk):
                found[each].add(person)
        return found

    def _first_release(self, person: int, spelt: str) -> str:
        """The id of the first release that names a person by a spelling of this slug, if one does."""
        return str(self.db.execute(_FIRST_RELEASE, (person, spelt)).fetchone()[0])

    def _mark_changed(self, person: int) -> None:
        """Let the next index update see the works that name a person whose name or slug changed."""
        rows = self.db.execute(
            "SELECT DISTINCT w.id FROM appearances a JOIN versions v USING (version) JOIN works w USING (work) "
            "WHERE a.person = ?",
            (person,),
        ).fetchall()
        self.transaction.mark_changed(*(row["id"] for row in rows))
