"""Finds surnames that a release names with an office alone, "Senator Reid", and nowhere in full.

Who they are only other releases can tell, so each is kept as a person of its own kind, with every place it stands.
"""

from __future__ import annotations

import re

from archive.apostrophes import even_apostrophes
from archive.extract import lexicon
from archive.extract.names import word_classes
from archive.extract.people.candidates import Candidate
from archive.extract.people.offices import clashing_office
from archive.release import Kind, Mention, Part, Person
from archive.rules import rule

SURNAME_ALONE = rule("surname-with-title")
"""The rule of such a person and of the evidence that is kept of it."""

_CONFIDENCE = 0.3
_MAX_PERSONS = 20
_FOLLOWS = re.compile(r" [A-Z]")  # what follows a given name, not a surname: "Judge Ann B. Roe" read in part
_ALIASES = ("aka ", "a/k/a ", '"', "“")
_HEADING_SCORE = -9.0  # the score of a name in a heading, where capitals tell nothing


def find_unresolved(single: list[Candidate], known: set[str], body: str) -> tuple[Person, ...]:
    """The people named by an office and a surname alone.

    Args:
        single: the single words of the story that may be surnames and are nobody's, in the order of the text.
        known: the surnames of the people whom the release names in full, for comparison.
        body: the text they stand in.
    """
    titled = {each.surname for each in single if each.role}
    groups: dict[str, list[Candidate]] = {}
    for each in single:
        if each.surname in titled and (each.role or not each.has_title) and not _FOLLOWS.match(body, each.end):
            groups.setdefault(each.surname, []).append(each)
    for surname in [each for each in groups if each in known or each[:-1] in known or each[:-1] in groups]:
        if surname in known or surname.endswith("s"):  # copies have lost apostrophes: "Attorney General Holders"
            del groups[surname]
    persons = [
        _make_person(group, body)
        for same_surname in groups.values()
        for group in _split_by_office(same_surname)
        if any(each.has_title for each in group) and _is_somebody(group, body)
    ]
    return tuple(persons[:_MAX_PERSONS])


def _split_by_office(group: list[Candidate]) -> list[list[Candidate]]:
    """One surname's candidates, apart for each office that nobody has beside another: Judge Roe and Senator Roe."""
    offices = list(dict.fromkeys(office for each in group if (office := clashing_office(each.role))))
    if len(offices) < 2:
        return [group]
    return [[each for each in group if clashing_office(each.role) == office] for office in offices]


def _is_somebody(group: list[Candidate], body: str) -> bool:
    """Whether these are a person's: a title that begins other names too, "General", must not stand there alone."""
    word, classes = group[0].words[0], word_classes()
    listed = word in classes
    if (listed and word not in lexicon.words("surnames_that_are_words")) or word.isupper() or word[1:2] == "-":
        return False
    if not listed and f" {word.lower()} " in body:
        return False
    titles = [body[each.title_start : each.start].split() for each in group if _has_office(each, body)]
    if any(not words or words[-1] not in lexicon.words("weak_titles") for words in titles):
        return True
    if any(all(classes.get(title) == "titles" for title in words[-2:]) for words in titles if len(words) > 1):
        return True  # "Attorney General Roe"
    return bool(titles) and not listed and (len(group) > 1 or any(each.cues.is_quoted for each in group))


def _has_office(candidate: Candidate, body: str) -> bool:
    """Whether a title stands right before the surname, or before the list that it stands in."""
    if not candidate.has_title or candidate.cues.score <= _HEADING_SCORE:
        return False
    titles = body[candidate.title_start : candidate.start].split()
    if not titles or titles[:2] == ["Secretary", "of"]:
        return True
    return word_classes().get(titles[-1]) == "titles" and not body.endswith(_ALIASES, 0, candidate.title_start)


def _make_person(group: list[Candidate], body: str) -> Person:
    mentions = tuple(
        Mention(body[each.start : each.end], Part.BODY, each.start, each.end, Kind.UNRESOLVED, SURNAME_ALONE)
        for each in group
    )
    role = next(each.role for each in group if each.has_title)
    return Person(even_apostrophes(mentions[0].name), Kind.UNRESOLVED, role, _CONFIDENCE, mentions)
