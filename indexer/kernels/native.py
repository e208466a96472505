"""The compiled inner loops behind the functions of numpy_twin.py: allocates the arrays that they write into.

Raises on import:
    ImportError: nothing was compiled when Dateline was installed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import indexer.kernels._native as _native
from indexer.kernels import types
from indexer.kernels.numpy_twin import WIDTHS
from indexer.kernels.types import (
    Array,
    Documents,
    Floats,
    Mask,
    Numbers,
    PackedPositions,
    PostingList,
    SegmentQuery,
    Values,
)

lower_bound, find_term = _native.lower_bound, _native.find_term

ArrayFieldIndex: type[types.FieldIndex] = _native.ArrayFieldIndex


def decode_postings(lists: Sequence[PostingList]) -> tuple[Documents, Documents]:
    """See numpy_twin.decode_postings."""
    size = sum([one.field.count(one.number) for one in lists])
    documents, frequencies = np.empty(size, np.int32), np.empty(size, np.int32)
    count = _native.decode_postings(lists, documents, frequencies)
    return documents[:count], frequencies[:count]


def decode_positions(lists: Sequence[PostingList], candidates: Documents) -> PackedPositions:
    """See numpy_twin.decode_positions."""
    size = sum([one.field.occurrences(one.number) for one in lists])
    positions = np.empty(size, np.int64)
    positions = positions[: _native.decode_positions(lists, candidates, positions)]
    positions.sort(kind="stable")
    return positions


def accumulate(field: types.FieldIndex, terms: range, base: int, live: Mask | None, accumulator: Documents) -> None:
    """See numpy_twin.accumulate."""
    _native.accumulate(field, terms.start, terms.stop, base, live, accumulator)


def drain_accumulator(accumulator: Documents) -> tuple[Documents, Documents]:
    """See numpy_twin.drain_accumulator."""
    size = np.count_nonzero(accumulator) + 1  # the loop writes one element ahead of what it counts
    documents, frequencies = np.empty(size, np.int32), np.empty(size, np.int32)
    count = _native.drain_accumulator(accumulator, documents, frequencies)
    return documents[:count], frequencies[:count]


def intersect(one: Array, other: Array) -> Array:
    """See numpy_twin.intersect."""
    result = np.empty(min(len(one), len(other)), one.dtype)
    return result[: _native.intersect(one, other, result)]


def union(one: Array, other: Array) -> Array:
    """See numpy_twin.union."""
    if not len(one) or not len(other):
        return one if len(one) else other
    result = np.empty(len(one) + len(other), one.dtype)
    return result[: _native.union(one, other, result)]


def difference(one: Array, other: Array) -> Array:
    """See numpy_twin.difference."""
    result = np.empty(len(one), one.dtype)
    return result[: _native.difference(one, other, result)]


def count_by_document(positions: PackedPositions) -> tuple[Documents, Documents]:
    """See numpy_twin.count_by_document."""
    documents, frequencies = np.empty(len(positions), np.int32), np.empty(len(positions), np.int32)
    count = _native.count_by_document(positions, documents, frequencies)
    return documents[:count], frequencies[:count]


def near_positions(
    shorter: PackedPositions, longer: PackedPositions, windows: Sequence[tuple[int, int]]
) -> PackedPositions:
    """See numpy_twin.near_positions."""
    shorter_matches, longer_matches = np.zeros(len(shorter), bool), np.zeros(len(longer), bool)
    for low, high in windows:
        _native.near_positions(shorter, longer, low, high, shorter_matches, longer_matches)
    return union(shorter[shorter_matches], longer[longer_matches])


def match_positions(
    queries: list[SegmentQuery],
    windows: Sequence[tuple[int, int]],
    candidates: Documents | None,
    *,
    with_frequencies: bool,
    ends_at: int = 0,
) -> tuple[Documents, ...]:
    """See numpy_twin.match_positions."""
    size = sum(map(_max_matches, queries)) if candidates is None else len(candidates)
    documents, frequencies = np.empty(size, np.int32), np.empty(size, np.int32) if with_frequencies else None
    flat_windows = np.array(windows, np.int64).ravel()
    count = _native.match_positions(queries, flat_windows, candidates, ends_at, documents, frequencies)
    return (documents[:count],) if frequencies is None else (documents[:count], frequencies[:count])


def _max_matches(query: SegmentQuery) -> int:
    """The largest number of documents of a segment that can match."""
    counts = [[field.count(number) for _, field, number in operand.terms] for operand in query.operands]
    pairs = zip(query.operands, counts, strict=True)
    return min(min(some) if operand.is_phrase else sum(some) for operand, some in pairs)


def bm25(
    documents: Documents,
    title: tuple[Documents, Documents],
    body: tuple[Documents, Documents],
    norms: tuple[Floats, Floats],
    weights: tuple[float, float],
) -> Floats:
    """See numpy_twin.bm25."""
    scores = np.empty(len(documents))
    _native.bm25(documents, *title, *body, *norms, *weights, scores)
    return scores


def top_k(keys: Floats, documents: Documents, date: Documents, rank: Documents, k: int) -> Numbers:
    """See numpy_twin.top_k."""
    indices = np.empty(min(k, len(documents)), np.int64)
    _native.top_k(keys, documents, date, rank, indices)
    return indices


def facet_counts(
    documents: Documents, starts: Documents | None, codes: Documents, values: int
) -> tuple[Documents, int]:
    """See numpy_twin.facet_counts."""
    counts = np.zeros(values, np.int32)
    return counts, _native.facet_counts(documents, starts, codes, counts)


def invert(
    tokens: Values, ranks: Values, lengths: Values, positions: Values | None, count: int, *, with_positions: bool
) -> tuple[Numbers, Values, Values, Values | None]:
    """See numpy_twin.invert."""
    counts, size = np.empty(count, np.int64), len(tokens)
    documents, frequencies = np.empty(size, np.uint32), np.empty(size, np.uint32)
    sorted_positions = np.empty(size, np.uint32) if with_positions else None
    written = _native.invert(tokens, ranks, lengths, positions, counts, documents, frequencies, sorted_positions)
    return counts, documents[:written], frequencies[:written], sorted_positions


def pack_lists(values: Values, lengths: Numbers) -> tuple[Array, Numbers, list[Array]]:
    """See numpy_twin.pack_lists."""
    width, starts, sizes = np.empty(len(lengths), np.uint8), np.empty(len(lengths), np.int64), np.zeros(3, np.int64)
    one, two, four = (np.empty(0, kind) for kind in WIDTHS)
    _native.pack_lists(values, lengths, width, starts, one, two, four, sizes)  # without room it only measures
    one, two, four = (np.empty(size, kind) for size, kind in zip(sizes.tolist(), WIDTHS, strict=True))
    _native.pack_lists(values, lengths, width, starts, one, two, four, sizes)
    return width, starts, [one, two, four]
