"""Coreference within a release: a surname alone is matched to a full name; the fullest form names the person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.extract import lexicon
from archive.extract.names import PARTICLES, fold_name, is_initial, is_suffix
from archive.extract.people.candidates import Candidate
from archive.extract.people.offices import clashing_office
from archive.release import Kind, Mention, Part, Person
from archive.rules import Rule

_KINDS_BY_STRENGTH = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT, Kind.UNRESOLVED)
_KIN_WINDOW = 50  # characters before a name that may say whose relative it is
_KIN = re.compile(
    r"(?:\b(?:his|her|their|my|own)|['’]s)\s(?:[a-z]{3,8}\s)?(?:father|mother|son|daughter|brother|sister|grandfather"
    r"|grandmother|grandson|granddaughter|uncle|aunt|cousin|nephew|niece|husband|wife|widow|namesake),?\s"
    r"(?:the\s)?(?:late\s|former\s|then\s)?$"
)
_NAMED, _TITLE = Kind.NAMED, Part.TITLE  # looking enumeration members up each time is slow


_UNKNOWN = Rule("name")


@dataclass(slots=True)
class ReleasePerson:
    """A person collected from the mentions in one release."""

    words: tuple[str, ...]
    role: str = ""
    score: float = 0.0
    rule: Rule = _UNKNOWN
    mentions: list[Mention] = field(default_factory=list)
    offices: set[str] = field(default_factory=set)  # those by which people of one surname are told apart

    def __post_init__(self) -> None:
        self._add_office(self.role)

    def _add_office(self, role: str) -> None:
        office = clashing_office(role) if role else ""
        if office:
            self.offices.add(office)

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return " ".join(self.words)

    def update(self, words: tuple[str, ...], role: str, score: float, by: Rule) -> None:
        """Update name, role and score by one more full mention."""
        if words != self.words and (len(words), len(" ".join(words))) > (len(self.words), len(self.name)):
            self.words = words
        self.role = self.role or role
        self._add_office(role)
        if score > self.score:
            self.score, self.rule = score, by

    def to_person(self) -> Person:
        """The person as a value of the release."""
        mentions = tuple(sorted(self.mentions, key=_text_order)) if len(self.mentions) > 1 else tuple(self.mentions)
        kinds = [mention.kind for mention in mentions] or [_NAMED]
        strongest = next(kind for kind in _KINDS_BY_STRENGTH if kind in kinds) if len(kinds) > 1 else kinds[0]
        return Person(self.name, strongest, self.role, min(0.99, round(0.5 + self.score / 12, 2)), mentions)


def _text_order(mention: Mention) -> tuple[bool, int]:
    return (mention.part is not _TITLE, mention.start)


class People:
    """Everyone a release names, by surname."""

    def __init__(self) -> None:
        self.everyone: list[ReleasePerson] = []
        self._by_surname: dict[str, list[ReleasePerson]] = {}

    def find_or_add(
        self, words: tuple[str, ...], surname: str, role: str = "", score: float = 0.0, by: Rule = _UNKNOWN
    ) -> ReleasePerson | None:
        """The person of a full name, a new one where none fits; None where it can be either of two people."""
        sharing = self._by_surname.get(surname)
        fitting = _fitting(sharing, words, role) if sharing else ()
        if len(fitting) > 1:
            return None
        for known in fitting:
            known.update(words, role, score, by)
            return known
        return self.add(words, surname, role, score, by)

    def add(
        self, words: tuple[str, ...], surname: str, role: str = "", score: float = 0.0, by: Rule = _UNKNOWN
    ) -> ReleasePerson:
        """A new person of a full name, whoever else has it: "his father, Robert Casey"."""
        known = ReleasePerson(words, role, score, by)
        self.everyone.append(known)
        self._by_surname.setdefault(surname, []).append(known)
        return known

    def is_kin(self, candidate: Candidate, body: str) -> bool:
        """Whether a full name is that of a relative of somebody who could have it: "his father, Robert Casey"."""
        sharing = self._by_surname.get(candidate.surname)
        if not sharing or any(known.words == candidate.words for known in sharing):
            return False
        return bool(_KIN.search(body, max(0, candidate.title_start - _KIN_WINDOW), candidate.title_start))

    @property
    def surnames(self) -> set[str]:
        """The surnames of everyone known so far, for comparison."""
        return set(self._by_surname)

    def find_by_surname(self, words: tuple[str, ...]) -> ReleasePerson | None:
        """The one person whose name ends in these words; None where there are two."""
        sharing = self._by_surname.get(fold_name(words[-1]), ()) if words else ()
        if len(words) > 1 and sharing:
            ending = [fold_name(word) for word in words]
            sharing = [known for known in sharing if _words_without_suffix(known.words)[-len(ending) :] == ending]
        return sharing[0] if len(sharing) == 1 else None

    def match(self, candidate: Candidate) -> ReleasePerson | None:
        """The person that a surname alone, or the end of a longer name, refers to: of two the one with the office."""
        sharing = self._by_surname.get(candidate.surname)
        if not sharing:
            return None  # most rejected names are nobody's
        known = self.find_by_surname(tuple(word for word in candidate.words if not is_suffix(word)))
        if known or len(candidate.words) > 1 or not candidate.role:
            return known
        office = clashing_office(candidate.role)
        holders = [each for each in sharing if office in each.offices] if office else []
        return holders[0] if len(holders) == 1 else None


def _fitting(sharing: list[ReleasePerson], words: tuple[str, ...], role: str) -> list[ReleasePerson]:
    """Those of one surname who can have a full name: who has it word for word, else who has the same office."""
    fitting = [known for known in sharing if known.words == words or _is_same_person(known.words, words)]
    office = clashing_office(role) if role and fitting else ""
    if office:
        fitting = [known for known in fitting if not _is_other_office(known, words, office)]
    if len(fitting) < 2:
        return fitting
    exact = [known for known in fitting if known.words == words]
    return exact or [known for known in fitting if office in known.offices] or fitting


def _is_other_office(known: ReleasePerson, words: tuple[str, ...], office: str) -> bool:
    """Whether only a nickname or an initial joins two names, and their offices set them apart."""
    return bool(known.offices) and office not in known.offices and fold_name(known.words[0]) != fold_name(words[0])


def _words_without_suffix(words: tuple[str, ...]) -> list[str]:
    return [fold_name(word) for word in words if not is_suffix(word)]


@lexicon.lru_cached(1 << 13)  # a name is written many times, in one release and in the next
def _is_same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names of one surname are one person's: nothing in them clashes."""
    suffixes = [fold_name(words[-1]) for words in (one, other) if is_suffix(words[-1])]
    if len(set(suffixes)) > 1:
        return False
    first, second = _words_without_suffix(one)[:-1], _words_without_suffix(other)[:-1]
    if not first or not second or not _is_same_given_name(first[0], second[0]):
        # "J. Craig Venter" and "Craig Venter", but "E. Wayne Hage" and "Wayne N. Hage" are two
        return bool(first) and bool(second) and (first[1:2] == second or second[1:2] == first)
    middles = [
        given[1][0]
        for given in (first, second)
        if len(given) > 1 and given[1] not in PARTICLES and given[1][0].isalpha()
    ]
    return len(set(middles)) < 2


def _is_same_given_name(one: str, other: str) -> bool:
    if one == other or _long_form(one) == _long_form(other):
        return True
    return (is_initial(one.upper()) or is_initial(other.upper())) and one[:1] == other[:1]


def _long_form(given: str) -> str:
    return lexicon.table("nicknames").get(given.capitalize(), given).casefold()
