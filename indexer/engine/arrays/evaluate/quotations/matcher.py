"""Clauses about one quotation: the quotations that match them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cached_property, reduce
from threading import Lock

import numpy as np

from indexer import deadline, kernels
from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.near import near_positions
from indexer.engine.arrays.evaluate.phrases import phrase_starts
from indexer.engine.arrays.evaluate.postings import PostingSource
from indexer.engine.arrays.evaluate.quotations.quotation_columns import QuotationColumns
from indexer.kernels import POSITION_BITS, Documents, PackedPositions
from indexer.query import (
    And,
    AnyQuotation,
    AnySpeaker,
    AtLeast,
    Clause,
    Near,
    Or,
    Phrase,
    PhrasePattern,
    Quoted,
    Said,
    Speaker,
    TextClause,
    Unattributed,
    is_about_quotation,
    leaves,
)

MAX_KEPT = 32
"""Clauses whose quotations are kept: a page asks for them for its hits, its counts and its speakers."""

_NONE = np.zeros(0, np.int32)


class QuotationMatcher:
    """Matches clauses about a quotation in one opened index. Safe to use from many threads."""

    def __init__(self, source: PostingSource, dictionary: Dictionary, columns: Columns) -> None:
        self._source, self._dictionary, self._columns = source, dictionary, columns
        self._known: OrderedDict[Clause, Documents] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def quotations(self) -> QuotationColumns:
        """The columns of all quotations."""
        return QuotationColumns(self._columns.segments, self._columns.live_mask)

    def documents(self, clause: Clause) -> Documents:
        """The documents that have a quotation that matches."""
        return np.unique(self.quotations.documents[self.find(clause)])

    def find(self, clause: Clause) -> Documents:
        """The numbers of the quotations that match a clause about a quotation, ascending."""
        with self._lock:
            if (known := self._known.get(clause)) is not None:
                self._known.move_to_end(clause)
                return known
        numbers = _NONE if deadline.is_over() else self._evaluate(clause)
        if not deadline.is_over():
            with self._lock:
                self._known[clause] = numbers
                while len(self._known) > MAX_KEPT:
                    self._known.popitem(last=False)
        return numbers

    def find_all(self, clause: Clause, documents_of: Callable[[Clause], Documents]) -> Documents:
        """The quotations that any part of a query about a quotation matches; all where it has no such part.

        Parts under a Not are none. In a document that the query matches these are the quotations it is about; a branch
        of an Or is about its own where it matches as a whole, which `documents_of` says.
        """
        found = self._find_parts(clause, documents_of)
        return self.quotations.live if found is None else found

    def _find_parts(self, clause: Clause, documents_of: Callable[[Clause], Documents]) -> Documents | None:
        if is_about_quotation(clause):
            return self.find(clause)
        if not isinstance(clause, And | Or | AtLeast):
            return None
        parts = []
        for each in dict.fromkeys(clause.clauses):
            if (found := self._find_parts(each, documents_of)) is not None:
                is_branch = isinstance(each, And | AtLeast) and not isinstance(clause, And)
                parts.append(self._within_documents(found, documents_of(each)) if is_branch else found)
        return reduce(kernels.union, parts) if parts else None

    def _within_documents(self, numbers: Documents, documents: Documents) -> Documents:
        return numbers[np.isin(self.quotations.documents[numbers], documents)]

    def _evaluate(self, clause: Clause) -> Documents:
        match clause:
            case Quoted(clauses):
                return reduce(kernels.intersect, sorted(map(self.find, dict.fromkeys(clauses)), key=len))
            case Or(clauses):
                return reduce(kernels.union, map(self.find, dict.fromkeys(clauses)))
            case Said(Near() as near):
                sides = [self._starts(side) for side in (near.left, near.right)]
                return _numbers(near_positions(near, *sides))
            case Said(text):
                assert not isinstance(text, Near)
                return _numbers(self._starts(text))
            case AnyQuotation():
                return self.quotations.live
            case Speaker(terms):
                return self.quotations.named(terms)
            case AnySpeaker() | Unattributed():
                live = self.quotations.live
                is_named = isinstance(clause, AnySpeaker)
                return np.asarray(live[self.quotations.has_speaker[live] == is_named])
        raise TypeError(f"not a clause about a quotation: {clause!r}")

    def _starts(self, clause: TextClause) -> PackedPositions:
        """Where the matches of a text clause begin that lie wholly within a quotation.

        Packed with the number of the quotation in the place of the document's.
        """
        if deadline.is_over():
            return np.zeros(0, np.int64)
        starts = phrase_starts(self._source, self._dictionary, clause, self.quotations.quoting)
        return self._within_quotations(starts, _word_count(clause))

    def _within_quotations(self, starts: PackedPositions, length: int) -> PackedPositions:
        """Of matches of so many tokens that begin at these positions, those within each quotation."""
        quotations = self.quotations
        numbers = self._quotations_of(np.unique(starts >> POSITION_BITS))
        firsts = quotations.firsts[numbers]
        begins = np.searchsorted(starts, firsts, "left")
        # A quotation shorter than the match ends before its own beginning here, and so has none.
        ends = np.searchsorted(starts, firsts + quotations.lengths[numbers] - length, "right")
        sizes = np.maximum(ends - begins, 0)
        places = np.repeat(begins - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        keys = np.repeat(numbers, sizes).astype(np.int64) << POSITION_BITS
        return np.asarray(keys | (starts[places] & _POSITION_MASK))

    def _quotations_of(self, documents: Documents) -> Documents:
        """The quotations of some documents, ascending."""
        starts = self.quotations.starts
        begins, sizes = starts[documents], starts[documents + 1] - starts[documents]
        offsets = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        return np.asarray(np.repeat(begins, sizes) + offsets, np.int32)


_POSITION_MASK = (1 << POSITION_BITS) - 1


def said_texts(clause: Clause) -> list[TextClause | Near]:
    """What is said in a clause about a quotation, each once."""
    return list(dict.fromkeys(leaf.text for leaf in leaves(clause) if isinstance(leaf, Said)))


def _numbers(starts: PackedPositions) -> Documents:
    return np.unique(starts >> POSITION_BITS).astype(np.int32)


def _word_count(clause: TextClause) -> int:
    if isinstance(clause, Phrase):
        return len(clause.terms)
    return len(clause.slots) if isinstance(clause, PhrasePattern) else 1
