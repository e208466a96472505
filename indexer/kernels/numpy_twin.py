"""The inner loops in NumPy: the reference for the compiled ones, and the fallback where nothing was compiled."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from indexer.kernels import types
from indexer.kernels.types import (
    POSITION_BITS,
    Array,
    DamagedPostings,
    Documents,
    Floats,
    Mask,
    Numbers,
    Operand,
    PackedLists,
    PackedPositions,
    PostingList,
    SegmentQuery,
    Values,
)


def lower_bound(blob: Array, starts: Array, term: bytes) -> int:
    """The number of the first term that is not below `term`; terms ascend by byte.

    Term `t` is `blob[starts[t]:starts[t + 1]]`.
    """
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        if blob[starts[middle] : starts[middle + 1]].tobytes() < term:
            low = middle + 1
        else:
            high = middle
    return max(low, 0)


def find_term(blob: Array, starts: Array, term: bytes) -> int:
    """The number of `term`, -1 where it does not occur."""
    number = lower_bound(blob, starts, term)
    occurs = number < len(starts) - 1 and blob[starts[number] : starts[number + 1]].tobytes() == term
    return number if occurs else -1


class ArrayFieldIndex:
    """See types.FieldIndex."""

    def __init__(
        self,
        counts: Array,
        occurrences: Array,
        gaps: PackedLists,
        frequencies: PackedLists,
        positions: PackedLists | None,
        limit: int,
        /,
    ) -> None:
        self._counts, self._occurrences, self.limit = counts, occurrences, limit
        self._gaps, self._frequencies, self._positions = gaps, frequencies, positions

    def count(self, number: int, /) -> int:
        """See types.FieldIndex.count."""
        return int(self._counts[number])

    def occurrences(self, number: int, /) -> int:
        """See types.FieldIndex.occurrences."""
        return int(self._occurrences[number])

    def decode_postings(self, number: int, base: int, live: Mask | None) -> tuple[Numbers, Array]:
        """A term's live documents, their numbers counted from `base`, and its frequency in each.

        Raises:
            DamagedPostings: a document is not below the limit, or a list shorter than it should be.
        """
        length = self.count(number)
        frequencies = self._frequencies.slice_list(number, length)
        documents = np.cumsum(self._gaps.slice_list(number, length), dtype=np.int64)
        _check(not len(documents) or documents[-1] < self.limit)
        if live is not None:
            _check(len(live) >= self.limit)
            kept = live[documents]
            documents, frequencies = documents[kept], frequencies[kept]
        return documents + base, frequencies

    def decode_positions(self, number: int, base: int, live: Mask | None) -> PackedPositions:
        """A term's packed positions in live documents; raises as `decode_postings` does."""
        _check(self._positions is not None)
        assert self._positions is not None
        documents, frequencies = self.decode_postings(number, base, None)
        owners = np.repeat(documents, frequencies)
        positions = self._positions.slice_list(number, self.occurrences(number))
        _check(len(owners) <= len(positions))
        packed = (owners << POSITION_BITS) + positions[: len(owners)].astype(np.int64)
        return packed if live is None else packed[live[owners - base]]


def decode_postings(lists: Sequence[PostingList]) -> tuple[Documents, Documents]:
    """The live documents of posting lists, one list after the other, and their frequencies.

    Raises:
        ValueError: the numbers are damaged.
    """
    decoded = [_field(one.field).decode_postings(one.number, one.base, one.live) for one in lists]
    documents, frequencies = (
        np.concatenate([np.zeros(0, np.int32), *(pair[at].astype(np.int32) for pair in decoded)]) for at in (0, 1)
    )
    return documents, frequencies


def decode_positions(lists: Sequence[PostingList], candidates: Documents) -> PackedPositions:
    """The packed positions of all posting lists together in the documents `candidates`, which are live.

    Raises:
        ValueError: the numbers are damaged.
    """
    parts = [np.zeros(0, np.int64)]
    for one in lists:
        positions = _field(one.field).decode_positions(one.number, one.base, None)
        parts.append(positions[is_member((positions >> POSITION_BITS).astype(np.int32), candidates)])
    return np.sort(np.concatenate(parts), kind="stable")


def accumulate(field: types.FieldIndex, terms: range, base: int, live: Mask | None, accumulator: Documents) -> None:
    """Add the frequencies of these terms to the accumulator, which has an element for each document.

    `base` is the number of the segment's first document.
    """
    for term in terms:
        documents, frequencies = _field(field).decode_postings(term, base, live)
        accumulator[documents] += frequencies.astype(np.int32)


def _field(field: types.FieldIndex) -> ArrayFieldIndex:
    assert isinstance(field, ArrayFieldIndex)
    return field


