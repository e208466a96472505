"""Words, phrases and patterns matched in titles and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from indexer import deadline, kernels
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.matches import Matches
from indexer.engine.arrays.evaluate.phrases import pattern_postings, phrase_postings
from indexer.engine.arrays.evaluate.postings import EMPTY, Postings, PostingSource
from indexer.engine.arrays.evaluate.scoring import FUNCTION_WEIGHT, Scoring, is_function_stem
from indexer.kernels import Documents
from indexer.language import stem
from indexer.query import Phrase, PhrasePattern, Prefix, TextClause, Word


class TextMatcher:
    """Matches text clauses in one opened index. Safe to use from many threads."""

    def __init__(self, source: PostingSource, dictionary: Dictionary, scoring: Scoring) -> None:
        self._source, self._dictionary, self._scoring = source, dictionary, scoring
        # A query and its readings look up the same words, one after the other.
        self._last_words: tuple[frozenset[Word], Documents] = frozenset(), EMPTY.documents

    def match(self, clause: TextClause) -> Matches:
        """The documents that hold a text clause in their titles or bodies, scored by BM25."""
        title = self._postings(clause, "title")
        body = EMPTY if clause.title else self._postings(clause, "body")
        if isinstance(clause, Word) and not clause.title:
            documents = self._source.documents(("title_loose", "body_loose"), stem(clause.term))
        else:
            documents = kernels.union(body.documents, title.documents)
        factor = FUNCTION_WEIGHT if isinstance(clause, Word) and is_function_stem(stem(clause.term)) else 1.0
        return Matches(documents, self._scoring.scorer(len(documents), title, body, factor))

    def documents_with_all(self, words: Iterable[Word]) -> Documents:
        """The documents that contain all of these words, one at least."""
        distinct, (last, documents) = frozenset(words), self._last_words
        if distinct == last:
            return documents
        documents = reduce(kernels.intersect, sorted((self.match(word).documents for word in distinct), key=len))
        if not deadline.is_over():  # some of the words may not have been looked up
            self._last_words = distinct, documents
        return documents

    def _postings(self, clause: TextClause, field: str) -> Postings:
        source = self._source
        if isinstance(clause, Word):
            return source.postings(f"{field}_loose", stem(clause.term))
        if isinstance(clause, PhrasePattern):
            return pattern_postings(source, self._dictionary, clause, field)
        if isinstance(clause, Phrase) and len(clause.terms) > 1:
            return phrase_postings(source, clause, field)
        if isinstance(clause, Prefix) and not self._dictionary.expansions.is_capped(clause):
            return source.prefix_postings(field, clause.prefix)
        return source.union_postings(field, self._dictionary.expand(clause, field))
