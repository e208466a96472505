"""Coreference within a release: a surname alone is matched to a full name; the fullest form names the person."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.extract import lexicon
from archive.extract.names import PARTICLES, fold_name, is_initial, is_suffix
from archive.extract.people.candidates import Candidate
from archive.release import Kind, Mention, Part, Person

_KINDS_BY_STRENGTH = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT)
_NAMED, _TITLE = Kind.NAMED, Part.TITLE  # looking enumeration members up each time is slow


@dataclass(slots=True)
class ReleasePerson:
    """A person collected from the mentions in one release."""

    words: tuple[str, ...]
    role: str = ""
    score: float = 0.0
    rule: str = ""
    mentions: list[Mention] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form of the name."""
        return " ".join(self.words)

    def update(self, words: tuple[str, ...], role: str, score: float, rule: str) -> None:
        """Update name, role and score by one more full mention."""
        if words != self.words and (len(words), len(" ".join(words))) > (len(self.words), len(self.name)):
            self.words = words
        self.role = self.role or role
        if score > self.score:
            self.score, self.rule = score, rule

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

    def add_full_name(
        self, words: tuple[str, ...], surname: str, role: str = "", score: float = 0.0, rule: str = ""
    ) -> ReleasePerson:
        """The person of a full name, a new one where none fits."""
        for known in self._by_surname.get(surname, []):
            if _is_same_person(known.words, words):
                known.update(words, role, score, rule)
                return known
        known = ReleasePerson(words, role, score, rule)
        self.everyone.append(known)
        self._by_surname.setdefault(surname, []).append(known)
        return known

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
        """The person that a surname alone, or the end of a longer name, refers to."""
        if candidate.surname not in self._by_surname:
            return None  # most rejected names are nobody's
        return self.find_by_surname(tuple(word for word in candidate.words if not is_suffix(word)))


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
        # "J. Craig Venter" and "Craig Venter"
        return bool(first) and bool(second) and (first[1:2] == second[:1] or second[1:2] == first[:1])
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
