"""Matches a query against the text of one release, and says which words are the match.

Independent of the engine: highlights come from it, and the tests use it as the oracle for the engine.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from indexer.language import (
    attribute_values,
    matching_terms,
    name_terms,
    stem,
    stems,
    tokenize,
    whole_name,
    words_within_edits,
)
from indexer.query import (
    Added,
    And,
    AnyNamed,
    AnyWord,
    AtLeast,
    Attribute,
    Clause,
    Described,
    Edited,
    Everything,
    Fuzzy,
    Named,
    NameField,
    Near,
    Not,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Published,
    Slot,
    TextClause,
    Undated,
    Versions,
    Wildcard,
    Withdrawn,
    WithId,
    Word,
)
from indexer.results import Span


class TokenRange(NamedTuple):
    """A range of token positions in a section, both ends included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of a release that clauses other than text clauses match; days are numbers yyyymmdd.

    `paths` and `versions` are as in `archive.store.VersionDetails`.
    """

    id: str = ""
    published: tuple[int, int] | None = None
    added: int = 0
    people: tuple[str, ...] = ()
    source: str = ""
    place: str = ""
    parent: str = ""
    live: bool = True
    media_type: str = ""
    language: str = ""
    paths: tuple[str, ...] = ()
    versions: int = 1

    def names(self, name: NameField) -> tuple[str, ...]:
        """The values of one name field."""
        if name is NameField.PERSON:
            return self.people
        return (self.source, self.parent) if name is NameField.SOURCE else (self.place,)


class Section(Protocol):
    """The title or the body of a release, in which the text clauses of a query are found."""

    text: str

    @property
    def has_words(self) -> bool:
        """Whether there is any word in it."""

    def find(self, clause: TextClause) -> list[TokenRange]:
        """The ranges that match `clause`, in reading order."""

    def span(self, tokens: TokenRange) -> Span:
        """The characters of a range of tokens that matched."""

    def word_start(self, offset: int) -> int:
        """Where the first word at or after `offset` begins, or the last word; 0 where that is the first of all."""

    def word_end(self, begin: int, offset: int) -> int:
        """Where the last word from `begin` on ends that ends before `offset`: the first of them at least.

        It is the end of the text where no word ends at or after `offset`.
        """


class IndexedText:
    """The title or the body of a release, tokenized."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms, self.starts, self.ends = tokenize(text)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct exact terms."""
        return frozenset(self.terms)

    def find(self, clause: TextClause) -> list[TokenRange]:
        """The ranges that match `clause`, in reading order."""
        if isinstance(clause, Phrase):
            return self._find_phrase(list(clause.terms))
        if isinstance(clause, PhrasePattern):
            return self._find_pattern(clause.slots)
        forms = self._word_forms(clause)
        return [TokenRange(at, at) for at, term in enumerate(self.terms) if term in forms] if forms else []

    def _word_forms(self, clause: Word | Prefix | Fuzzy | Wildcard) -> set[str]:
        match clause:
            case Word(term):
                stemmed = stem(term)
                # The first letter of a word is that of its stem, but for an accent and a second form.
                first = stemmed[0]
                return {
                    t for t in self.vocabulary if (t[0] == first or t[0] > "\x7f" or "'" in t) and stemmed in stems(t)
                }
            case Prefix(prefix):
                return {t for t in self.vocabulary if t.startswith(prefix)}
            case Fuzzy(term, edits):
                return set(words_within_edits(term, self.vocabulary, edits))
            case Wildcard(pattern):
                return set(matching_terms(pattern, self.vocabulary))

    def _find_phrase(self, terms: list[str]) -> list[TokenRange]:
        if not self.vocabulary.issuperset(terms):
            return []
        starts = [at for at, term in enumerate(self.terms) if term == terms[0]]
        size = len(terms)
        return [TokenRange(at, at + size - 1) for at in starts if self.terms[at : at + size] == terms]

    def _find_pattern(self, slots: tuple[Slot, ...]) -> list[TokenRange]:
        forms = [
            {slot} if isinstance(slot, str) else None if isinstance(slot, AnyWord) else self._word_forms(slot)
            for slot in slots
        ]
        return [
            TokenRange(at, at + len(forms) - 1)
            for at in range(len(self.terms) - len(forms) + 1)
            if all(of_slot is None or self.terms[at + i] in of_slot for i, of_slot in enumerate(forms))
        ]

    @property
    def has_words(self) -> bool:
        """Whether there is any word in it."""
        return bool(self.terms)

    def span(self, tokens: TokenRange) -> Span:
        """The characters of a range of tokens."""
        return Span(self.starts[tokens.first], self.ends[tokens.last])

    def word_start(self, offset: int) -> int:
        """Where the first word at or after `offset` begins, or the last word; 0 where that is the first of all."""
        first = min(bisect_left(self.starts, offset), len(self.starts) - 1)
        return self.starts[first] if first else 0

    def word_end(self, begin: int, offset: int) -> int:
        """Where the last word from `begin` on ends that ends before `offset`: the first of them at least."""
        stop = bisect_left(self.ends, offset)
        return len(self.text) if stop >= len(self.ends) else self.ends[max(stop - 1, bisect_left(self.starts, begin))]


