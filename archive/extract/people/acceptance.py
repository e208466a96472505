"""Decides which candidates are accepted: as a full name, or as the surname of somebody named in full."""

from __future__ import annotations

import re

from archive.extract.names import PARTICLES, fold_name, is_initial, is_suffix, word_classes
from archive.extract.people.candidates import Candidate
from archive.extract.people.coreference import People, ReleasePerson
from archive.extract.structure import SectionMap, SectionRole
from archive.release import Kind, Mention, Part
from archive.rules import Rule, rule

MIN_SCORE = 2.0
"""From this score a name is accepted; a given name alone reaches it."""

MIN_SCORE_WITH_SURNAME = 1.0
"""The same where the surname stands alone elsewhere in the release."""

_MIN_SCORE_OF_INITIALS = 3.0  # the same for a surname with nothing but an initial
_SURNAME, _SURNAME_ELSEWHERE = Rule("surname"), Rule("surname-elsewhere")
# Module globals: looking enumeration members up each time is slow.
_CONTACT, _CREDIT = SectionRole.CONTACT, SectionRole.CREDIT
_SPEAKER, _NAMED = Kind.SPEAKER, Kind.NAMED
_PARTICLES = tuple(sorted(PARTICLES, key=len, reverse=True))
_PARTICLES_BEFORE = re.compile(r"(?:\b(?:" + "|".join(_PARTICLES) + r")\s){1,3}$")


class LoneSurnames:
    """The surnames that stand alone in a release, and those of them that are quoted or have a title."""

    def __init__(self, found: list[Candidate]) -> None:
        single = [
            each
            for each in found
            if len(each.words) == 1 and (each.cues.is_quoted or each.words[0] not in word_classes())
        ]
        self.all = {each.surname for each in single}
        self.quoted = {each.surname for each in single if each.cues.is_quoted}
        self.titled = {each.surname for each in single if each.has_title}


def _kind(role: SectionRole | None, says: bool) -> Kind:
    """In what way somebody is mentioned in a part of this role (None: in the story)."""
    if role is _CONTACT or role is _CREDIT:
        return Kind.CONTACT if role is _CONTACT else Kind.BYLINE
    return _SPEAKER if says else _NAMED


def accept_full_name(
    people: People, body: str, sections: SectionMap, candidate: Candidate, alone: LoneSurnames
) -> bool:
    """Add a mention to the person of a full name, whom it may make known; False where too little speaks for it."""
    score, by = candidate.cues.score, rule(candidate.cues.code) if candidate.cues.code else _SURNAME_ELSEWHERE
    if len(candidate.words) < 2 or score < 0 or (score < _MIN_SCORE_OF_INITIALS and not _has_given(candidate)):
        return False
    if len(candidate.words) == 2 and is_suffix(candidate.words[1]):
        return False  # "Mortimer Jr."
    part = sections.role_at(candidate.start)
    contact = part is _CONTACT
    if score < _threshold(candidate, alone, contact) and not (
        score >= 0 and candidate.surname in alone.titled and _may_be_unknown_name(candidate, body)
    ):
        return False
    if score < MIN_SCORE_WITH_SURNAME and people.find_by_surname(candidate.words[-1:]):
        return False
    role = candidate.role or ("" if contact else candidate.cues.role)
    add = people.add if people.is_kin(candidate, body) else people.find_or_add
    known = add(candidate.words, candidate.surname, role, score, by)
    if not known:
        return False
    kind = _kind(part, candidate.cues.is_quoted)
    _add_mention(known, body, candidate, kind, by)
    return True


def _has_given(candidate: Candidate) -> bool:
    """Whether there is more than a surname with an initial or a suffix: "L. Harrison", "Moore Sr."."""
    return len([word for word in candidate.words if not is_initial(word) and not is_suffix(word)]) > 1


def _may_be_unknown_name(candidate: Candidate, body: str) -> bool:
    """Whether it has no word of the lists, nor one that the release writes small."""
    classes = word_classes()
    return all(word not in classes and f" {word.lower()} " not in body for word in candidate.words)


def _threshold(candidate: Candidate, alone: LoneSurnames, contact: bool) -> float:
    if candidate.surname in alone.quoted:
        return 0.0
    return MIN_SCORE_WITH_SURNAME if candidate.surname in alone.all or contact else MIN_SCORE


def accept_surname(people: People, body: str, sections: SectionMap, candidate: Candidate) -> bool:
    """Add a mention to the person whose surname this is; False where it is nobody's."""
    if len(candidate.words) > 2 and candidate.cues.score < 0:
        return False
    known = people.match(candidate)
    if not known:
        return False
    if candidate.words[0] in word_classes() and not (candidate.has_title or candidate.cues.is_quoted):
        return False
    part, start = sections.role_at(candidate.start), candidate.start
    particles = None
    if body[max(0, start - 16) : start].rstrip().endswith(_PARTICLES):
        particles = _PARTICLES_BEFORE.search(body, max(0, start - 16), start)
    if particles and fold_name(known.name).endswith(fold_name(body[particles.start() : candidate.end])):
        candidate.start = particles.start()
    if not known.role:
        known.role = candidate.role
    _add_mention(known, body, candidate, _kind(part, candidate.cues.is_quoted), _SURNAME)
    return True


def _add_mention(known: ReleasePerson, body: str, candidate: Candidate, kind: Kind, by: Rule) -> None:
    words = body[candidate.start : candidate.end]
    known.mentions.append(Mention(words, Part.BODY, candidate.start, candidate.end, kind, by))
