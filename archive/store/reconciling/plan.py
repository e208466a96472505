"""Plans corrections of an archive: which apply, by work, and which cannot, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.corrections import Correction, CorrectionField, Corrections, Problem, ValueSubject, follow_moves

if TYPE_CHECKING:
    from archive.store.archive import Archive

KnownWorks = Callable[[Iterable[str]], dict[str, int]]
"""Which of some ids an archive knows, and how many versions each work has."""

KnownPeople = Callable[[str], list[str]]
"""The slugs of the people whom a slug means in an archive; several where they share a spelling."""

KnownValue = Callable[[ValueSubject, str], str]
"""The source or place that an archive has for a name; "" where it has none."""


@dataclass(frozen=True, slots=True)
class ReconcilePlan:
    """The corrections to apply, by work and of people, and the problems of those that cannot be."""

    by_work: dict[str, tuple[Correction, ...]] = field(default_factory=dict)
    of_people: tuple[Correction, ...] = ()
    of_values: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def count(self) -> int:
        """How many corrections are to be applied."""
        return sum(map(len, self.by_work.values())) + len(self.of_people) + len(self.of_values)


def plan_for_archive(archive: Archive, corrections: Corrections) -> ReconcilePlan:
    """Plan corrections for an archive; those of a moved version follow it."""
    return plan_corrections(
        follow_moves(corrections, archive.moved_to), archive.existing_works, archive.slugs_meant, archive.current_value
    )


def plan_corrections(
    corrections: Corrections, known_works: KnownWorks, known_people: KnownPeople, known_value: KnownValue
) -> ReconcilePlan:
    """Plan corrections for an archive that has these works, people, sources and places."""
    validator = _Validator(
        known_works({work for each in corrections.corrections for work in (each.release, *each.releases) if work}),
        known_people,
        known_value,
        {
            each.slug
            for each in corrections.corrections
            if each.field in (CorrectionField.PERSON, CorrectionField.ANOTHER)
        },
    )
    by_work: dict[str, list[Correction]] = {}
    of_people: list[Correction] = []
    of_values: list[Correction] = []
    for correction in corrections.corrections:
        if reason := validator.reason_against(correction, of_people):
            validator.problems.append(Problem(correction.line, reason))
        elif correction.release:
            by_work.setdefault(correction.release, []).append(correction)
        elif correction.subject:
            of_values.append(correction)
        else:
            of_people.append(correction)
    problems = sorted((*corrections.problems, *validator.problems), key=lambda each: each.line)
    plans = {work: tuple(found) for work, found in by_work.items()}
    return ReconcilePlan(plans, tuple(of_people), tuple(of_values), tuple(problems))


class _Validator:
    """Checks corrections against what there is; `made` are the slugs of people whom corrections make."""

    def __init__(
        self, works: dict[str, int], known_people: KnownPeople, known_value: KnownValue, made: set[str]
    ) -> None:
        self.works, self.known_people, self.known_value, self.made = works, known_people, known_value, made
        self.problems: list[Problem] = []

    def reason_against(self, correction: Correction, before: list[Correction]) -> str:
        """Why a correction cannot hold beside those before it, or ""."""
        if correction.release and correction.release not in self.works:
            return f"no release here has the id “{correction.release}”; it is the part of an address after /release/"
        if correction.version > self.works.get(correction.release, correction.version):
            return f"“{correction.release}” has no version {correction.version}, only {self.works[correction.release]}"
        if correction.subject:
            return self._reason_against_value(correction)
        named = correction.field in (CorrectionField.SAME_AS, CorrectionField.NOT_PERSON) and correction.value
        for slug in (correction.person, correction.slug if named else ""):
            if slug and (reason := self._reason_against_person(slug, one=not correction.release)):
                return reason
        if correction.field is CorrectionField.SAME_AS and _end_of_chain(correction.slug, before) == correction.person:
            return f"a correction above says that “{correction.slug}” is “{correction.person}”; take one of the two out"
        strange = [work for work in correction.releases if work not in self.works]
        if strange:
            return f"no release here has the id “{strange[0]}” (in releases)"
        return ""

    def _reason_against_value(self, correction: Correction) -> str:
        subject = correction.subject
        assert subject
        named = correction.value if correction.field is CorrectionField.SAME_AS else ""
        for name in (correction.subject_value, named):
            if name and not self.known_value(subject, name):
                return f"no {subject} here is called “{name}”; write it as its page does"
        return ""

    def _reason_against_person(self, slug: str, *, one: bool) -> str:
        """Why a slug cannot stand here: it means nobody, or, where `one` is meant, several."""
        found = self.known_people(slug)
        if not found and slug not in self.made:
            return f"nobody here has the slug “{slug}”; it is the part of an address after /people/"
        if one and len(found) > 1:
            return f"“{slug}” means {len(found)} people here; say which: {' or '.join(found)}"
        return ""


def _end_of_chain(slug: str, corrections: list[Correction]) -> str:
    """Who a person is found to be in the end, by these corrections."""
    same = {each.person: each.slug for each in corrections if each.field is CorrectionField.SAME_AS}
    seen = {slug}
    while (other := same.get(slug)) and other not in seen:
        seen.add(other)
        slug = other
    return slug
