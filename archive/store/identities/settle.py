"""Settles who is who: brings people's rows into the state that appearances and corrections ask for.

Only the keys that were touched are looked at (table `unsettled`), with those that corrections join to them. The result
is a function of what the archive holds: the same in any order of adding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from archive.corrections import Correction
from archive.ids import slug
from archive.store.identities.bindings import Someone
from archive.store.identities.families import IN_RELEASES, OF_KEYS, ON_ONE_ROW, Families
from archive.store.identities.partition import Appearance, may_be_several
from archive.store.identities.slugs import update_names_and_slugs
from archive.store.identities.surnames import attach_surnames, name_evidence
from archive.store.sql import in_chunks, placeholders

if TYPE_CHECKING:
    from archive.store.writing import WriteTransaction

_SPELLINGS = f"SELECT n.key, n.name, p.person, s.uses {OF_KEYS} WHERE n.key IN ({{}})"
_NAMED_TOGETHER = f"""
SELECT DISTINCT n.key {OF_KEYS} {IN_RELEASES} WHERE n.key IN ({{}})
GROUP BY n.key, a.version HAVING count(DISTINCT a.name) > 1
"""
# People whom a correction made what they are: it may hold no longer.
_CORRECTED = f"""
SELECT DISTINCT n.key {OF_KEYS} WHERE n.key IN ({{}}) AND (p.given IS NOT NULL OR p.hidden OR p.key != n.key)
"""


def settle_people(transaction: WriteTransaction, corrections: Sequence[Correction]) -> None:
    """Settle the people whose keys are unsettled."""
    transaction.rows.write()
    keys = {row["key"] for row in transaction.db.execute("SELECT key FROM unsettled")}
    if keys:
        _Settler(transaction, corrections).settle(keys)
        transaction.db.execute("DELETE FROM unsettled")


class _Settler:
    """Settles keys within one transaction."""

    def __init__(self, transaction: WriteTransaction, corrections: Sequence[Correction]) -> None:
        self.transaction, self.db = transaction, transaction.db
        self.families = Families(self.db)
        self._groups = self.families.groups(corrections)
        self._slugs: set[str] = set()
        self._taken: set[int] = set()

    def settle(self, keys: set[str]) -> None:
        """Settle these keys and those that corrections join to them."""
        families = self.families.of_keys(keys)
        groups = [group for group in self._groups if not group.keys.isdisjoint(keys.union(*families))]
        families = self.families.of_keys(keys.union(*(group.keys for group in groups)))
        every = frozenset().union(*families)
        joined = {key for group in groups for key in group.keys}
        self._note_slugs(every)
        several = self._keys_of_several(every) | self._keys_on_shared_rows(every)
        for family in families:
            if family.isdisjoint(joined) and (len(family) > 1 or not family.isdisjoint(several)):
                self._write(self.families.people(family))
        for group in groups:
            self._write(self.families.bind(group, families).people)
        surnames = attach_surnames(self.transaction, every)
        self._forget_unused(every | surnames)  # first: what it leaves of slugs is free
        name_evidence(self.transaction, update_names_and_slugs(self.transaction, self._slugs))

    def _keys_of_several(self, keys: Iterable[str]) -> set[str]:
        """The keys that need more than a slug: of several people now, or of spellings that may be of several."""
        found: set[str] = set()
        for chunk in in_chunks(sorted(keys)):
            people: dict[str, set[int]] = defaultdict(set)
            uses: dict[str, Counter[str]] = defaultdict(Counter)
            for key, name, person, count in self.families.select(_SPELLINGS, chunk):
                people[key].add(person)
                uses[key][name] += count
            spelt_variously = [key for key in chunk if len(uses[key]) > 1]
            found |= {key for key in chunk if len(people[key]) > 1}
            found |= {key for key in spelt_variously if may_be_several(uses[key])}
            found |= {key for (key,) in self.families.select(_CORRECTED, chunk)}
            found |= {key for (key,) in self.families.select(_NAMED_TOGETHER, spelt_variously)}
        return found

    def _keys_on_shared_rows(self, keys: Iterable[str]) -> set[str]:
        """The keys among these that share a row with another key: a correction joined them, and may hold no longer."""
        found: set[str] = set()
        for chunk in in_chunks(sorted(keys)):
            found |= {key for pair in self.families.select(ON_ONE_ROW, chunk) for key in pair}
        return found & set(keys)

    def _write(self, people: Sequence[Someone]) -> None:
        """Give each of these people a row, and their appearances to it."""
        for one in people:
            if not one.appearances:
                continue
            votes = Counter(each.person for each in one.appearances)
            free = [
                person for person in sorted(votes, key=lambda each: (-votes[each], each)) if person not in self._taken
            ]
            name = one.given or min(each.name for each in one.appearances)
            person = free[0] if free else self.transaction.insert_person(one.key, name)
            self._taken.add(person)
            self.transaction.people |= votes.keys() | {person}
            self._move([each for each in one.appearances if each.person != person], person)
            self._note_correction(one, person)

    def _move(self, appearances: Sequence[Appearance], person: int) -> None:
        self.transaction.rows.write()
        self.db.executemany(
            "UPDATE appearances SET person = ? WHERE version = ? AND place = ?",
            [(person, each.version, each.place) for each in appearances],
        )
        self.transaction.stale_checksums |= {each.version for each in appearances}
        if appearances:
            self.transaction.mark_changed(*{each.work for each in appearances})

    def _note_correction(self, one: Someone, person: int) -> None:
        """Store the key that a person goes by, and what corrections say of them."""
        row = (one.key, one.given, int(one.is_hidden), "correction" if one.is_apart else "read")
        changed = self.db.execute(
            "UPDATE people SET key = ?, given = ?, hidden = ?, origin = ? "
            "WHERE person = ? AND (key, given, hidden, origin) IS NOT (?, ?, ?, ?)",
            (*row, person, *row),
        ).rowcount
        if changed:
            self.transaction.mark_changed(*{each.work for each in one.appearances})
            self._slugs |= {slug(one.given)} if one.given else set()

    def _note_slugs(self, keys: Iterable[str]) -> None:
        for chunk in in_chunks(sorted(keys)):
            self._slugs |= {
                found for (found,) in self.families.select("SELECT slug FROM names WHERE key IN ({})", chunk)
            }

    def _forget_unused(self, keys: Iterable[str]) -> None:
        """Delete the people of these keys whom no release names, and the spellings that none has."""
        for chunk in in_chunks(sorted(keys)):
            self.db.execute(
                f"DELETE FROM people WHERE key IN ({placeholders(chunk)}) "
                "AND NOT EXISTS (SELECT 1 FROM appearances a WHERE a.person = people.person)",
                chunk,
            )
            self.db.execute(
                f"DELETE FROM names WHERE key IN ({placeholders(chunk)}) "
                "AND NOT EXISTS (SELECT 1 FROM spellings s WHERE s.name = names.name)",
                chunk,
            )
