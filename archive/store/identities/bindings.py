"""Applies corrections of people to the people that the releases tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.corrections import Correction, CorrectionField
from archive.ids import name_key, slug
from archive.store.identities.partition import Appearance


@dataclass(slots=True, eq=False)
class Someone:
    """A person as they are to be: their appearances, and what corrections say of them.

    `key` is that of the spellings by which they are called: after a `same-as` that of the one whom others were found
    to be. `is_apart` where a correction says that these appearances are someone else's than their spelling tells.
    """

    key: str
    appearances: list[Appearance]
    given: str | None = None
    is_hidden: bool = False
    is_apart: bool = False

    def is_meant_by(self, wanted: str) -> bool:
        """Whether a slug is that of a spelling of theirs, or of the name that a correction gives them."""
        if self.given and slug(self.given) == wanted:
            return True
        return not self.is_apart and any(slug(each.name) == wanted for each in self.appearances)


class Unbound(NamedTuple):
    """A correction that cannot be applied, since a slug in it means nobody, or several people; and why."""

    correction: Correction
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Keys that corrections join, and those corrections, in order."""

    keys: frozenset[str]
    corrections: tuple[Correction, ...]


def join_keys(corrections: Iterable[Correction], keys_meant: Callable[[str], set[str]]) -> list[Group]:
    """The corrections of people in groups that share no key; `keys_meant` gives the keys that a slug may mean."""
    groups: list[tuple[set[str], list[Correction]]] = []
    for correction in corrections:
        keys = keys_meant(correction.person)
        if correction.field in (CorrectionField.SAME_AS, CorrectionField.ANOTHER):
            keys |= keys_meant(correction.slug)
        sharing = [group for group in groups if not group[0].isdisjoint(keys)]
        groups = [group for group in groups if group not in sharing]
        merged = sorted((each for _, some in sharing for each in some), key=lambda each: each.line)
        groups.append((keys.union(*(some for some, _ in sharing)), [*merged, correction]))
    return [Group(frozenset(keys), tuple(some)) for keys, some in groups]


@dataclass(slots=True)
class Binder:
    """People, and the corrections applied to them so far."""

    people: list[Someone]
    unbound: list[Unbound] = field(default_factory=list)
    _as_read: dict[str, list[Someone]] = field(default_factory=dict)

    def apply(self, corrections: Sequence[Correction]) -> None:
        """Apply corrections of people: who is another first (of two the later holds), who is the same last."""
        for wanted in {one for each in corrections for one in (each.person, each.slug)}:
            self._as_read[wanted] = find_meant(self.people, wanted)
        for correction in reversed(corrections):
            if correction.field is CorrectionField.ANOTHER and (one := self._find(correction, correction.person)):
                self._split(one, correction)
        for correction in corrections:
            if correction.field in (CorrectionField.NAME, CorrectionField.NOT_PERSON) and (
                one := self._find(correction, correction.person)
            ):
                one.given = correction.value if correction.field is CorrectionField.NAME else one.given
                one.is_hidden |= correction.field is CorrectionField.NOT_PERSON
        for correction in corrections:
            if correction.field is CorrectionField.SAME_AS:
                one, other = self._find(correction, correction.person), self._find(correction, correction.slug)
                if one and other and one is not other:
                    other.appearances += one.appearances
                    self.people.remove(one)

    def _split(self, one: Someone, correction: Correction) -> None:
        """Give the appearances that a correction speaks of to someone else."""
        moving = [
            each
            for each in one.appearances
            if correction.spelling in ("", each.name) and (not correction.releases or each.work in correction.releases)
        ]
        if not moving:
            return
        other = next((each for each in self.people if each.is_meant_by(correction.slug)), None)
        if other is None:
            other = Someone(name_key(correction.value), [], given=correction.value, is_apart=True)
            self.people.append(other)
        if other is not one:
            other.appearances += moving
            one.appearances = [each for each in one.appearances if each not in moving]

    def _find(self, correction: Correction, wanted: str) -> Someone | None:
        """The one whom a slug means; where only corrections made them several, the one whom it meant before."""
        found = find_meant(self.people, wanted)
        if len(found) > 1 and len(before := self._as_read.get(wanted, [])) == 1 and before[0] in self.people:
            found = before
        if len(found) != 1:
            self.unbound.append(Unbound(correction, reason_against(wanted, found)))
        return found[0] if len(found) == 1 else None


def find_meant(people: Sequence[Someone], wanted: str) -> list[Someone]:
    """The people whom a slug may mean: by a spelling, by `<slug>-<id>` of a release that names them, by their key."""
    spelt, _, work = wanted.rpartition("-")
    return (
        [one for one in people if one.is_meant_by(wanted)]
        or [one for one in people if any(each.work == work and slug(each.name) == spelt for each in one.appearances)]
        or [one for one in people if not one.is_apart and one.key == wanted]
        or [one for one in people if not one.is_apart and any(name_key(e.name) == wanted for e in one.appearances)]
    )


def reason_against(wanted: str, found: Sequence[Someone]) -> str:
    """Why a correction cannot mean this slug."""
    if not found:
        return f"nobody here has the slug “{wanted}”; it is the part of an address after /people/"
    firsts = [min(one.appearances, key=lambda each: (each.work, each.name)) for one in found if one.appearances]
    choices = sorted(f"{slug(first.name)}-{first.work}" for first in firsts)
    return f"“{wanted}” means {len(found)} people here; choose one: {' or '.join(choices)}"
