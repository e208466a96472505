"""The compiled inner loops behind the same functions as plain.py: here only the arrays they write into are made.

Raises on import:
    ImportError: nothing was compiled when Dateline was installed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import indexer.kernels._native as _native
from indexer.kernels import types
from indexer.kernels.numpy_twin import WIDTHS
from indexer.kernels.types import Array, Asked, Documents, Floats, Mask, Numbers, Places, Posted, Values

at_or_after, term_number = _native.at_or_after, _native.term_number

Field: type[types.FieldLists] = _native.Field


def documents(posted: Sequence[Posted]) -> tuple[Documents, Documents]:
    """See plain.documents."""
    room = sum([one.field.count(one.number) for one in posted])
    found, often = np.empty(room, np.int32), np.empty(room, np.int32)
    count = _native.documents(posted, found, often)
    return found[:count], often[:count]


def places_in(posted: Sequence[Posted], chosen: Documents) -> Places:
    """See plain.places_in."""
    room = sum([one.field.occurrences(one.number) for one in posted])
    found = np.empty(room, np.int64)
    found = found[: _native.places_in(posted, chosen, found)]
    found.sort(kind="stable")
    return found


def gather(field: types.FieldLists, terms: range, base: int, live: Mask | None, counters: Documents) -> None:
    """See plain.gather."""
    _native.gather(field, terms.start, terms.stop, base, live, counters)


def harvest(counters: Documents) -> tuple[Documents, Documents]:
    """See plain.harvest."""
    room = np.count_nonzero(counters) + 1  # the loop writes one place ahead of what it counts
    found, often = np.empty(room, np.int32), np.empty(room, np.int32)
    count = _native.harvest(counters, found, often)
    return found[:count], often[:count]


def both(one: Array, other: Array) -> Array:
    """See plain.both."""
    found = np.empty(min(len(one), len(other)), one.dtype)
    return found[: _native.both(one, other, found)]


def either(one: Array, other: Array) -> Array:
    """See plain.either."""
    if not len(one) or not len(other):
        return one if len(one) else other
    found = np.empty(len(one) + len(other), one.dtype)
    return found[: _native.either(one, other, found)]


def without(these: Array, those: Array) -> Array:
    """See plain.without."""
    found = np.empty(len(these), these.dtype)
    return found[: _native.without(these, those, found)]


def counted(there: Places) -> tuple[Documents, Documents]:
    """See plain.counted."""
    found, often = np.empty(len(there), np.int32), np.empty(len(there), np.int32)
    count = _native.counted(there, found, often)
    return found[:count], often[:count]


def partnered(few: Places, many: Places, windows: Sequence[tuple[int, int]]) -> Places:
    """See plain.partnered."""
    met, covered = np.zeros(len(few), bool), np.zeros(len(many), bool)
    for low, high in windows:
        _native.partnered(few, many, low, high, met, covered)
    return either(few[met], many[covered])


def standing(
    segments: list[Asked], windows: Sequence[tuple[int, int]], chosen: Documents | None, *, counting: bool
) -> tuple[Documents, ...]:
    """See plain.standing."""
    room = sum(map(_most, segments)) if chosen is None else len(chosen)
    found, often = np.empty(room, np.int32), np.empty(room, np.int32) if counting else None
    count = _native.standing(segments, np.array(windows, np.int64).ravel(), chosen, found, often)
    return (found[:count],) if often is None else (found[:count], often[:count])


def _most(asked: Asked) -> int:
    """The most documents of a segment that can hold what is asked for."""
    counts = [[field.count(number) for _, field, number in side.lists] for side in asked.sides]
    return min(min(some) if side.joined else sum(some) for side, some in zip(asked.sides, counts, strict=True))


def bm25(
    chosen: Documents,
    title: tuple[Documents, Documents],
    body: tuple[Documents, Documents],
    norms: tuple[Floats, Floats],
    weights: tuple[float, float],
) -> Floats:
    """See plain.bm25."""
    scores = np.empty(len(chosen))
    _native.bm25(chosen, *title, *body, *norms, *weights, scores)
    return scores


def best(first: Floats, documents: Documents, date: Documents, rank: Documents, count: int) -> Numbers:
    """See plain.best."""
    found = np.empty(min(count, len(documents)), np.int64)
    _native.best(first, documents, date, rank, found)
    return found


def tally(documents: Documents, starts: Documents | None, codes: Documents, values: int) -> tuple[Documents, int]:
    """See plain.tally."""
    counts = np.zeros(values, np.int32)
    return counts, _native.tally(documents, starts, codes, counts)


def inverted(
    tokens: Values, ranks: Values, lengths: Values, positions: Values | None, count: int, *, placed: bool
) -> tuple[Numbers, Values, Values, Values | None]:
    """See plain.inverted."""
    counts, size = np.empty(count, np.int64), len(tokens)
    documents, frequencies = np.empty(size, np.uint32), np.empty(size, np.uint32)
    where = np.empty(size, np.uint32) if placed else None
    written = _native.inverted(tokens, ranks, lengths, positions, counts, documents, frequencies, where)
    return counts, documents[:written], frequencies[:written], where


def packed(values: Values, lengths: Numbers) -> tuple[Array, Numbers, list[Array]]:
    """See plain.packed."""
    width, starts, sizes = np.empty(len(lengths), np.uint8), np.empty(len(lengths), np.int64), np.zeros(3, np.int64)
    one, two, four = (np.empty(0, kind) for kind in WIDTHS)
    _native.packed(values, lengths, width, starts, one, two, four, sizes)  # without room it only measures
    one, two, four = (np.empty(size, kind) for size, kind in zip(sizes.tolist(), WIDTHS, strict=True))
    _native.packed(values, lengths, width, starts, one, two, four, sizes)
    return width, starts, [one, two, four]