def drain_accumulator(accumulator: Documents) -> tuple[Documents, Documents]:
    """The documents whose elements are not zero, and these elements; all are set to zero again."""
    documents = np.flatnonzero(accumulator).astype(np.int32)
    frequencies = accumulator[documents]
    accumulator[:] = 0
    return documents, frequencies


def is_member(wanted: Array, values: Array) -> Mask:
    """Which of `wanted` are in `values`; both ascend."""
    if not len(values):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(values, wanted)
    at[at == len(values)] = 0
    return np.asarray(values[at] == wanted)


def intersect(one: Array, other: Array) -> Array:
    """The intersection of two sets, ascending: each element of the shorter is looked up in the longer."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return shorter[is_member(shorter, longer)]


def union(one: Array, other: Array) -> Array:
    """The union of two sets, ascending."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    new = shorter[~is_member(shorter, longer)]
    # Two ascending runs: a stable sort merges them in one pass.
    return np.sort(np.concatenate([longer, new]), kind="stable") if len(new) else longer


def difference(one: Array, other: Array) -> Array:
    """The elements of the first set that are not in the second, ascending."""
    return one[~is_member(one, other)]


def count_by_document(positions: PackedPositions) -> tuple[Documents, Documents]:
    """The documents of packed positions, and how many positions each has."""
    owners = positions >> POSITION_BITS
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    return owners[begins].astype(np.int32), np.diff(begins, append=len(owners)).astype(np.int32)


def near_positions(
    shorter: PackedPositions, longer: PackedPositions, windows: Sequence[tuple[int, int]]
) -> PackedPositions:
    """The positions of both lists that are in a window around one of the other, windows being relative to `shorter`.

    A window that reaches out of its document lands between documents, where no position is.
    """
    shorter_matches = np.zeros(len(shorter), bool)
    edges = np.zeros(len(longer) + 1, np.int64)
    for low, high in windows:
        begins, ends = np.searchsorted(longer, shorter + low), np.searchsorted(longer, shorter + high, "right")
        shorter_matches |= ends > begins
        edges += np.bincount(begins, minlength=len(edges)) - np.bincount(ends, minlength=len(edges))
    longer_matches = np.cumsum(edges)[:-1] > 0
    return union(shorter[shorter_matches], longer[longer_matches])


def match_positions(
    queries: list[SegmentQuery],
    windows: Sequence[tuple[int, int]],
    candidates: Documents | None,
    *,
    with_frequencies: bool,
    ends_at: int = 0,
) -> tuple[Documents, ...]:
    """The documents of a phrase match or a proximity match, ascending, and (`with_frequencies`) how often each matches.

    One operand is a phrase match: its frequency is the number of its positions. Two operands are a proximity match:
    its frequency is the number of positions of either that have a match of the other in one of the `windows`, which
    say how many words after a position of the first operand one of the second may be, from and to. Where `candidates`
    are given, no other documents match. Queries are in order of segment. When the processor time of the thread reaches
    `ends_at` (ns; 0: never), the documents found so far are returned.

    Raises:
        ValueError: the numbers are damaged.
    """
    parts = [np.zeros(0, np.int64)]
    for base, live, operands in queries:
        if ends_at and time.thread_time_ns() >= ends_at:
            break
        positions = [_operand_positions(operand, base, live) for operand in operands]
        parts.append(positions[0] if len(positions) == 1 else near_positions(positions[0], positions[1], windows))
    documents, frequencies = count_by_document(np.concatenate(parts))
    if candidates is not None:
        kept = is_member(documents, candidates)
        documents, frequencies = documents[kept], frequencies[kept]
    return (documents, frequencies) if with_frequencies else (documents,)


def _operand_positions(operand: Operand, base: int, live: Mask | None) -> PackedPositions:
    lists = [
        _field(field).decode_positions(number, base, live) - offset * operand.is_phrase
        for offset, field, number in operand.terms
    ]
    if not operand.is_phrase:
        return np.sort(np.concatenate(lists), kind="stable")
    begins = lists[0]
    for other in lists[1:]:
        begins = begins[is_member(begins, other)]
    return begins


def bm25(
    documents: Documents,
    title: tuple[Documents, Documents],
    body: tuple[Documents, Documents],
    norms: tuple[Floats, Floats],
    weights: tuple[float, float],
) -> Floats:
    """The scores of `documents`: weight x BM25 of title and body together, plus weight x BM25 of the title alone.

    `title` and `body` are documents with frequencies; `norms` (one for each document of the index) and `weights` are
    those of the title and of the whole.
    """
    in_title, in_body = _frequencies(documents, *title), _frequencies(documents, *body)
    in_all = (in_title + in_body).astype(np.float64)
    scores = weights[1] * (in_all / (in_all + norms[1][documents]))
    with_title = np.flatnonzero(in_title)
    titles = in_title[with_title].astype(np.float64)
    scores[with_title] += weights[0] * (titles / (titles + norms[0][documents[with_title]]))
    return np.asarray(scores)


