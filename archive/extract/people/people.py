"""Decides which candidates are people a release names, who of them speaks, and in what role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.extract.byline import Byline
from archive.extract.cues import Cues, is_quoted
from archive.extract.names import PARTICLES, fold_name, is_initial, is_suffix, looks_like_name, surname_of, word_classes
from archive.extract.people.candidates import Candidate, find_candidates
from archive.extract.people.coreference import People, ReleasePerson
from archive.extract.people.name_lines import find_signatures, find_transcript_turns, is_name_line
from archive.extract.people.partial_names import find_partners, restore_lost_apostrophes
from archive.extract.people.unwrap import Headings, unwrap
from archive.extract.people.uppercase_names import find_uppercase_names
from archive.extract.structure import SectionMap, SectionRole, find_credited_names
from archive.extract.text import Line, is_capitals
from archive.release import Evidence, Kind, Mention, Part, Person, Record

_MIN_SCORE = 2.0  # from this score a name is accepted; a given name alone reaches it
_MIN_SCORE_WITH_SURNAME = 1.0  # the same where the surname stands alone elsewhere in the release
_MIN_SCORE_OF_INITIALS = 3.0  # the same for a surname with nothing but an initial
_MAX_REJECTED = 20
_HEAD_CHARS = 100  # characters of a body that hold no more than who makes a statement
_IGNORED_ROLES = frozenset(
    {SectionRole.BOILERPLATE, SectionRole.TAIL, SectionRole.SIGN_OFF, SectionRole.END_MARK, SectionRole.CREDIT}
)
# Module globals: looking enumeration members up each time is slow.
_CONTACT, _CREDIT = SectionRole.CONTACT, SectionRole.CREDIT
_SPEAKER, _NAMED = Kind.SPEAKER, Kind.NAMED
_BODY, _TITLE = Part.BODY, Part.TITLE
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARTICLES = tuple(sorted(PARTICLES, key=len, reverse=True))
_PARTICLES_BEFORE = re.compile(r"(?:\b(?:" + "|".join(_PARTICLES) + r")\s){1,3}$")


def read_people(
    record: Record, title: str, body: str, lines: list[Line], sections: SectionMap, byline: Byline
) -> tuple[tuple[Person, ...], tuple[Evidence, ...]]:
    """Everyone named, in the order of their first appearance, and the evidence for and against."""
    people = People()
    _add_byline(people, body, byline)
    stated = _add_stated(people, record)
    found = _find_candidates(body, lines, sections, byline, people.surnames)
    alone = _LoneSurnames(found)
    # Higher scores come first, so that "Comet Marr-Ortega" refers to the astronomer and becomes no other person.
    rejected = [
        each
        for each in found
        if each.cues.score < _MIN_SCORE_WITH_SURNAME or not _accept_full_name(people, body, sections, each, alone)
    ]
    rejected = [
        each
        for each in rejected
        if each.cues.score >= _MIN_SCORE_WITH_SURNAME or not _accept_full_name(people, body, sections, each, alone)
    ]
    left = [each for each in rejected if not _accept_surname(people, body, sections, each)]
    _add_title_mentions(people, title)
    named = [known for known in people.everyone if known.mentions or known in stated]
    persons = sorted((known.to_person() for known in named if known.mentions), key=_first_mention_order)
    return tuple(persons), (*_evidence_of_people(persons, named, title, body), *_rejected_evidence(left, body))


class _LoneSurnames:
    """The surnames that stand alone in a release, and those of them that are quoted."""

    def __init__(self, found: list[Candidate]) -> None:
        single = [
            each
            for each in found
            if len(each.words) == 1 and (each.cues.is_quoted or each.words[0] not in word_classes())
        ]
        self.all = {each.surname for each in single}
        self.quoted = {each.surname for each in single if each.cues.is_quoted}


def _first_mention_order(person: Person) -> tuple[bool, int]:
    mention = person.mentions[0]
    return (mention.part is not _TITLE, mention.start)


def _add_byline(people: People, body: str, byline: Byline) -> None:
    if not byline.name:
        return
    words = tuple(byline.name.split())
    known = people.add_full_name(words, surname_of(words), byline.role, 4, "byline")
    if byline.span:
        mention = Mention(body[slice(*byline.span)], _BODY, *byline.span, Kind.BYLINE, "byline")
    else:
        mention = Mention(byline.name, Part.STATED, -1, -1, Kind.BYLINE, "stated byline")
    known.mentions.append(mention)


def _add_stated(people: People, record: Record) -> list[ReleasePerson]:
    """The people a record states: known from the start, listed where the text names them too."""
    known: list[ReleasePerson] = []
    for stated in record.stated:
        if stated.field == "person" and looks_like_name(stated.value):
            words = tuple(stated.value.split())
            known.append(people.add_full_name(words, surname_of(words), "", 3, stated.rule))
        elif stated.field == "role" and known and not known[-1].role:
            known[-1].role = " ".join(stated.value.split())
    return known


def _find_candidates(
    body: str, lines: list[Line], sections: SectionMap, byline: Byline, surnames: set[str]
) -> list[Candidate]:
    """The name candidates outside of byline and boilerplate, in the order of the text."""
    if is_capitals(body[:2000]):
        return [each for each in find_uppercase_names(body) if _may_be_person(each, sections, byline)]
    text, headings = unwrap(body, lines), Headings(lines)
    found = find_candidates(text)
    names = [each for each in found.names if _may_be_person(each, sections, byline)]
    for name in names:
        _weigh_heading(name, headings.heading_at(name.start), sections)
    names += restore_lost_apostrophes(names, (each for each in found.vetoed if _may_be_person(each, sections, byline)))
    names += find_partners(text, names, _MIN_SCORE)
    names += find_signatures(lines)
    names += _find_credited(body, sections)
    wanted = surnames | {name.surname for name in names if len(name.words) > 1}
    for name in names:
        if len(name.words) == 1 and name.surname in wanted:
            name.cues.is_quoted = is_quoted(text, name.title_start, name.end)
    names += (each for each in found.find_surnames(text, wanted) if _may_be_person(each, sections, byline))
    names += find_transcript_turns(lines, wanted)
    return sorted(names, key=lambda name: name.start)


def _find_credited(body: str, sections: SectionMap) -> Iterator[Candidate]:
    """Who made the pictures, from the credits of their captions."""
    for start, end in find_credited_names(body, sections.sections):
        yield Candidate(tuple(body[start:end].split()), start, end, start, cues=Cues(3, "credit of a picture"))


def _weigh_heading(name: Candidate, heading: Line | None, sections: SectionMap) -> None:
    """Lower the weight of a capitalised name in a heading, unless the whole heading is a name and an office."""
    if not heading or sections.role_at(name.start) is _CONTACT:
        return
    if is_name_line(heading, name):
        # "Ann Lee, Secretary of State" above a text makes it her statement; elsewhere it may be an address.
        name.cues.is_quoted = name.cues.is_quoted or (not name.has_title and heading.start < _HEAD_CHARS)
        name.cues.add(1, "name and office on a line of their own")
    else:
        name.cues.score = -9.0


def _may_be_person(candidate: Candidate, sections: SectionMap, byline: Byline) -> bool:
    if byline.span and byline.span[0] <= candidate.start < byline.span[1]:
        return False
    return sections.role_at(candidate.start) not in _IGNORED_ROLES


def _kind(role: SectionRole | None, says: bool) -> Kind:
    """In what way somebody is mentioned in a part of this role (None: in the story)."""
    if role is _CONTACT or role is _CREDIT:
        return Kind.CONTACT if role is _CONTACT else Kind.BYLINE
    return _SPEAKER if says else _NAMED


def _accept_full_name(
    people: People, body: str, sections: SectionMap, candidate: Candidate, alone: _LoneSurnames
) -> bool:
    score, rule = candidate.cues.score, candidate.cues.rule
    if len(candidate.words) < 2 or score < 0 or (score < _MIN_SCORE_OF_INITIALS and not _has_given(candidate)):
        return False
    part = sections.role_at(candidate.start)
    contact = part is _CONTACT
    if score < _threshold(candidate, alone, contact):
        return False
    if score < _MIN_SCORE_WITH_SURNAME and people.find_by_surname(candidate.words[-1:]):
        return False
    role = candidate.role or ("" if contact else candidate.cues.role)
    known = people.add_full_name(candidate.words, candidate.surname, role, score, rule or "surname alone elsewhere")
    kind = _kind(part, candidate.cues.is_quoted)
    _add_mention(known, body, candidate, kind, rule or known.rule)
    return True


def _has_given(candidate: Candidate) -> bool:
    """Whether there is more than a surname with an initial or a suffix: "L. Harrison", "Moore Sr."."""
    return len([word for word in candidate.words if not is_initial(word) and not is_suffix(word)]) > 1


def _threshold(candidate: Candidate, alone: _LoneSurnames, contact: bool) -> float:
    if candidate.surname in alone.quoted:
        return 0.0
    return _MIN_SCORE_WITH_SURNAME if candidate.surname in alone.all or contact else _MIN_SCORE


def _accept_surname(people: People, body: str, sections: SectionMap, candidate: Candidate) -> bool:
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
    _add_mention(known, body, candidate, _kind(part, candidate.cues.is_quoted), "surname")
    return True


def _add_mention(known: ReleasePerson, body: str, candidate: Candidate, kind: Kind, rule: str) -> None:
    words = body[candidate.start : candidate.end]
    known.mentions.append(Mention(words, _BODY, candidate.start, candidate.end, kind, rule))


def _add_title_mentions(people: People, title: str) -> None:
    """The known people that the title names: by the full name, or by the surname if only one has it."""
    words = list(_WORD.finditer(title)) if people.everyone else []
    for number, match in enumerate(words):
        if not match[0][0].isupper():
            continue
        bare = match[0].removesuffix("'s").removesuffix("’s")
        known = people.find_by_surname((bare,))
        if not known or not any(mention.part is _BODY for mention in known.mentions):
            continue
        start = match.start()
        given = [fold_name(word) for word in known.words]
        while number and fold_name(words[number - 1][0]) in given and start - words[number - 1].end() <= 2:
            number -= 1
            start = words[number].start()
        end = match.start() + len(bare)
        known.mentions.append(Mention(title[start:end], _TITLE, start, end, _NAMED, "name in the title"))


def _evidence_of_people(persons: list[Person], named: list[ReleasePerson], title: str, body: str) -> Iterator[Evidence]:
    rules = {known.name: known.rule for known in named}
    for person in persons:
        mention = max(person.mentions, key=_informativeness) if len(person.mentions) > 1 else person.mentions[0]
        yield Evidence(
            "person",
            person.name,
            rules.get(person.name, mention.rule),
            mention.name,
            mention.part,
            mention.start,
            mention.end,
            person.confidence,
            True,
        )


def _informativeness(mention: Mention) -> tuple[bool, int, int]:
    return mention.part is _BODY, len(mention.name), -mention.start


def _rejected_evidence(candidates: list[Candidate], body: str) -> Iterator[Evidence]:
    """Evidence of names nearly accepted, and of titles with a surname that nobody in the release has in full."""
    seen: set[str] = set()
    for each in candidates:
        titled = len(each.words) == 1 and each.has_title
        start = each.title_start if titled else each.start
        words = body[start : each.end]
        if (
            words in seen
            or len(seen) >= _MAX_REJECTED
            or not (titled or (len(each.words) > 1 and each.cues.score >= _MIN_SCORE_WITH_SURNAME))
        ):
            continue
        seen.add(words)
        rule = "surname alone after a title" if titled else (each.cues.rule or "name") + ": not enough"
        yield Evidence("person", " ".join(words.split()), rule, words, _BODY, start, each.end, 0.3, False)
