"""The people of a release by the way it mentions them: those it quotes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.release import Kind, KnownPerson, Person

_TITLES = {
    "Quoted": (Kind.SPEAKER,),
    "Named": (Kind.NAMED, Kind.INFERRED),
    "Wrote it": (Kind.BYLINE,),
    "Contact": (Kind.CONTACT,),
    "Named by surname alone": (Kind.UNRESOLVED,),
}


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People mentioned in one way, in the order of the text, each as the archive and as the release knows them."""

    title: str
    people: tuple[tuple[KnownPerson, Person], ...]


def group_people(people: Sequence[tuple[KnownPerson, Person]]) -> list[PeopleGroup]:
    """The people by kind; kinds that nobody has are left out."""
    groups = (
        PeopleGroup(title, tuple(pair for pair in people if pair[1].kind in kinds)) for title, kinds in _TITLES.items()
    )
    return [group for group in groups if group.people]
