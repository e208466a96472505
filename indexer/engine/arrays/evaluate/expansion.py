"""Prefixes, fuzzy words and wildcards expanded to the terms of the index that they match: the commonest."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock

from indexer.engine.arrays.evaluate.postings import PostingSource
from indexer.engine.protocol import MAX_FORMS
from indexer.language import fixed_prefix, matching_terms, words_within_edits
from indexer.query import Pattern, Prefix, Wildcard

MAX_EXPANSIONS = 64
"""Expansions kept: a page asks for each of them several times."""

MAX_WORDS = 200_000
"""Words kept, by field and first letter: each fuzzy or misspelt word is compared with all that begin like it."""


class Expansions:
    """The expansions of one open index. Safe to use from many threads."""

    def __init__(self, source: PostingSource) -> None:
        self._source = source
        self._known: OrderedDict[Pattern, Mapping[str, int]] = OrderedDict()
        self._vocabularies: OrderedDict[tuple[str, str], Sequence[str]] = OrderedDict()
        self._lock = Lock()

    def is_capped(self, term: Pattern) -> bool:
        """Whether it matches more exact terms than are searched."""
        if isinstance(term, Prefix):
            # Of all segments together, which is cheap: seldom are there so many, even with those that are double.
            numbers = sum(self._source.count_terms(field, term.prefix)[0] for field in _fields(term))
            if numbers <= MAX_FORMS:
                return False
        return self.count(term) > MAX_FORMS

    def count(self, term: Pattern) -> int:
        """How many exact terms it matches."""
        return len(self.document_counts(term))

    def find(self, term: Pattern) -> Sequence[str]:
        """The exact terms that it matches, the commonest MAX_FORMS, in order."""
        counts = self.document_counts(term)
        if len(counts) <= MAX_FORMS:
            return sorted(counts)
        return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:MAX_FORMS])

    def document_counts(self, term: Pattern) -> Mapping[str, int]:
        """Every exact term that it matches, with its document frequencies in the fields it is searched in, added up."""
        with self._lock:
            if (known := self._known.get(term)) is not None:
                self._known.move_to_end(term)
                return known
        counts: dict[str, int] = {}
        for field in _fields(term):
            for word, count in self._count_words(term, field).items():
                counts[word] = counts.get(word, 0) + count
        with self._lock:
            self._known[term] = counts
            while len(self._known) > MAX_EXPANSIONS:
                self._known.popitem(last=False)
        return counts

    def _count_words(self, term: Pattern, field: str) -> Mapping[str, int]:
        if isinstance(term, Prefix):
            return self._source.document_counts(field, term.prefix)
        if isinstance(term, Wildcard):
            words = matching_terms(term.pattern, self.vocabulary(field, fixed_prefix(term.pattern)))
        else:
            words = words_within_edits(term.term, self.vocabulary(field, term.term[0]), term.edits)
        return {word: self._source.document_count(field, word) for word in words}

    def vocabulary(self, field: str, prefix: str) -> Sequence[str]:
        """The terms of a field that begin with a letter or with more than that, in order.

        Those of a letter are kept; others are cut out of them, or read where the letter was not asked for yet.
        """
        letter = prefix[:1]
        with self._lock:
            if (known := self._vocabularies.get((field, letter))) is not None:
                self._vocabularies.move_to_end((field, letter))
        if known is None:
            known = self._source.terms(field, prefix)
            if prefix == letter:
                self._keep_vocabulary(field, letter, known)
        return known if prefix == letter else _begin_with(prefix, known)

    def _keep_vocabulary(self, field: str, letter: str, words: Sequence[str]) -> None:
        with self._lock:
            self._vocabularies[field, letter] = words
            while len(self._vocabularies) > 1 and sum(map(len, self._vocabularies.values())) > MAX_WORDS:
                self._vocabularies.popitem(last=False)


def _begin_with(prefix: str, words: Sequence[str]) -> Sequence[str]:
    """Those of the words, which are in order, that begin with a prefix."""
    return words[bisect_left(words, prefix) : bisect_left(words, f"{prefix}{chr(sys.maxunicode)}")]


def _fields(term: Pattern) -> tuple[str, ...]:
    return ("title",) if term.title else ("title", "body")