def _frequencies(wanted: Documents, documents: Documents, frequencies: Documents) -> Documents:
    """The frequency in each of the documents `wanted`, 0 where there is none."""
    if not len(documents):
        return np.zeros(len(wanted), np.int32)
    at = np.searchsorted(documents, wanted)
    at[at == len(documents)] = 0
    return np.where(documents[at] == wanted, frequencies[at], 0).astype(np.int32)


def top_k(keys: Floats, documents: Documents, date: Documents, rank: Documents, k: int) -> Numbers:
    """The indices of the first `k` documents: by key, then by date (both descending), then by rank.

    `keys` has one for each of `documents`; `date` and `rank` have one for each document of the index.
    """
    indices = np.arange(len(documents))
    if k < len(documents) // 2:  # only those that can be among them are sorted
        least = np.partition(keys, len(keys) - k)[len(keys) - k] if k else np.inf
        indices = np.flatnonzero(keys >= least)
    candidates = documents[indices]
    return np.asarray(indices[np.lexsort((rank[candidates], -date[candidates], -keys[indices]))[:k]])


def facet_counts(
    documents: Documents, starts: Documents | None, codes: Documents, values: int
) -> tuple[Documents, int]:
    """How many of the documents have each of `values` codes, and how many have none.

    Document `d` has `codes[starts[d]:starts[d + 1]]`; without `starts` it has `codes[d]`, -1 for none.
    """
    if starts is None:
        of_documents = codes[documents]
        present = of_documents[of_documents != -1]
        _check(not len(present) or bool(present.min() >= 0 and present.max() < values))
        return np.bincount(present, minlength=values).astype(np.int32), len(of_documents) - len(present)
    lengths = starts[documents + 1] - starts[documents]
    ends = np.cumsum(lengths)
    indices = np.repeat(starts[documents] - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
    counts = np.bincount(codes[indices], minlength=values).astype(np.int32)
    _check(len(counts) == values)
    return counts, int(np.count_nonzero(lengths == 0))


def invert(
    tokens: Values, ranks: Values, lengths: Values, positions: Values | None, count: int, *, with_positions: bool
) -> tuple[Numbers, Values, Values, Values | None]:
    """Tokens in order of document and position, inverted into the postings of `count` terms by a counting sort.

    `ranks` gives the term of a token id, `lengths` the number of tokens of each document. A token's position is the
    one given, or its index in its document. Returns each term's document count and, in order of term, the documents,
    their frequencies, and (`with_positions`) the positions.
    """
    terms = ranks[tokens]
    owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    order = np.argsort(terms, kind="stable")
    pairs = (terms[order].astype(np.uint64) << np.uint64(32)) | owners[order]
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    begins = np.flatnonzero(first)
    distinct = pairs[begins]
    counts = np.bincount((distinct >> np.uint64(32)).astype(np.int64), minlength=count).astype(np.int64)
    documents = (distinct & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    frequencies = np.diff(begins, append=len(pairs)).astype(np.uint32)
    if not with_positions:
        return counts, documents, frequencies, None
    if positions is None:
        starts = np.cumsum(lengths, dtype=np.int64) - lengths
        positions = (np.arange(len(tokens)) - np.repeat(starts, lengths)).astype(np.uint32)
    return counts, documents, frequencies, positions[order]


WIDTHS = (np.uint8, np.uint16, np.uint32)
"""The widths a packed list may have; a list's is the narrowest that its largest number fits."""


def pack_lists(values: Values, lengths: Numbers) -> tuple[Array, Numbers, list[Array]]:
    """Lists packed by width: the width of each (an index of WIDTHS), where it starts, and an array for each width."""
    begins = np.cumsum(lengths) - lengths
    largest = np.zeros(len(lengths), np.uint32)
    full = lengths > 0
    if len(values):
        largest[full] = np.maximum.reduceat(values, begins[full])
    width = (largest > 0xFF).astype(np.uint8) + (largest > 0xFFFF).astype(np.uint8)
    starts = np.zeros(len(lengths), np.int64)
    arrays = []
    for number, kind in enumerate(WIDTHS):
        of_width = width == number
        starts[of_width] = np.cumsum(lengths[of_width]) - lengths[of_width]
        arrays.append(values[np.repeat(of_width, lengths)].astype(kind))
    return width, starts, arrays


def _check(is_valid: bool) -> None:
    if not is_valid:
        raise DamagedPostings
