"""Plans corrections of an archive: which apply, by work, and which cannot, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.corrections import Correction, CorrectionField, Corrections, Identities, Problem, follow_moves

if TYPE_CHECKING:
    from archive.store.archive import Archive

KnownWorks = Callable[[Iterable[str]], dict[str, int]]
"""Which of some ids an archive knows, and how many versions each work has."""

KnownPeople = Callable[[Iterable[str]], set[str]]
"""Which of some slugs an archive knows."""


@dataclass(frozen=True, slots=True)
class ReconcilePlan:
    """The corrections to apply, by work and of people, and the problems of those that cannot be."""

    by_work: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    of_people: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        """How many corrections are to be applied."""
        return sum(map(len, self.by_work.values())) + len(self.of_people)


def plan_for_archive(archive: Archive, corrections: Corrections) -> ReconcilePlan:
    """Plan corrections for an archive; those of a moved version follow it."""
    return plan_corrections(
        follow_moves(corrections, archive.moved_to), archive.existing_works, archive.existing_people
    )


def plan_corrections(corrections: Corrections, known_works: KnownWorks, known_people: KnownPeople) -> ReconcilePlan:
    """Plan corrections for an archive that has these works and people."""
    made = [each for each in corrections.corrections if each.field in (CorrectionField.PERSON, CorrectionField.ANOTHER)]
    validator = _Validator(
        known_works({work for each in corrections.corrections for work in (each.release, *each.releases) if work}),
        known_people({slug for each in corrections.corrections for slug in (each.person, each.slug) if slug})
        | {each.slug for each in made},
    )
    by_work: dict[str, list[Correction]] = {}
    of_people: list[Correction] = []
    for correction in corrections.corrections:
        if reason := validator.reason_against(correction, of_people):
            validator.problems.append(Problem(correction.line, reason))
        elif correction.release:
            by_work.setdefault(correction.release, []).append(correction)
        else:
            of_people.append(correction)
    problems = sorted((*corrections.problems, *validator.problems), key=lambda each: each.line)
    return ReconcilePlan({work: tuple(found) for work, found in by_work.items()}, tuple(of_people), tuple(problems))


class _Validator:
    """Checks corrections against the works and people there are."""

    def __init__(self, works: dict[str, int], people: set[str]) -> None:
        self.works, self.people = works, people
        self.problems: list[Problem] = []

    def reason_against(self, correction: Correction, before: list[Correction]) -> str:
        """Why a correction cannot hold beside those before it, or ""."""
        if correction.release and correction.release not in self.works:
            return f"no release here has the id “{correction.release}”; it is the part of an address after /release/"
        if correction.version > self.works.get(correction.release, correction.version):
            return f"“{correction.release}” has no version {correction.version}, only {self.works[correction.release]}"
        if correction.person and correction.person not in self.people:
            return f"nobody here has the slug “{correction.person}”; it is the part of an address after /people/"
        named = correction.field in (CorrectionField.SAME_AS, CorrectionField.NOT_PERSON) and correction.value
        if named and correction.slug not in self.people:
            return f"nobody here has the slug “{correction.slug}”; it is the part of an address after /people/"
        if (
            correction.field is CorrectionField.SAME_AS
            and Identities(before).canonical_slug(correction.slug) == correction.person
        ):
            return f"a correction above says that “{correction.slug}” is “{correction.person}”; take one of the two out"
        strange = [work for work in correction.releases if work not in self.works]
        if strange:
            return f"no release here has the id “{strange[0]}” (in releases)"
        return ""
