"""Phrases and phrase patterns: terms side by side, from positions or from the common bigrams that cover them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial, reduce

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.postings import FieldTerm, Postings, PostingSource, TermOperand
from indexer.engine.arrays.segments import BIGRAMS_FIELD, cover_phrase
from indexer.kernels import POSITION_BITS, Documents, PackedPositions
from indexer.query import Phrase, PhrasePattern, Prefix, Wildcard

_POSITION_MASK = (1 << POSITION_BITS) - 1


def phrase_operand(keys: Sequence[str], field: str) -> TermOperand:
    """The terms of a phrase: common bigrams where the field has them."""
    if field != "body":
        return TermOperand(True, [FieldTerm(offset, field, key) for offset, key in enumerate(keys)])
    return TermOperand(
        True,
        [
            FieldTerm(offset, BIGRAMS_FIELD if is_common_bigram else field, term)
            for offset, term, is_common_bigram in cover_phrase(keys)
        ],
    )


def phrase_postings(source: PostingSource, phrase: Phrase, field: str) -> Postings:
    """The postings of a phrase of two words or more in a field."""
    terms = cover_phrase(phrase.terms)
    if field == "body" and len(terms) == 1:
        return source.postings(BIGRAMS_FIELD, terms[0][1])
    return source.phrase_postings(phrase_operand(phrase.terms, field))


def pattern_postings(source: PostingSource, dictionary: Dictionary, pattern: PhrasePattern, field: str) -> Postings:
    """The postings of a phrase pattern: its exact words first, whose documents are then searched for the others."""
    exact = [FieldTerm(offset, field, slot) for offset, slot in enumerate(pattern.slots) if isinstance(slot, str)]
    forms = {
        offset: dictionary.expand(slot, field)
        for offset, slot in enumerate(pattern.slots)
        if isinstance(slot, Prefix | Wildcard)
    }
    if not forms:
        return source.match_positions([TermOperand(True, exact)])
    documents = _pattern_candidates(source, exact, forms.values(), field)
    terms_by_offset = [*((offset, [term]) for offset, _, term in exact), *forms.items()]
    return Postings(*kernels.count_by_document(_pattern_starts(source, terms_by_offset, field, documents)))


def _pattern_candidates(
    source: PostingSource, exact: Sequence[FieldTerm], forms: Iterable[Sequence[str]], field: str
) -> Documents:
    """The documents in which the exact words stand where they must, and any form of each of the other words."""
    parts = [source.match_positions([TermOperand(True, exact)]).documents] if exact else []
    return reduce(kernels.intersect, (*parts, *(source.union_postings(field, terms).documents for terms in forms)))


def _pattern_starts(
    source: PostingSource, terms_by_offset: Sequence[tuple[int, Sequence[str]]], field: str, documents: Documents
) -> PackedPositions:
    """The positions at which a match begins: each word stands its offset after them."""

    def starts(offset: int, terms: Sequence[str]) -> PackedPositions:
        positions = source.positions(field, terms, documents)
        # A word nearer to the beginning of its text than its place in the pattern begins no match.
        return positions[(positions & _POSITION_MASK) >= offset] - offset

    return reduce(partial(np.intersect1d, assume_unique=True), (starts(*each) for each in terms_by_offset))