@dataclass(frozen=True, slots=True)
class Match:
    """The matched words of a release: their spans in the title and in the body, with the clause of each."""

    title: tuple[tuple[Span, Clause], ...] = ()
    body: tuple[tuple[Span, Clause], ...] = ()

    def merge(self, other: Match) -> Match:
        """The matched words of both."""
        return Match(self.title + other.title, self.body + other.body)


@dataclass(frozen=True)
class ReleaseText:
    """A release tokenized for matching."""

    title: Section
    body: Section
    facts: Facts = field(default_factory=Facts)


def match(clause: Clause, text: ReleaseText) -> Match | None:
    """The match of `clause` in `text`, or None where it does not match.

    Words under a Not, and words of a branch of an Or that does not match, are not in it.
    """
    match clause:
        case And(clauses):
            return _merge_all([match(c, text) for c in clauses])
        case Or(clauses):
            matches = [m for c in clauses if (m := match(c, text)) is not None]
            return _merge_all(list(matches)) if matches else None
        case AtLeast(count, clauses):
            matches = [m for c in clauses if (m := match(c, text)) is not None]
            return _merge_all(list(matches)) if len(matches) >= count else None
        case Not(inner):
            return Match() if match(inner, text) is None else None
        case Near():
            return _match_sections(clause, text, only_title=clause.left.title)
        case Word() | Phrase() | Prefix() | Fuzzy() | Wildcard() | PhrasePattern():
            return _match_sections(clause, text, only_title=clause.title)
        case _:
            return Match() if _matches_facts(clause, text.facts) else None


def _merge_all(matches: list[Match | None]) -> Match | None:
    merged = Match()
    for each in matches:
        if each is None:
            return None
        merged = merged.merge(each)
    return merged


def _match_sections(clause: TextClause | Near, text: ReleaseText, *, only_title: bool) -> Match | None:
    title, body = _match_section(clause, text.title), () if only_title else _match_section(clause, text.body)
    return Match(title, body) if title or body else None


def _match_section(clause: TextClause | Near, section: Section) -> tuple[tuple[Span, Clause], ...]:
    ranges = _find_near(section, clause) if isinstance(clause, Near) else section.find(clause)
    return tuple((section.span(each), clause) for each in ranges)


def _find_near(section: Section, near: Near) -> list[TokenRange]:
    """The ranges of either side near one of the other; neighbours are one apart, overlapping ranges never near."""
    lefts, rights = section.find(near.left), section.find(near.right)
    matches = set()
    starts = [right.first for right in rights]
    for left in lefts:
        # Ranges of a clause have one length, so those within reach begin between two positions.
        reach = near.distance + (rights[0].last - rights[0].first if rights else 0)
        for right in rights[
            bisect_left(starts, left.first - reach) : bisect_left(starts, left.last + near.distance + 1)
        ]:
            gap = right.first - left.last if right.first > left.last else left.first - right.last
            if 1 <= gap <= near.distance and (right.first > left.last or not near.ordered):
                matches |= {left, right}
    return sorted(matches)


def _matches_facts(clause: Clause, facts: Facts) -> bool:
    match clause:
        case Everything() | Versions():
            return True
        case Described(attribute, terms):
            return _is_described(facts, attribute, terms)
        case Edited():
            return facts.versions > 1
        case Withdrawn():
            return not facts.live
        case Named(name, terms):
            return any(_contains_terms(value, terms) for value in facts.names(name))
        case AnyNamed(name):
            return any(facts.names(name))
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


def _contains_terms(name: str, terms: tuple[str, ...]) -> bool:
    held = name_terms(name)
    return any(held[i : i + len(terms)] == terms for i in range(len(held) - len(terms) + 1))


def _is_described(facts: Facts, attribute: Attribute, terms: tuple[str, ...]) -> bool:
    values = attribute_values(facts.paths, facts.media_type, facts.language)[attribute]
    if attribute in (Attribute.TYPE, Attribute.LANGUAGE):
        return whole_name(terms) in values
    return any(_contains_terms(value, terms) for value in values)
