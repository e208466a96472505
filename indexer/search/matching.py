"""Matches a query against the text of one release, and says which words are the match.

Independent of the engine: highlights come from it, and the tests use it as the oracle for the engine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
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
        self._scans += 1
        if isinstance(clause, Phrase):
            return self._find_phrase(list(clause.terms))
        forms = self._word_forms(clause)
        if not forms:
            return []
        if self._scans <= MAX_SCANS:
            return [TokenRange(at, at) for at, term in enumerate(self.terms) if term in forms]
        return [TokenRange(at, at) for at in sorted(at for form in forms for at in self._positions[form])]

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

    def _find_phrase(self, terms: list[str]) -> list[TokenRange]:
        if not self.vocabulary.issuperset(terms):
            return []
        size = len(terms)
        if self._scans <= MAX_SCANS:
            starts = [at for at, term in enumerate(self.terms) if term == terms[0]]
        else:
            starts = self._positions[terms[0]]
        return [TokenRange(at, at + size - 1) for at in starts if self.terms[at : at + size] == terms]

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


FREE_CLAUSES = 4
"""Words and phrases that are looked for in a text, however often it has them."""

MAX_RANGES = 20_000
"""Places in one text at which the words of a query are found; what stands beyond them would only be marked."""


def match(clause: Clause, text: ReleaseText) -> Match | None:
    """The match of `clause` in `text`, or None where it does not match.

    Words under a Not, and words of a branch of an Or that does not match, are not in it. Of a query with more than
    FREE_CLAUSES words and phrases those after MAX_RANGES places are not looked for, and taken to match.
    """
    matcher = _Matcher(text)
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

    def __init__(self, text: ReleaseText) -> None:
        self._text = text
        self._ranges = 0
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
            if self._ranges > MAX_RANGES and len(self.found) >= FREE_CLAUSES:
                return {}
            only_title = leaf.left.title if isinstance(leaf, Near) else leaf.title
            body = () if only_title else _match_section(leaf, self._text.body)
            self.found[leaf] = _match_section(leaf, self._text.title), body
            self._ranges += sum(map(len, self.found[leaf]))
        return {leaf: None} if any(self.found[leaf]) else None


def _match_section(leaf: TextClause | Near, section: IndexedText) -> ClauseSpans:
    ranges = _find_near(section, leaf) if isinstance(leaf, Near) else section.find(leaf)
    return tuple((section.span(each), leaf) for each in ranges)


def _find_near(section: IndexedText, near: Near) -> list[TokenRange]:
    """The ranges of either side near one of the other; neighbours are one apart, overlapping ranges never near."""
    lefts, rights = section.find(near.left), section.find(near.right)
    if not lefts or not rights:
        return []
    # Ranges of a clause have one length, so those within reach begin in a window: see the evaluator's `_windows`.
    first, second = (some[0].last - some[0].first + 1 for some in (lefts, rights))
    after, ahead = (first, first - 1 + near.distance), (1 - second - near.distance, -second)
    windows = [after] if near.ordered else [after, ahead]
    matches = _with_one_in(lefts, rights, windows)
    matches |= _with_one_in(rights, lefts, [(-high, -low) for low, high in windows])
    return sorted(matches)


def _with_one_in(ranges: list[TokenRange], others: list[TokenRange], windows: list[tuple[int, int]]) -> set[TokenRange]:
    """The ranges after whose beginning one of the others begins in a window."""
    starts = [other.first for other in others]
    return {
        each
        for each in ranges
        for low, high in windows
        if bisect_left(starts, each.first + low) < bisect_left(starts, each.first + high + 1)
    }


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
