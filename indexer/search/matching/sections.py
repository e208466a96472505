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


class IndexedText:
    """The title or the body of a release, tokenized."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.terms, self.starts, self.ends = tokenize(text)

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
        if isinstance(clause, Phrase):
            return self._find_phrase(list(clause.terms))
        if isinstance(clause, PhrasePattern):
            return self._find_pattern(clause.slots)
        return [
            TokenRange(at, at) for at in sorted(at for form in self._word_forms(clause) for at in self._positions[form])
        ]

    def _word_forms(self, clause: Word | Prefix | Fuzzy | Wildcard) -> set[str]:
        match clause:
            case Word(term):
                return self._by_stem.get(stem(term), set())
            case Prefix(prefix):
                return {t for t in self.vocabulary if t.startswith(prefix)}
            case Fuzzy(term, edits):
                return set(words_within_edits(term, self.vocabulary, edits))
            case Wildcard(pattern):
                return set(matching_terms(pattern, self.vocabulary))

    def _find_phrase(self, terms: list[str]) -> list[TokenRange]:
        size = len(terms)
        starts = self._positions.get(terms[0], []) if self.vocabulary.issuperset(terms) else []
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
