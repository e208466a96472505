"""Phrases and phrase patterns: terms side by side, from positions or from the common bigrams that cover them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial, reduce
from typing import NamedTuple

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.postings import FieldTerm, Postings, PostingSource, TermOperand
from indexer.engine.arrays.segments import BIGRAMS_FIELD, cover_phrase
from indexer.kernels import POSITION_BITS, Documents, PackedPositions
from indexer.query import Phrase, PhrasePattern, Prefix, Slot, TextClause, Wildcard

_POSITION_MASK = (1 << POSITION_BITS) - 1


class _Slot(NamedTuple):
    """A word of a phrase: its offset from the beginning, its field, and the terms that it may be."""

    offset: int
    field: str
    terms: Sequence[str]


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
    exact, forms = _split_slots(dictionary, pattern.slots, field)
    if not forms:
        return source.match_positions([TermOperand(True, exact)])
    documents = _pattern_candidates(source, exact, forms.values(), field)
    starts = _common_starts(source, [*_exact_slots(exact), *_form_slots(forms, field)], documents)
    return Postings(*kernels.count_by_document(starts))


def phrase_starts(
    source: PostingSource, dictionary: Dictionary, clause: TextClause, candidates: Documents
) -> PackedPositions:
    """The positions in bodies at which the matches of a text clause begin, in the candidates, which are live."""
    match clause:
        case Phrase(terms) if len(terms) > 1:
            documents = kernels.intersect(phrase_postings(source, clause, "body").documents, candidates)
            return _common_starts(source, _exact_slots(phrase_operand(terms, "body").terms), documents)
        case PhrasePattern(slots):
            documents = kernels.intersect(pattern_postings(source, dictionary, clause, "body").documents, candidates)
            exact, forms = _split_slots(dictionary, slots, "body")
            return _common_starts(source, [*_exact_slots(exact), *_form_slots(forms, "body")], documents)
    return source.positions("body", dictionary.expand(clause, "body"), candidates)


def _split_slots(
    dictionary: Dictionary, slots: Sequence[Slot], field: str
) -> tuple[list[FieldTerm], dict[int, Sequence[str]]]:
    """The exact words of a phrase pattern, and by their offset the terms that each of the others may be."""
    exact = [FieldTerm(offset, field, slot) for offset, slot in enumerate(slots) if isinstance(slot, str)]
    forms = {
        offset: dictionary.expand(slot, field)
        for offset, slot in enumerate(slots)
        if isinstance(slot, Prefix | Wildcard)
    }
    return exact, forms


def _exact_slots(terms: Sequence[FieldTerm]) -> list[_Slot]:
    return [_Slot(offset, field, [term]) for offset, field, term in terms]


def _form_slots(forms: Mapping[int, Sequence[str]], field: str) -> list[_Slot]:
    return [_Slot(offset, field, terms) for offset, terms in forms.items()]


def _pattern_candidates(
    source: PostingSource, exact: Sequence[FieldTerm], forms: Iterable[Sequence[str]], field: str
) -> Documents:
    """The documents in which the exact words stand where they must, and any form of each of the other words."""
    parts = [source.match_positions([TermOperand(True, exact)]).documents] if exact else []
    return reduce(kernels.intersect, (*parts, *(source.union_postings(field, terms).documents for terms in forms)))


def _common_starts(source: PostingSource, slots: Sequence[_Slot], documents: Documents) -> PackedPositions:
    """The positions at which a match begins: each word stands its offset after them."""

    def starts(slot: _Slot) -> PackedPositions:
        positions = source.positions(slot.field, slot.terms, documents)
        # A word nearer to the beginning of its text than its place in the pattern begins no match.
        return positions[(positions & _POSITION_MASK) >= slot.offset] - slot.offset

    return reduce(partial(np.intersect1d, assume_unique=True), map(starts, slots))
