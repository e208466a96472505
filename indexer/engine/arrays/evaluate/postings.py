"""Posting lists of the whole index: a term's documents, frequencies and positions over all segments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import accumulate
from threading import Lock, local
from typing import NamedTuple

import numpy as np

from indexer import deadline, kernels
from indexer.engine.arrays.segments import SegmentReader
from indexer.kernels import Array, Documents, Operand, OperandTerm, PackedPositions, PostingList, SegmentQuery

MAX_CACHE_BYTES = 128_000_000
"""Size of the cache of decoded posting lists."""

MAX_CACHED_TERMS = 50_000
"""Terms whose posting lists, counts and forms are cached; beyond it the cache is emptied."""


class Postings(NamedTuple):
    """The documents that match something, ascending, and how often each does."""

    documents: Documents
    frequencies: Documents


EMPTY = Postings(np.zeros(0, np.int32), np.zeros(0, np.int32))


class FieldTerm(NamedTuple):
    """A term of an operand: its offset in words from the beginning of the phrase, its field, and the term."""

    offset: int
    field: str
    term: str


class TermOperand(NamedTuple):
    """What a positional query matches: a phrase of terms (`is_phrase`), or any one of the terms."""

    is_phrase: bool
    terms: Sequence[FieldTerm]


class PostingSource:
    """Reads posting lists; deleted documents do not occur in them. Safe to use from many threads."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        *self._bases, self.count = accumulate((len(segment) for segment in segments), initial=0)
        self._scratch = local()
        self._lists: dict[tuple[str, str], list[PostingList]] = {}
        self._forms: dict[tuple[str, str], list[str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._cache: OrderedDict[tuple[str, str, str], tuple[Array, ...]] = OrderedDict()
        self._cache_bytes = 0
        self._lock = Lock()

    def postings(self, field: str, term: str) -> Postings:
        """The documents of a term and its frequencies; EMPTY for one that does not occur."""
        documents, frequencies = self._read_cached("postings", field, term, self._decode_term)
        return Postings(documents, frequencies)

    def documents(self, fields: tuple[str, str], term: str) -> Documents:
        """The documents that contain a term in either of two fields."""

        def read(_: str, term: str) -> tuple[Array, ...]:
            return (kernels.union(*(self.postings(field, term).documents for field in fields)),)

        return self._read_cached("documents", "+".join(fields), term, read)[0]

    def match_positions(
        self,
        operands: Sequence[TermOperand],
        windows: Sequence[tuple[int, int]] = (),
        candidates: Documents | None = None,
    ) -> Postings:
        """The phrase match of one operand, or the proximity match of two: see kernels.match_positions.

        The posting lists are iterated, not decoded: a common word has millions of positions.
        """
        return Postings(*self._match(operands, windows, candidates, with_frequencies=True))

    def phrase_postings(self, operand: TermOperand) -> Postings:
        """The phrase match of one operand, cached: a page asks for it once for its hits and once to count them."""
        key = " ".join(f"{offset}:{field}:{term}" for offset, field, term in operand.terms)
        return Postings(*self._read_cached("phrase", "", key, lambda *_: self.match_positions([operand])))

    def matching_documents(
        self, operands: Sequence[TermOperand], windows: Sequence[tuple[int, int]], candidates: Documents
    ) -> Documents:
        """The candidates that match: `match_positions` without frequencies, which stops at a document's first match."""
        return self._match(operands, windows, candidates, with_frequencies=False)[0]

    def _match(
        self,
        operands: Sequence[TermOperand],
        windows: Sequence[tuple[int, int]],
        candidates: Documents | None,
        *,
        with_frequencies: bool,
    ) -> tuple[Documents, ...]:
        by_base = [self._resolve(operand) for operand in operands]
        queries = []
        for base, segment in zip(self._bases, self.segments, strict=True):
            if all(base in lists for lists in by_base):
                resolved = [
                    Operand(operand.is_phrase, lists[base]) for operand, lists in zip(operands, by_base, strict=True)
                ]
                queries.append(SegmentQuery(base, segment.live, resolved))
        return kernels.match_positions(
            queries, windows, candidates, with_frequencies=with_frequencies, ends_at=deadline.ends_at()
        )

    def _resolve(self, operand: TermOperand) -> dict[int, list[OperandTerm]]:
        """The terms of an operand in each segment in which it can match, by the segment's first document."""
        terms: dict[int, list[OperandTerm]] = {}
        for offset, field, term in operand.terms:
            for base, _, index, number in self._posting_lists(field, term):
                terms.setdefault(base, []).append(OperandTerm(offset, index, number))
        return {base: some for base, some in terms.items() if not operand.is_phrase or len(some) == len(operand.terms)}

    def positions(self, field: str, terms: Sequence[str], candidates: Documents) -> PackedPositions:
        """The packed positions of any of several terms in the candidates, which are live; ascending."""
        return kernels.decode_positions([one for term in terms for one in self._posting_lists(field, term)], candidates)

    def prefix_postings(self, field: str, prefix: str) -> Postings:
        """The postings of all terms that begin with `prefix`: each document once, its frequencies added."""
        return Postings(*self._read_cached("prefix", field, prefix, self._decode_prefix))

    def union_postings(self, field: str, terms: Sequence[str]) -> Postings:
        """The postings of any of several terms: each document once, its frequencies added."""
        if len(terms) == 1:
            return self.postings(field, terms[0])

        def add_terms(accumulator: Documents) -> None:
            for term in terms:
                for base, live, index, number in self._posting_lists(field, term):
                    kernels.accumulate(index, range(number, number + 1), base, live, accumulator)

        return self._accumulate(add_terms)

    def count_terms(self, field: str, prefix: str) -> tuple[int, int, int]:
        """Of the terms that begin with `prefix`, their number, document frequencies and collection frequencies.

        Each a sum over the segments, from the dictionary alone: a term of several segments counts in each of them.
        """
        sums = [0, 0, 0]
        for segment in self.segments:
            if (reader := segment.field(field)) and (numbers := reader.prefix_range(prefix.encode())):
                counted = (len(numbers), *reader.sum_counts(numbers.start, numbers.stop))
                sums = [known + new for known, new in zip(sums, counted, strict=True)]
        return sums[0], sums[1], sums[2]

    def document_counts(self, field: str, prefix: str) -> dict[str, int]:
        """The terms of a field that begin with `prefix`, with the document frequency of each."""
        counts: dict[bytes, int] = {}
        for segment in self.segments:
            if (reader := segment.field(field)) and (numbers := reader.prefix_range(prefix.encode())):
                terms = reader.terms(numbers.start, numbers.stop)
                for term, count in zip(terms, reader.counts(numbers.start, numbers.stop), strict=True):
                    counts[term] = counts.get(term, 0) + count
        return {term.decode(): count for term, count in counts.items()}

    def occurrence_count(self, field: str, term: str) -> int:
        """The collection frequency of a term; deleted documents count until they are merged away."""
        return sum(one.field.occurrences(one.number) for one in self._posting_lists(field, term))

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The terms of a field that begin with `prefix`, in order; some may occur in deleted documents only."""
        found: set[bytes] = set()
        for segment in self.segments:
            if reader := segment.field(field):
                numbers = reader.prefix_range(prefix.encode())
                found.update(reader.terms(numbers.start, numbers.stop) if numbers else ())
        return [term.decode() for term in sorted(found)]

    def forms(self, field: str, stem: str) -> list[str]:
        """The exact terms of a field that have this stem, in order."""
        if (known := self._forms.get((field, stem))) is not None:
            return known
        forms: set[str] = set()
        for segment in self.segments:
            stems = segment.field(f"{field}_loose")
            number = stems.find(stem.encode()) if stems else None
            if number is not None:
                forms.update(segment.forms(field, number))
        if len(self._forms) >= MAX_CACHED_TERMS:
            self._forms.clear()
        self._forms[field, stem] = sorted(forms)
        return self._forms[field, stem]

    def document_count(self, field: str, term: str) -> int:
        """The document frequency of a term; deleted documents count until they are merged away."""
        if (known := self._counts.get((field, term))) is None:
            known = sum(one.field.count(one.number) for one in self._posting_lists(field, term))
            if len(self._counts) >= MAX_CACHED_TERMS:
                self._counts.clear()
            self._counts[field, term] = known
        return known

    def _posting_lists(self, field: str, term: str) -> list[PostingList]:
        """The posting lists of a term, one for each segment that has it."""
        if (known := self._lists.get((field, term))) is not None:
            return known
        lists, key = [], term.encode()
        for base, segment in zip(self._bases, self.segments, strict=True):
            reader = segment.field(field)
            number = reader.find(key) if reader else None
            if reader is not None and number is not None:
                lists.append(PostingList(base, segment.live, reader.verified_index(number, number + 1), number))
        if len(self._lists) >= MAX_CACHED_TERMS:
            self._lists.clear()
        self._lists[field, term] = lists
        return lists

    def _decode_term(self, field: str, term: str) -> tuple[Array, ...]:
        return kernels.decode_postings(self._posting_lists(field, term))

    def _decode_prefix(self, field: str, prefix: str) -> tuple[Array, ...]:
        key = prefix.encode()

        def add_terms(accumulator: Documents) -> None:
            for base, segment in zip(self._bases, self.segments, strict=True):
                if reader := segment.field(field):
                    numbers = reader.prefix_range(key)
                    index = reader.verified_index(numbers.start, numbers.stop)
                    kernels.accumulate(index, numbers, base, segment.live, accumulator)

        return self._accumulate(add_terms)

    def _accumulate(self, add_terms: Callable[[Documents], None]) -> Postings:
        """The postings that are added in an accumulator with an element for every document; each thread has its own."""
        accumulator: Documents | None = self._scratch.__dict__.pop("accumulator", None)
        if accumulator is None:
            accumulator = np.zeros(self.count, np.int32)
        add_terms(accumulator)
        postings = Postings(*kernels.drain_accumulator(accumulator))
        self._scratch.accumulator = accumulator  # all zero again; not kept where adding failed
        return postings

    def _read_cached(
        self, kind: str, field: str, term: str, read: Callable[[str, str], tuple[Array, ...]]
    ) -> tuple[Array, ...]:
        key = (kind, field, term)
        with self._lock:
            if (arrays := self._cache.get(key)) is not None:
                self._cache.move_to_end(key)
                return arrays
        arrays = read(field, term)
        if deadline.is_over():
            return arrays  # it may be what was found up to then
        with self._lock:
            if key not in self._cache:
                self._cache[key] = arrays
                self._cache_bytes += _byte_count(arrays)
            while self._cache_bytes > MAX_CACHE_BYTES and len(self._cache) > 1:
                self._cache_bytes -= _byte_count(self._cache.popitem(last=False)[1])
        return arrays


def _byte_count(arrays: tuple[Array, ...]) -> int:
    return sum(array.nbytes for array in arrays)
