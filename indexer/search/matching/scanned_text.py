"""The title or the body of a release, scanned for the words of a query: only what can match becomes an object.

It matches as sections.IndexedText does, which tokenizes the whole text; tests hold the two to each other. The exact
terms that each clause matches come from the index, so the text is one that it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

from indexer.language import KeyFinder, KeyTokens, prepare_text, word_end, word_start
from indexer.query import AnyWord, Clause, Phrase, PhrasePattern, Slot, TextClause, leaves, text_clauses
from indexer.results import Span
from indexer.search.matching.sections import TokenRange


def word_clauses(clause: Clause) -> list[TextClause]:
    """The text clauses in a query, and those for single words in its phrase patterns, each once: what has forms."""
    found: list[TextClause] = []
    for leaf in leaves(clause):
        for side in text_clauses(leaf):
            if isinstance(side, PhrasePattern):
                found += [slot for slot in side.slots if not isinstance(slot, str | AnyWord)]
            else:
                found.append(side)
    return list(dict.fromkeys(found))


class QueryTerms:
    """The exact terms of an index that each text clause of a query matches."""

    def __init__(self, clause: Clause, forms: Mapping[TextClause, Sequence[str]]) -> None:
        """`forms` has the exact terms of each of the query's `word_clauses` but phrases, whose own words they are."""
        clauses = word_clauses(clause)
        self.forms = {each: frozenset(forms[each]) for each in clauses if not isinstance(each, Phrase)}
        quoted = [term for each in clauses if isinstance(each, Phrase) for term in each.terms]
        texts = [text for leaf in leaves(clause) for text in text_clauses(leaf)]
        patterns = [text for text in texts if isinstance(text, PhrasePattern)]
        fixed = [slot for pattern in patterns for slot in pattern.slots if isinstance(slot, str)]
        self.keys = sorted({*quoted, *fixed, *chain.from_iterable(self.forms.values())})
        self.finder = KeyFinder(self.keys)

    def scan(self, text: str) -> ScannedText:
        """A title or a body that the index holds, scanned for these terms."""
        return ScannedText(text, self)


MAX_PLACES = 2_000
"""Places in one text at which a term is found: a text may repeat one without end, and a hit shows a few of them."""


class ScannedText:
    """The title or the body of a release, scanned for the terms of a query."""

    def __init__(self, text: str, terms: QueryTerms) -> None:
        self.text = text
        self._joined = prepare_text(text)
        self._forms = terms.forms
        self._found: KeyTokens = terms.finder.find(self._joined, MAX_PLACES)
        self._terms = [terms.keys[number] for number in self._found.numbers]
        self.has_words = self._found.total > 0

    @cached_property
    def _by_position(self) -> dict[int, int]:
        """The index of each token found, by its position in the text."""
        return {position: index for index, position in enumerate(self._found.positions)}

    @cached_property
    def _by_term(self) -> dict[str, list[int]]:
        """The positions of each term found."""
        positions: dict[str, list[int]] = {}
        for term, position in zip(self._terms, self._found.positions, strict=True):
            positions.setdefault(term, []).append(position)
        return positions

    def find(self, clause: TextClause) -> list[TokenRange]:
        """The ranges that match `clause`, in reading order."""
        if isinstance(clause, Phrase):
            return self._find_slots(clause.terms)
        if isinstance(clause, PhrasePattern):
            return self._find_slots(clause.slots)
        forms = self._forms.get(clause, frozenset()) & self._by_term.keys()
        return [TokenRange(at, at) for at in sorted(at for form in forms for at in self._by_term[form])]

    def _find_slots(self, slots: Sequence[Slot]) -> list[TokenRange]:
        first = slots[0]
        assert not isinstance(first, AnyWord)
        # The positions of a word that stands in a phrase a hundred times are one set.
        sets = {slot: set(self._slot_positions(slot)) for slot in {*slots[1:]} if not isinstance(slot, AnyWord)}
        others = [(sets[slot], offset) for offset, slot in enumerate(slots) if offset and slot in sets]
        return [
            TokenRange(at, at + len(slots) - 1)
            for at in self._slot_positions(first)
            if all(at + offset in some for some, offset in others)
        ]

    def _slot_positions(self, slot: Slot) -> list[int]:
        if isinstance(slot, str):
            return self._by_term.get(slot, [])
        assert not isinstance(slot, AnyWord)
        return [each.first for each in self.find(slot)]

    def span(self, tokens: TokenRange) -> Span:
        """The characters of a range of tokens, of which the first and the last were found."""
        first, last = self._by_position[tokens.first], self._by_position[tokens.last]
        return Span(self._found.starts[first], self._found.ends[last])

    def word_start(self, offset: int) -> int:
        """Where the first word at or after `offset` begins, or the last word; 0 where that is the first of all."""
        if offset <= self._found.first_start:
            return 0
        last = self._found.last_start
        start = last if offset > last else word_start(self._joined, self._uncut_before(offset), offset)
        return start if start > self._found.first_start else 0

    def word_end(self, begin: int, offset: int) -> int:
        """Where the last word from `begin` on ends that ends before `offset`: the first of them at least.

        It is the end of the text where no word ends at or after `offset`.
        """
        if offset > self._found.last_end:
            return len(self.text)
        return word_end(self._joined, self._uncut_before(begin), begin, offset)

    def _uncut_before(self, offset: int) -> int:
        """An offset before this one at which no word is cut."""
        return max(self._joined.rfind(" ", 0, offset), self._joined.rfind("\n", max(0, offset - 200), offset), 0)
