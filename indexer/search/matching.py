"""Matches a query against the text of one release, and says which words are the match.

Independent of the engine: highlights come from it, and the tests use it as the oracle for the engine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
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
            for each in stems(term):
                terms.setdefault(each, set()).add(term)
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
        if isinstance(clause, PhrasePattern):
            return self._find_pattern(clause.slots), len(clause.slots)
        forms = self._word_forms(clause)
        if not forms:
            return [], 1
        if self._scans <= MAX_SCANS:
            return [at for at, term in enumerate(self.terms) if term in forms], 1
        return sorted(at for form in forms for at in self._positions[form]), 1

    def _word_forms(self, clause: Word | Prefix | Fuzzy | Wildcard) -> set[str]:
        match clause:
            case Word(term):
                return self._forms_of_stem(stem(term))
            case Prefix(prefix):
                return {t for t in self.vocabulary if t.startswith(prefix)}
            case Fuzzy(term, edits):
                return set(words_within_edits(term, self.vocabulary, edits))
            case Wildcard(pattern):
                return set(matching_terms(pattern, self.vocabulary))

    def _forms_of_stem(self, stemmed: str) -> set[str]:
        if self._scans > MAX_SCANS:
            return self._by_stem.get(stemmed, set())
        # The first letter of a word is that of its stem, but for an accent and a second form.
        first = stemmed[0]
        return {t for t in self.vocabulary if (t[0] == first or t[0] > "\x7f" or "'" in t) and stemmed in stems(t)}

    def _find_phrase(self, terms: list[str]) -> list[int]:
        if not self.vocabulary.issuperset(terms):
            return []
        size = len(terms)
        if self._scans <= MAX_SCANS:
            starts = [at for at, term in enumerate(self.terms) if term == terms[0]]
        else:
            starts = self._positions[terms[0]]
        return starts if size == 1 else [at for at in starts if self.terms[at : at + size] == terms]

    def _find_pattern(self, slots: tuple[Slot, ...]) -> list[int]:
        forms = [
            {slot} if isinstance(slot, str) else None if isinstance(slot, AnyWord) else self._word_forms(slot)
            for slot in slots
        ]
        return [
            at
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


@dataclass(frozen=True)
class ReleaseText:
    """A release tokenized for matching."""

    title: Section
    body: Section
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
            case Near() | Word() | Phrase() | Prefix() | Fuzzy() | Wildcard() | PhrasePattern():
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


def _match_section(leaf: TextClause | Near, section: Section) -> ClauseSpans:
    ranges = _find_near(section, leaf) if isinstance(leaf, Near) else section.find(leaf)
    return tuple((section.span(each), leaf) for each in ranges)


def _find_near(section: Section, near: Near) -> list[TokenRange]:
    """The ranges of either side near one of the other; neighbours are one apart, overlapping ranges never near."""
    lefts, rights = section.find(near.left), section.find(near.right)
    if not lefts or not rights:
        return []
    # Ranges of a clause have one length, so those within reach begin in a window: see the evaluator's `_windows`.
    first, second = (some[0].last - some[0].first + 1 for some in (lefts, rights))
    after, ahead = (first, first - 1 + near.distance), (1 - second - near.distance, -second)
    windows = [after] if near.ordered else [after, ahead]
    matches = {*_with_one_in(lefts, rights, windows)}
    matches.update(_with_one_in(rights, lefts, [(-high, -low) for low, high in windows]))
    return sorted(matches)


def _with_one_in(
    ranges: Sequence[TokenRange], others: Sequence[TokenRange], windows: Sequence[tuple[int, int]]
) -> list[TokenRange]:
    """Those of the ranges after whose beginning one of the others begins in a window."""
    starts = [other.first for other in others]
    return [
        each
        for each in ranges
        if any(
            bisect_left(starts, each.first + low) < bisect_left(starts, each.first + high + 1) for low, high in windows
        )
    ]


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
