"""NEAR and BEFORE: two text clauses at most so many words apart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from indexer import kernels
from indexer.engine.arrays.evaluate.dictionary import Dictionary, text_fields
from indexer.engine.arrays.evaluate.matches import Matches
from indexer.engine.arrays.evaluate.phrases import phrase_operand
from indexer.engine.arrays.evaluate.postings import EMPTY, FieldTerm, PostingSource, TermOperand
from indexer.engine.arrays.evaluate.scoring import Scoring
from indexer.engine.arrays.segments import BIGRAMS_FIELD, bigram_term, is_common_bigram
from indexer.kernels import Documents, Floats, PackedPositions
from indexer.query import Near, Phrase, TextClause, Word


def word_operands(nears: Iterable[Near]) -> list[Word]:
    """The operands that are words."""
    return [term for near in nears for term in (near.left, near.right) if isinstance(term, Word)]


def near_positions(near: Near, left: PackedPositions, right: PackedPositions) -> PackedPositions:
    """The positions of either that have one of the other in a window."""
    windows = _windows(near)
    if len(left) > len(right):  # the shorter list is looked up in the longer
        left, right, windows = right, left, [(-high, -low) for low, high in windows]
    return kernels.near_positions(left, right, sorted(windows))


class NearMatcher:
    """Matches two text clauses near each other in one opened index. Safe to use from many threads."""

    def __init__(self, source: PostingSource, dictionary: Dictionary, scoring: Scoring) -> None:
        self._source, self._dictionary, self._scoring = source, dictionary, scoring

    def match(self, near: Near, candidates: Documents) -> Matches:
        """The proximity match of two terms in the candidates; frequencies are computed when scores are needed."""
        documents = self.filter(near, candidates)

        def clause_scores(subset: Documents) -> Floats:
            title = self._source.match_positions(*self._positional_query(near, "title"))
            body = EMPTY
            if not near.left.title:
                body = self._source.match_positions(*self._positional_query(near, "body"), subset)
            return self._scoring.scorer(len(documents), title, body)(subset)

        return Matches(documents, clause_scores)

    def filter(self, near: Near, candidates: Documents) -> Documents:
        """Those of the candidates that contain the two near each other."""
        matches = kernels.intersect(candidates, self._bigram_documents(near))
        for field in text_fields(near.left):
            rest = kernels.difference(candidates, matches)
            new = self._source.matching_documents(*self._positional_query(near, field), rest)
            matches = kernels.union(matches, new)
        return matches

    def _bigram_documents(self, near: Near) -> Documents:
        """The documents that contain the two as a common bigram: these match without a look at positions."""
        words = [term for term in word_operands([near]) if not term.title]
        documents = EMPTY.documents
        if len(words) < 2 or near.distance < 1:
            return documents
        keys = [self._dictionary.expand(word, "body") for word in words]
        for one, other in [*product(*keys), *(() if near.ordered else product(*reversed(keys)))]:
            if is_common_bigram(one, other):
                bigrams = self._source.postings(BIGRAMS_FIELD, bigram_term(one, other))
                documents = kernels.union(documents, bigrams.documents)
        return documents

    def _positional_query(self, near: Near, field: str) -> tuple[list[TermOperand], list[tuple[int, int]]]:
        return [self._operand(term, field) for term in (near.left, near.right)], _windows(near)

    def _operand(self, term: TextClause, field: str) -> TermOperand:
        if isinstance(term, Phrase):
            return phrase_operand(term.terms, field)
        return TermOperand(False, [FieldTerm(0, field, key) for key in self._dictionary.expand(term, field)])


def _windows(near: Near) -> list[tuple[int, int]]:
    """The windows around a position of the left term in which one of the right must be: after it, or before it."""
    first, second, reach = _word_count(near.left), _word_count(near.right), near.distance
    after, ahead = (first, first - 1 + reach), (1 - second - reach, -second)
    return [after] if near.ordered else [after, ahead]


def _word_count(term: TextClause) -> int:
    return len(term.terms) if isinstance(term, Phrase) else 1
