"""Matches a query against the text of one release, and says which words are the match.

Independent of the engine: highlights come from it, and the tests use it as the oracle for the engine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat
from typing import NamedTuple

from indexer.language import exact_terms, fold_accents, stem, tokenize, words_within_edits
from indexer.query import (
    Added,
    And,
    AtLeast,
    Clause,
    Everything,
    Fuzzy,
    Named,
    NameField,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    TextClause,
    Undated,
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
    """The fields of a release that clauses other than text clauses match; days are numbers yyyymmdd."""

    id: str = ""
    published: tuple[int, int] | None = None
    added: int = 0
    people: tuple[str, ...] = ()
    source: str = ""
    place: str = ""
    parent: str = ""

    def names(self, name: NameField) -> tuple[str, ...]:
        """The values of one name field."""
        if name is NameField.PERSON:
            return self.people
        return (self.source, self.parent) if name is NameField.SOURCE else (self.place,)


MAX_SCANS = 3
"""Clauses for which the tokens of a text are looked through; for more it is worth an index of them."""


class IndexedText:
    """The title or the body of a release, tokenized."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms, self.starts, self.ends = tokenize(text)
        self._scans = 0

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct exact terms."""
        return frozenset(self.terms)

    @cached_property
    def _positions(self) -> dict[str, list[int]]:
        """The positions of each exact term."""
        positions: dict[str, list[int]] = {}
        for at, term in enumerate(self.terms):
            positions.setdefault(term, []).append(at)
        return positions

    @cached_property
    def _by_stem(self) -> dict[str, set[str]]:
        """The exact terms of each stem."""
        terms: dict[str, set[str]] = {}
        for term in self.vocabulary:
            terms.setdefault(stem(term), set()).add(term)
        return terms

    def find(self, clause: TextClause) -> list[TokenRange]:
        """The ranges that match `clause`, in reading order."""
        starts, size = self.find_starts(clause)
        return [TokenRange(at, at + size - 1) for at in starts]

    def find_starts(self, clause: TextClause) -> tuple[list[int], int]:
        """The positions at which ranges that match `clause` begin, in reading order; and how many tokens each has."""
        self._scans += 1
        if isinstance(clause, Phrase):
            return self._find_phrase(list(clause.terms)), len(clause.terms)
        forms = self._word_forms(clause)
        if not forms:
            return [], 1
        if self._scans <= MAX_SCANS:
            return [at for at, term in enumerate(self.terms) if term in forms], 1
        return sorted(at for form in forms for at in self._positions[form]), 1

    def _word_forms(self, clause: Word | Prefix | Fuzzy) -> set[str]:
        match clause:
            case Word(term):
                return self._forms_of_stem(stem(term))
            case Prefix(prefix):
                return {t for t in self.vocabulary if t.startswith(prefix)}
            case Fuzzy(term, edits):
                return set(words_within_edits(term, self.vocabulary, edits))

    def _forms_of_stem(self, stemmed: str) -> set[str]:
        if self._scans > MAX_SCANS:
            return self._by_stem.get(stemmed, set())
        # The first letter of a word is that of its stem, but for an accent.
        first = stemmed[0]
        return {t for t in self.vocabulary if (t[0] == first or t[0] > "\x7f") and stem(t) == stemmed}

    def _find_phrase(self, terms: list[str]) -> list[int]:
        if not self.vocabulary.issuperset(terms):
            return []
        size = len(terms)
        if self._scans <= MAX_SCANS:
            starts = [at for at, term in enumerate(self.terms) if term == terms[0]]
        else:
            starts = self._positions[terms[0]]
        return starts if size == 1 else [at for at in starts if self.terms[at : at + size] == terms]

    def spans(self, starts: Sequence[int], size: int) -> Iterator[Span]:
        """The characters of the ranges of `size` tokens that begin at these positions."""
        last = starts if size == 1 else [at + size - 1 for at in starts]
        return map(Span._make, zip(map(self.starts.__getitem__, starts), map(self.ends.__getitem__, last), strict=True))

    def span(self, tokens: TokenRange) -> Span:
        """The characters of a range of tokens."""
        return Span(self.starts[tokens.first], self.ends[tokens.last])


@dataclass(frozen=True, slots=True)
class Match:
    """The matched words of a release: their spans in the title and in the body, with the clause of each."""

    title: tuple[tuple[Span, Clause], ...] = ()
    body: tuple[tuple[Span, Clause], ...] = ()


@dataclass(frozen=True)
class ReleaseText:
    """A release tokenized for matching."""

    title: IndexedText
    body: IndexedText
    facts: Facts = field(default_factory=Facts)


MAX_RANGES = 20_000
"""Places in one text at which the words of a query are found on a page of hits; further words are not looked for."""


def match(clause: Clause, text: ReleaseText, max_ranges: int = MAX_RANGES) -> Match | None:
    """The match of `clause` in `text`, or None where it does not match.

    Words under a Not, and words of a branch of an Or that does not match, are not in it. After `max_ranges` places no
    other word is looked for, and those that are left are taken to match.
    """
    matcher = _Matcher(text, max_ranges)
    leaves = matcher.match(clause)
    if leaves is None:
        return None
    sections = [matcher.found.get(leaf, _NOWHERE) for leaf in leaves]
    return Match(*(tuple(chain.from_iterable(each[at] for each in sections)) for at in (0, 1)))


ClauseSpans = tuple[tuple[Span, Clause], ...]
Leaves = dict[Clause, None]
"""Leaves in the order in which they were found, each once."""

_NOWHERE: tuple[ClauseSpans, ClauseSpans] = ((), ())


class _Matcher:
    """Matches the clauses of a query against one text; each leaf is looked for once, wherever it stands."""

    def __init__(self, text: ReleaseText, max_ranges: int) -> None:
        self._text = text
        self._room = max_ranges
        self.found: dict[Clause, tuple[ClauseSpans, ClauseSpans]] = {}
        """Where each leaf is, in the title and in the body."""

    def match(self, clause: Clause) -> Leaves | None:
        """The leaves by which a clause matches, None where it does not."""
        match clause:
            case And(clauses):
                return self._match_at_least(len(clauses), clauses)
            case Or(clauses):
                return self._match_at_least(1, clauses)
            case AtLeast(count, clauses):
                return self._match_at_least(count, clauses)
            case Not(inner):
                return {} if self.match(inner) is None else None
            case Near() | Word() | Phrase() | Prefix() | Fuzzy():
                return self._match_leaf(clause)
            case _:
                return {} if _matches_facts(clause, self._text.facts) else None

    def _match_at_least(self, count: int, clauses: tuple[Clause, ...]) -> Leaves | None:
        """The leaves of all that match, where they are so many; a clause that stands there twice counts twice."""
        leaves: Leaves = {}
        matching, missing = 0, len(clauses) - count
        for clause, times in Counter(clauses).items():
            if (found := self.match(clause)) is not None:
                leaves |= found
                matching += times
            elif (missing := missing - times) < 0:
                return None
        return leaves if matching >= count else None

    def _match_leaf(self, leaf: TextClause | Near) -> Leaves | None:
        if leaf not in self.found:
            if self._room <= 0:
                return {}
            only_title = leaf.left.title if isinstance(leaf, Near) else leaf.title
            body = () if only_title else _match_section(leaf, self._text.body)
            self.found[leaf] = _match_section(leaf, self._text.title), body
            self._room -= sum(map(len, self.found[leaf]))
        return {leaf: None} if any(self.found[leaf]) else None


def _match_section(leaf: TextClause | Near, section: IndexedText) -> ClauseSpans:
    if isinstance(leaf, Near):
        return tuple((section.span(each), leaf) for each in _find_near(section, leaf))
    return tuple(zip(section.spans(*section.find_starts(leaf)), repeat(leaf)))


def _find_near(section: IndexedText, near: Near) -> list[TokenRange]:
    """The ranges of either side near one of the other; neighbours are one apart, overlapping ranges never near."""
    (lefts, first), (rights, second) = section.find_starts(near.left), section.find_starts(near.right)
    # Ranges of a clause have one length, so those within reach begin in a window: see the evaluator's `_windows`.
    after, ahead = (first, first - 1 + near.distance), (1 - second - near.distance, -second)
    windows = [after] if near.ordered else [after, ahead]
    matches = {TokenRange(at, at + first - 1) for at in _with_one_in(lefts, rights, windows)}
    others = _with_one_in(rights, lefts, [(-high, -low) for low, high in windows])
    return sorted(matches | {TokenRange(at, at + second - 1) for at in others})


def _with_one_in(starts: Sequence[int], others: Sequence[int], windows: Sequence[tuple[int, int]]) -> list[int]:
    """Those of the positions after which there is one of the others in a window."""
    return [
        at
        for at in starts
        if any(bisect_left(others, at + low) < bisect_left(others, at + high + 1) for low, high in windows)
    ]


def _matches_facts(clause: Clause, facts: Facts) -> bool:
    match clause:
        case Everything():
            return True
        case Named(name, terms):
            return any(_contains_terms(value, terms) for value in facts.names(name))
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
    name_terms = [fold_accents(term) for term in exact_terms(name)]
    return any(tuple(name_terms[i : i + len(terms)]) == terms for i in range(len(name_terms) - len(terms) + 1))
