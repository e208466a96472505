"""Decides which candidates are people a release names, who of them speaks, and in what role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.apostrophes import even_apostrophes
from archive.extract.byline import Byline
from archive.extract.cues import Cues, is_list_separator, is_quoted
from archive.extract.names import fold_name, is_initial, is_suffix, looks_like_name, surname_of, word_classes
from archive.extract.people.acceptance import (
    MIN_SCORE,
    MIN_SCORE_WITH_SURNAME,
    LoneSurnames,
    accept_full_name,
    accept_surname,
)
from archive.extract.people.candidates import Candidate, find_candidates
from archive.extract.people.coreference import People, ReleasePerson
from archive.extract.people.mention_lines import note_lines
from archive.extract.people.name_lines import find_signatures, find_transcript_turns, is_name_line
from archive.extract.people.partial_names import find_partners, restore_lost_apostrophes
from archive.extract.people.person_evidence import evidence_of_people, rejected_evidence
from archive.extract.people.unresolved import find_unresolved
from archive.extract.people.unwrapped_text import Headings, close_cut_names, unwrap
from archive.extract.people.uppercase_names import find_uppercase_names
from archive.extract.structure import SectionMap, SectionRole, find_credited_names
from archive.extract.text import Line, is_capitals
from archive.release import Evidence, Kind, Mention, Part, Person, Record
from archive.rules import Rule

_MAX_LIST_GAP_CHARS = 40
_HEAD_CHARS = 100  # characters of a body that hold no more than who makes a statement
_IGNORED_ROLES = frozenset(
    {SectionRole.BOILERPLATE, SectionRole.TAIL, SectionRole.SIGN_OFF, SectionRole.END_MARK, SectionRole.CREDIT}
)
# Module globals: looking enumeration members up each time is slow.
_CONTACT, _NAMED = SectionRole.CONTACT, Kind.NAMED
_BODY, _TITLE = Part.BODY, Part.TITLE
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

_BYLINE, _STATED_BYLINE, _IN_TITLE = Rule("byline"), Rule("stated-byline"), Rule("in-title")


def read_people(
    record: Record, title: str, body: str, lines: list[Line], sections: SectionMap, byline: Byline
) -> tuple[tuple[Person, ...], tuple[Evidence, ...]]:
    """Everyone named, in the order of their first appearance, and the evidence for and against."""
    people = People()
    _add_byline(people, body, byline)
    stated = _add_stated(people, record)
    found = _find_candidates(body, lines, sections, byline, people.surnames)
    alone = LoneSurnames(found)
    # Higher scores come first, so that "Comet Marr-Ortega" refers to the astronomer and becomes no other person.
    rejected = [
        each
        for each in found
        if each.cues.score < MIN_SCORE_WITH_SURNAME or not accept_full_name(people, body, sections, each, alone)
    ]
    rejected = [
        each
        for each in rejected
        if each.cues.score >= MIN_SCORE_WITH_SURNAME or not accept_full_name(people, body, sections, each, alone)
    ]
    left = [each for each in rejected if not accept_surname(people, body, sections, each)]
    _add_title_mentions(people, title)
    named = [known for known in people.everyone if known.mentions or known in stated]
    persons = sorted((known.to_person() for known in named if known.mentions), key=_first_mention_order)
    single = [each for each in left if len(each.words) == 1 and not sections.role_at(each.start)]
    unresolved = find_unresolved(single, people.surnames, body)
    persons = note_lines(persons, lines)
    return (*persons, *unresolved), (*evidence_of_people(persons, named), *rejected_evidence(left, body))


def _first_mention_order(person: Person) -> tuple[bool, int]:
    mention = person.mentions[0]
    return (mention.part is not _TITLE, mention.start)


def _add_byline(people: People, body: str, byline: Byline) -> None:
    if not byline.name:
        return
    words = tuple(even_apostrophes(byline.name).split())
    known = people.add(words, surname_of(words), byline.role, 4, _BYLINE)
    if byline.span:
        mention = Mention(body[slice(*byline.span)], _BODY, *byline.span, Kind.BYLINE, _BYLINE)
    else:
        mention = Mention(byline.name, Part.STATED, -1, -1, Kind.BYLINE, _STATED_BYLINE)
    known.mentions.append(mention)


def _add_stated(people: People, record: Record) -> list[ReleasePerson]:
    """The people a record states: known from the start, listed where the text names them too."""
    known: list[ReleasePerson] = []
    for stated in record.stated:
        if stated.field == "person" and looks_like_name(name := even_apostrophes(stated.value)):
            words = tuple(name.split())
            person = people.find_or_add(words, surname_of(words), "", 3, stated.rule)
            known += [person] if person else []
        elif stated.field == "role" and known and not known[-1].role:
            known[-1].role = " ".join(stated.value.split())
    return known


def _find_candidates(
    body: str, lines: list[Line], sections: SectionMap, byline: Byline, surnames: set[str]
) -> list[Candidate]:
    """The name candidates outside of byline and boilerplate, in the order of the text."""
    if is_capitals(body[:2000]):
        return [each for each in find_uppercase_names(even_apostrophes(body)) if _may_be_person(each, sections, byline)]
    headings = Headings(lines)
    text, starts = close_cut_names(unwrap(body, lines), body)
    found = find_candidates(text)
    names = [each for each in found.names if _may_be_person(each, sections, byline)]
    for name in names:
        _weigh_heading(name, headings.heading_at(name.start), sections)
    _weigh_lists(names, text)
    names += restore_lost_apostrophes(names, (each for each in found.vetoed if _may_be_person(each, sections, byline)))
    names += find_partners(text, names, MIN_SCORE)
    names += find_signatures(lines)
    names += _find_credited(body, sections)
    wanted = surnames | {name.surname for name in names if len(name.words) > 1 or name.role}
    for name in names:
        if len(name.words) == 1 and name.surname in wanted:
            name.cues.is_quoted = is_quoted(text, name.title_start, name.end)
    names += (each for each in found.find_surnames(text, wanted) if _may_be_person(each, sections, byline))
    for name in names if starts else ():
        name.start, name.title_start = (
            starts.get(name.start, name.start),
            starts.get(name.title_start, name.title_start),
        )
    names += find_transcript_turns(lines, wanted)
    return sorted(names, key=lambda name: name.start)


def _find_credited(body: str, sections: SectionMap) -> Iterator[Candidate]:
    """Who made the pictures, from the credits of their captions."""
    for start, end in find_credited_names(body, sections.sections):
        yield Candidate(
            tuple(even_apostrophes(body[start:end]).split()), start, end, start, cues=Cues(3, "picture-credit")
        )


def _weigh_heading(name: Candidate, heading: Line | None, sections: SectionMap) -> None:
    """Lower the weight of a capitalised name in a heading, unless the whole heading is a name and an office."""
    if not heading or sections.role_at(name.start) is _CONTACT:
        return
    if is_name_line(heading, name):
        # "Ann Lee, Secretary of State" above a text makes it her statement; elsewhere it may be an address.
        name.cues.is_quoted = name.cues.is_quoted or (not name.has_title and heading.start < _HEAD_CHARS)
        name.cues.add(1, "name-line")
    elif not (name.cues.is_certain or _is_bounded(heading, name)):
        name.cues.score = -9.0


def _is_bounded(heading: Line, name: Candidate) -> bool:
    """Whether a title and a given name begin a name in a heading, and no capital after it may belong to it."""
    if not name.has_title or name.own_score < MIN_SCORE:
        return False
    plain = sum(not (is_initial(word) or is_suffix(word)) for word in name.words)
    follows = heading.text[name.end - heading.start :].lstrip()[:1]
    # "Sgt. Ann Lee Throws a Ball": a verb with its capital is no surname.
    return follows in ("", ",", "(", ";") or (plain == 2 and not follows.isupper())


def _weigh_lists(names: list[Candidate], text: str) -> None:
    """Raise the weight of a weak name in a list with a sure one: "Ann Lee and Mark Meadows"."""
    pairs = [pair for pair in pairwise(names) if pair[0].end + _MAX_LIST_GAP_CHARS >= pair[1].title_start]
    left = [pair for pair in pairs if not _raise_weak_name(*pair, text)]
    for pair in reversed(left):  # a name that was raised is sure for the one before it
        _raise_weak_name(*pair, text)


def _raise_weak_name(first: Candidate, second: Candidate, text: str) -> bool:
    """Raise the weak one of two names in a list; False where none is."""
    if (first.cues.score < MIN_SCORE) is (second.cues.score < MIN_SCORE):
        return False
    weak, sure = (first, second) if first.cues.score < MIN_SCORE else (second, first)
    if weak.cues.score <= 0 or not _may_be_raised(weak, sure):
        return False
    if not is_list_separator(text[first.end : second.title_start]):
        return False
    # "Paris Voss" stands between two people, "Houston Rockets" beside one.
    weak.cues.add(0.5 if word_classes().get(weak.words[0]) == "places" else 1, "in-list")
    return True


def _may_be_raised(weak: Candidate, sure: Candidate) -> bool:
    speaks = weak.own_score > 0 or weak.cues.score > 1  # nothing but "who" after it may be a firm's
    return speaks and len(weak.words) > 1 < len(sure.words) and word_classes().get(weak.words[-1]) != "titles"


def _may_be_person(candidate: Candidate, sections: SectionMap, byline: Byline) -> bool:
    if byline.span and byline.span[0] <= candidate.start < byline.span[1]:
        return False
    return sections.role_at(candidate.start) not in _IGNORED_ROLES


def _add_title_mentions(people: People, title: str) -> None:
    """The known people that the title names: by the full name, or by the surname if only one has it."""
    words = list(_WORD.finditer(even_apostrophes(title))) if people.everyone else []
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
        known.mentions.append(Mention(title[start:end], _TITLE, start, end, _NAMED, _IN_TITLE))
