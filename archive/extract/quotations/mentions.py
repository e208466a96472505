"""The people named in a body, by where they stand, and names with titles before them read from the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.names import UPPER, is_initial, is_suffix, word_classes
from archive.extract.quotations.speech import PARTY, POSSESSIVE
from archive.extract.roles import is_role
from archive.release import Part, Person

_WORD = rf"(?:[{UPPER}][\w.'’&-]*|[a-z][a-z'’-]{{0,14}}|\d\w+)"
_TITLE = re.compile(rf"(?:{_WORD},?\s){{0,16}}$")
_CAPITALS = re.compile(rf"(?:(?:[{UPPER}][\w.'’&/-]*|of|the|for|and|in|on|at),?\s){{0,16}}$")
_OF_ANOTHER = re.compile(r"\b(?:for|of|to|with|by|from|about|against)\s$|,\s(?:an?|who|whose)\s")
"""What makes the name behind it that of somebody else: "a friend of", "the spokesman for"."""

_AND = re.compile(rf"{PARTY}(?P<mark>,?\s(?:and|&)\s|,\s)")
_NAME = re.compile(
    rf"(?:[{UPPER}][\w'’-]+|[{UPPER}]\.)(?:\s(?:[{UPPER}][\w'’-]+|[{UPPER}]\.|de|van|von|bin|al|Jr\.|Sr\.)){{1,9}}"
)
_TITLED = re.compile(rf"(?P<title>(?:[{UPPER}][\w.'’-]*\s){{1,4}})(?P<name>[{UPPER}][\w'’-]+)(?=[\s,.;:]|$)")
_AFTER_VERB = re.compile(
    rf"(?P<name>[{UPPER}][\w’'-]+)(?=[,.;:]|$|\s(?:in|at|on|of|to|during|after|about|when|as|who)\b)"
)
"""A word after a verb that may be a surname: what follows it goes on with no noun ("said Welsh officials")."""

_BEFORE_VERB = re.compile(rf"(?P<name>[{UPPER}][\w’'-]+)(?=[\s,])")

_OPENERS = frozenset("As Today Yesterday In On At When While And But Meanwhile Also Like For By".split())
"""Words that begin a sentence before an office, and are none of it."""


class Named(NamedTuple):
    """A mention of a person: its place, and the name the release has for them."""

    start: int
    end: int
    name: str


class Subject(NamedTuple):
    """The subject of a verb: the names of people, none where it is no person, with its place and the office before it.

    `new` is the name where it is nobody's among the people of the release.
    """

    names: tuple[str, ...]
    start: int
    end: int
    office: str = ""
    new: str = ""


class Mentions:
    """The mentions of people in a body."""

    def __init__(self, text: str, people: Iterable[Person]) -> None:
        self.text = text
        self.people = list(people)
        self.all = sorted(
            {
                Named(m.start, m.end, person.name)
                for person in self.people
                for m in person.mentions
                if m.part is Part.BODY and m.start >= 0
            }
        )
        self._starts = [each.start for each in self.all]

    def between(self, start: int, end: int) -> Sequence[Named]:
        """The mentions that begin within these offsets."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def names_between(self, start: int, end: int) -> set[str]:
        """The people named within these offsets."""
        return {each.name for each in self.between(start, end)}

    def subject_at(self, at: int, limit: int, *, inverted: bool, beside_verb: bool = False) -> Subject | None:
        """Who is named at an offset, before `limit`; after a verb (`inverted`) lower case may stand before the name.

        `beside_verb` where a verb of speech is the word before, or must be the next: then a word may be a surname.
        """
        for each in self.between(at, min(limit, at + 200))[:1]:
            gap = self.text[at : each.start]
            if (_TITLE if inverted else _CAPITALS).fullmatch(gap) and "\n" not in gap:
                return self._joined(at, each, gap, limit)
        bare = (_AFTER_VERB if inverted else _BEFORE_VERB) if beside_verb else None
        return self._by_surname(at, limit, bare) or self._stranger(at, limit)

    def _by_surname(self, at: int, limit: int, bare: re.Pattern[str] | None) -> Subject | None:
        """Somebody whose surname is a word: a name only behind a title ("Senator Young") or beside a verb (`bare`)."""
        match = _TITLED.match(self.text, at, limit)
        title = match["title"] if match else ""
        if not match or not _is_title(title.split()[-1]):
            match, title = bare.match(self.text, at, limit) if bare else None, ""
        holder = self.holder(match["name"]) if match else ""
        if not match or not holder or POSSESSIVE.match(self.text, match.end()):
            return None
        return Subject((holder,), at, match.end(), office(title))

    def holder(self, surname: str) -> str:
        """The only person of the release with this surname, "" where there is none or there are several."""
        holders = {person.name for person in self.people if _surname(person.name) == surname}
        return holders.pop() if len(holders) == 1 else ""

    def _joined(self, at: int, first: Named, gap: str, limit: int) -> Subject | None:
        if POSSESSIVE.match(self.text, first.end) or _OF_ANOTHER.search(gap):
            return Subject((), at, first.end)
        names, end, found = [first.name], first.end, [first.name]
        for each in self.between(first.start + 1, limit)[:20]:
            mark = _AND.match(self.text, end, each.start)
            between = self.text[mark.end() : each.start] if mark else ""
            if not mark or not _CAPITALS.fullmatch(between) or POSSESSIVE.match(self.text, each.end):
                break
            found, end = [*found, each.name], each.end
            if mark["mark"] != ", ":
                names, first = found, first._replace(end=end)
                if not self.text.startswith(",", end):
                    break
        return Subject(tuple(dict.fromkeys(names)), at, first.end, office(gap))

    def _stranger(self, at: int, limit: int) -> Subject | None:
        """A name that no list knows, after its titles: at least two words of which none is anything else."""
        match = _NAME.match(self.text, at, limit)
        if not match:
            return None
        words = match[0].split()
        titles = 0
        while titles < len(words) and _is_title(words[titles]):
            titles += 1
        name = words[titles:]
        if 2 <= len(name) <= 4 and all(map(_may_be_name, name)) and sum(len(word) > 2 for word in name) > 1:
            end = at + match[0].rindex(name[-1]) + len(name[-1])
            new = " ".join(name)
            return Subject((new,), at, end, " ".join(words[:titles]), new)
        return Subject((), at, match.end())


def _surname(name: str) -> str:
    words = [word for word in name.split() if not is_suffix(word)]
    return words[-1].strip(",") if words else ""


def office(gap: str) -> str:
    """The office that stands before a name, "" for none."""
    words = gap.strip(" ,").split()
    while words and (
        words[0] in _OPENERS
        or words[0].lower() in ("the", "a", "an", "his", "her", "its")
        or (words[0][0].islower() and not is_role(words[0]))
    ):
        del words[0]
    return " ".join(words) if any(_is_title(word) or is_role(word.lower()) for word in words) else ""


def _is_title(word: str) -> bool:
    return word_classes().get(word.rstrip(",")) == "titles" or word.lower().rstrip(",") in lexicon.words("roles")


def _may_be_name(word: str) -> bool:
    if is_initial(word) or is_suffix(word) or word in ("de", "van", "von", "bin", "al"):
        return True
    bare = word.removesuffix("'s").removesuffix("’s")
    return bare == word and not word.isupper() and bare not in word_classes() and not is_role(word.lower())
