"""Plans corrections of an archive: which apply, by work, and which cannot, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.corrections import Correction, CorrectionField, Corrections, Problem, ValueSubject, follow_moves

if TYPE_CHECKING:
    from archive.store.archive import Archive

KnownWorks = Callable[[Iterable[str]], dict[str, int]]
"""Which of some ids an archive knows, and how many versions each work has."""

KnownPerson = Callable[[str], bool]
"""Whether a slug is somebody's in an archive, or was."""

KnownValue = Callable[[ValueSubject, str], bool]
"""Whether a name is that of a source or place in an archive, or was."""

UnboundPeople = Callable[[Sequence[Correction]], list[tuple[int, str]]]
"""The lines of the corrections of people that mean nobody, or several, in an archive, and why."""


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
        follow_moves(corrections, archive.moved_to),
        archive.existing_works,
        archive.is_or_was_person,
        archive.is_value,
        archive.find_unbound,
    )


def plan_corrections(
    corrections: Corrections,
    known_works: KnownWorks,
    known_person: KnownPerson,
    known_value: KnownValue,
    unbound_people: UnboundPeople,
) -> ReconcilePlan:
    """Plan corrections for an archive that has these works, people, sources and places.

    Whether one can hold must not depend on its holding already: it would be taken back the next time.
    """
    added = {each.slug for each in corrections.corrections if each.field is CorrectionField.PERSON}
    validator = _Validator(
        known_works({work for each in corrections.corrections for work in (each.release, *each.releases) if work}),
        known_person,
        known_value,
        added | {each.slug for each in corrections.corrections if each.field is CorrectionField.ANOTHER},
        {_value_given(each) for each in corrections.corrections},
    )
    by_work: dict[str, list[Correction]] = {}
    of_people: list[Correction] = []
    of_values: list[Correction] = []
    for correction in corrections.corrections:
        if reason := validator.reason_against(correction, of_values if correction.subject else of_people):
            validator.problems.append(Problem(correction.line, reason))
        elif correction.release:
            by_work.setdefault(correction.release, []).append(correction)
        elif correction.subject:
            of_values.append(correction)
        else:
            of_people.append(correction)
    # Whom only a correction of a release names is not there yet.
    reasons = dict(unbound_people(of_people))
    unbound = [each for each in of_people if each.line in reasons and added.isdisjoint((each.person, each.slug))]
    validator.problems += [Problem(each.line, reasons[each.line]) for each in unbound]
    of_people = [each for each in of_people if each not in unbound]
    problems = sorted((*corrections.problems, *validator.problems), key=lambda each: each.line)
    plans = {work: tuple(found) for work, found in by_work.items()}
    return ReconcilePlan(plans, tuple(of_people), tuple(of_values), tuple(problems))


def _value_given(correction: Correction) -> tuple[ValueSubject | None, str]:
    """The source or place that a correction gives a name, or a release; none: None."""
    subject = correction.subject if correction.field is CorrectionField.NAME else None
    if correction.release and correction.field in (CorrectionField.SOURCE, CorrectionField.PLACE):
        subject = ValueSubject(correction.field.value)
    return subject, correction.value


class _Validator:
    """Checks corrections against what there is; `made` are the people's slugs, `given` the values, of corrections."""

    def __init__(
        self,
        works: dict[str, int],
        known_person: KnownPerson,
        known_value: KnownValue,
        made: set[str],
        given: set[tuple[ValueSubject | None, str]],
    ) -> None:
        self.works, self.known_person, self.known_value, self.made = works, known_person, known_value, made
        self.given = given
        self.problems: list[Problem] = []

    def reason_against(self, correction: Correction, before: list[Correction]) -> str:
        """Why a correction cannot hold beside those before it, or ""."""
        if correction.release and correction.release not in self.works:
            return f"no release here has the id “{correction.release}”; it is the part of an address after /release/"
        if correction.version > self.works.get(correction.release, correction.version):
            return f"“{correction.release}” has no version {correction.version}, only {self.works[correction.release]}"
        if correction.subject:
            return self._reason_against_value(correction, before)
        if (
            correction.release
            and correction.field is CorrectionField.NOT_PERSON
            and not self._is_person(correction.slug)
        ):
            return f"nobody here has the slug “{correction.slug}”; it is the part of an address after /people/"
        if correction.field is CorrectionField.SAME_AS and _end_of_chain(correction.slug, before) == correction.person:
            return f"a correction above says that “{correction.slug}” is “{correction.person}”; remove one of the two"
        strange = [work for work in correction.releases if work not in self.works]
        if strange:
            return f"no release here has the id “{strange[0]}” (in releases)"
        return ""

    def _reason_against_value(self, correction: Correction, before: list[Correction]) -> str:
        subject = correction.subject
        assert subject
        named = correction.value if correction.field is CorrectionField.SAME_AS else ""
        for name in (correction.subject_value, named):
            if name and (subject, name) not in self.given and not self.known_value(subject, name):
                return f"no {subject} here is called “{name}”; write the name as its page does"
        if correction.field is CorrectionField.NAME and correction.value == correction.subject_value:
            return ""  # it was looked at, and is right
        called = {each.subject_value: each.value for each in before if each.subject is subject}
        if correction.value and _follow(called, correction.value) == correction.subject_value:
            return (
                f"a correction above says that “{correction.value}” is “{correction.subject_value}”; remove one of "
                "the two"
            )
        return ""

    def _is_person(self, slug: str) -> bool:
        return slug in self.made or self.known_person(slug)


def _end_of_chain(slug: str, corrections: list[Correction]) -> str:
    """Who a person is found to be in the end, by these corrections."""
    return _follow({each.person: each.slug for each in corrections if each.field is CorrectionField.SAME_AS}, slug)


def _follow(same: Mapping[str, str], name: str) -> str:
    """The end of the chain that begins at a name."""
    seen = {name}
    while (other := same.get(name)) and other not in seen:
        seen.add(other)
        name = other
    return name
