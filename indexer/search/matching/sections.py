"""The title or the body of a release, in which the text clauses of a query are found: here one that is tokenized."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple, Protocol

from indexer.language import matching_terms, stem, stems, tokenize, words_within_edits
from indexer.query import (
    AnyWord,
    Fuzzy,
    Phrase,
    PhrasePattern,
    Prefix,
    Slot,
    TextClause,
    Wildcard,
    Word,
)
from indexer.results import Span


class TokenRange(NamedTuple):
    """A range of token positions in a section, both ends included."""

    first: int
    last: int


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
