"""A query held against one release: does it match, and exactly which words of the text are the match.

No engine in it: this is what the marks on a page come from, and what the engine is held to in the tests.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from indexer.language import fold, keys, loose, tokens, within_edits
from indexer.query import (
    Added,
    And,
    AtLeast,
    Clause,
    Everything,
    Fuzzy,
    Name,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Term,
    Undated,
    WithId,
    Word,
)
from indexer.results import Span


class Run(NamedTuple):
    """A stretch of tokens, by their numbers, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of a release that clauses other than words ask about; days are numbers yyyymmdd."""

    id: str = ""
    published: tuple[int, int] | None = None
    added: int = 0
    people: tuple[str, ...] = ()
    source: str = ""
    place: str = ""

    def names(self, name: Name) -> tuple[str, ...]:
        """The values of one name field."""
        if name is Name.PERSON:
            return self.people
        return (self.source if name is Name.SOURCE else self.place,)


class Section:
    """The title or the body of a release, cut into tokens once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys, self.starts, self.ends = tokens(text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The verbatim keys that occur."""
        return frozenset(self.keys)

    def runs(self, term: Term) -> list[Run]:
        """Where `term` stands, in reading order."""
        if isinstance(term, Phrase):
            return self._phrase(list(term.keys))
        wanted = self._keys(term)
        return [Run(number, number) for number, key in enumerate(self.keys) if key in wanted] if wanted else []

    def _keys(self, term: Word | Prefix | Fuzzy) -> set[str]:
        match term:
            case Word(key):
                stem = loose(key)
                # The first letter of a word is that of its stem, but for an accent.
                first = stem[0]
                return {k for k in self.vocabulary if (k[0] == first or k[0] > "\x7f") and loose(k) == stem}
            case Prefix(key):
                return {k for k in self.vocabulary if k.startswith(key)}
            case Fuzzy(key, edits):
                return set(within_edits(key, self.vocabulary, edits))

    def _phrase(self, wanted: list[str]) -> list[Run]:
        if not self.vocabulary.issuperset(wanted):
            return []
        firsts = [number for number, key in enumerate(self.keys) if key == wanted[0]]
        size = len(wanted)
        return [Run(at, at + size - 1) for at in firsts if self.keys[at : at + size] == wanted]

    def span(self, run: Run) -> Span:
        """The characters a run of tokens covers, from its first letter to its last."""
        return Span(self.starts[run.first], self.ends[run.last])


@dataclass(frozen=True, slots=True)
class Match:
    """The matched words of a release: their spans in the title and in the body, with the clause of each."""

    title: tuple[tuple[Span, Clause], ...] = ()
    body: tuple[tuple[Span, Clause], ...] = ()

    def joined(self, other: Match) -> Match:
        """Both together."""
        return Match(self.title + other.title, self.body + other.body)


@dataclass(frozen=True)
class ReleaseText:
    """A release as matching sees it."""

    title: Section
    body: Section
    facts: Facts = field(default_factory=Facts)


def match(clause: Clause, text: ReleaseText) -> Match | None:
    """The match of `clause` in `text`, or None where it does not match.

    Words under a Not, and words of an OR's branch that is not itself fulfilled, are no match.
    """
    match clause:
        case And(clauses):
            return _all([match(c, text) for c in clauses])
        case Or(clauses):
            found = [m for c in clauses if (m := match(c, text)) is not None]
            return _all(list(found)) if found else None
        case AtLeast(count, clauses):
            found = [m for c in clauses if (m := match(c, text)) is not None]
            return _all(list(found)) if len(found) >= count else None
        case Not(inner):
            return Match() if match(inner, text) is None else None
        case Near():
            return _sections(clause, text, only_title=clause.left.title)
        case Word() | Phrase() | Prefix() | Fuzzy():
            return _sections(clause, text, only_title=clause.title)
        case _:
            return Match() if _holds(clause, text.facts) else None


def _all(matches: list[Match | None]) -> Match | None:
    whole = Match()
    for one in matches:
        if one is None:
            return None
        whole = whole.joined(one)
    return whole


def _sections(clause: Term | Near, text: ReleaseText, *, only_title: bool) -> Match | None:
    title, body = _marks(clause, text.title), () if only_title else _marks(clause, text.body)
    return Match(title, body) if title or body else None


def _marks(clause: Term | Near, section: Section) -> tuple[tuple[Span, Clause], ...]:
    runs = _near_runs(section, clause) if isinstance(clause, Near) else section.runs(clause)
    return tuple((section.span(run), clause) for run in runs)


def _near_runs(section: Section, near: Near) -> list[Run]:
    """The runs of both sides that have a partner; neighbours are one apart, overlapping runs never near."""
    lefts, rights = section.runs(near.left), section.runs(near.right)
    found = set()
    starts = [run.first for run in rights]
    for left in lefts:
        # Runs of a term have one length, so those within reach stand between two starts.
        reach = near.distance + (rights[0].last - rights[0].first if rights else 0)
        for right in rights[
            bisect_left(starts, left.first - reach) : bisect_left(starts, left.last + near.distance + 1)
        ]:
            gap = right.first - left.last if right.first > left.last else left.first - right.last
            if 1 <= gap <= near.distance and (right.first > left.last or not near.ordered):
                found |= {left, right}
    return sorted(found)


def _holds(clause: Clause, facts: Facts) -> bool:
    match clause:
        case Everything():
            return True
        case Named(name, wanted):
            return any(_within(wanted, value) for value in facts.names(name))
        case Published(first, last):
            days = facts.published
            return days is not None and first <= days[0] and days[1] <= last
        case Added(first, last):
            return first <= facts.added <= last
        case Undated():
            return facts.published is None
        case WithId(release_id):
            return facts.id == release_id
    raise TypeError(f"not a clause about facts: {clause!r}")


def _within(wanted: tuple[str, ...], value: str) -> bool:
    there = [fold(key) for key in keys(value)]
    return any(tuple(there[i : i + len(wanted)]) == wanted for i in range(len(there) - len(wanted) + 1))
