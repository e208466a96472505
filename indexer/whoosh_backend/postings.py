"""Posting lists of the whole index: a term's documents, frequencies and places over all segments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from indexer.whoosh_backend.packing import Numbers, PackedField
from indexer.whoosh_backend.segments import SegmentReader

CACHED = 128_000_000
"""Bytes of unpacked posting lists that are kept."""

SHIFT = 32
"""A place is one number: the document's number shifted left by so much, plus the position in it."""

NONE: Numbers = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold something, ascending, and how often each does."""

    documents: Numbers
    frequencies: Numbers


EMPTY = Postings(NONE, NONE)


class PostingSource:
    """Reads posting lists; deleted documents do not occur in them. Safe to use from many threads."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        self.bases = np.cumsum([0, *(len(segment) for segment in segments)])
        self._cache: OrderedDict[tuple[str, str, str], tuple[Numbers, ...]] = OrderedDict()
        self._cached = 0
        self._lock = Lock()

    def postings(self, field: str, term: str) -> Postings:
        """The documents of a term and its frequencies; EMPTY for one that does not occur."""
        return Postings(*self._kept("postings", field, term, _documents))

    def places(self, field: str, term: str) -> Numbers:
        """The places of a term, ascending."""
        return self._kept("places", field, term, _places)[0]

    def terms(self, field: str, prefix: str = "") -> list[str]:
        """The terms of a field that begin with `prefix`, in order; some may stand in deleted documents only."""
        found: set[bytes] = set()
        for segment in self.segments:
            if packed := segment.field(field):
                numbers = packed.with_prefix(prefix.encode())
                found.update(packed.terms(numbers.start, numbers.stop) if numbers else ())
        return [term.decode() for term in sorted(found)]

    def forms(self, field: str, stem: str) -> list[str]:
        """The words of a field that have this loose key, in order."""
        found: set[str] = set()
        for segment in self.segments:
            loose = segment.field(f"{field}_loose")
            number = loose.number(stem.encode()) if loose else None
            if number is not None:
                found.update(segment.forms(field, number))
        return sorted(found)

    def document_count(self, field: str, term: str) -> int:
        """In how many documents a term stands; deleted ones count until they are merged away."""
        total = 0
        for segment in self.segments:
            packed = segment.field(field)
            number = packed.number(term.encode()) if packed else None
            total += packed.count(number) if packed and number is not None else 0
        return total

    def _kept(self, what: str, field: str, term: str, read: _Read) -> tuple[Numbers, ...]:
        key = (what, field, term)
        with self._lock:
            if (found := self._cache.get(key)) is not None:
                self._cache.move_to_end(key)
                return found
        found = self._read(field, term.encode(), read)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = found
                self._cached += _size(found)
            while self._cached > CACHED and len(self._cache) > 1:
                self._cached -= _size(self._cache.popitem(last=False)[1])
        return found

    def _read(self, field: str, term: bytes, read: _Read) -> tuple[Numbers, ...]:
        parts = []
        for base, segment in zip(self.bases.tolist(), self.segments, strict=False):
            packed = segment.field(field)
            number = packed.number(term) if packed else None
            if packed is not None and number is not None:
                parts.append(read(packed, number, base, segment.live))
        if not parts:
            return (NONE, NONE)
        return parts[0] if len(parts) == 1 else tuple(np.concatenate(arrays) for arrays in zip(*parts, strict=True))


_Live = NDArray[np.bool_] | None
_Read = Callable[[PackedField, int, int, _Live], tuple[Numbers, ...]]


def _documents(field: PackedField, number: int, base: int, live: _Live) -> tuple[Numbers, ...]:
    documents, frequencies = field.documents(number), field.frequencies(number)
    if live is not None:
        kept = live[documents]
        documents, frequencies = documents[kept], frequencies[kept]
    return documents + base, frequencies


def _places(field: PackedField, number: int, base: int, live: _Live) -> tuple[Numbers, ...]:
    documents = np.repeat(field.documents(number), field.frequencies(number))
    positions = field.positions(number)
    if live is not None:
        kept = live[documents]
        documents, positions = documents[kept], positions[kept]
    return (((documents + base) << SHIFT) + positions,)


def _size(arrays: tuple[Numbers, ...]) -> int:
    return sum(array.nbytes for array in arrays)


def united(lists: list[Postings]) -> Postings:
    """The postings of any of several terms: documents once, frequencies added."""
    lists = [one for one in lists if len(one.documents)]
    if len(lists) < 2:
        return lists[0] if lists else EMPTY
    documents, where = np.unique(np.concatenate([one.documents for one in lists]), return_inverse=True)
    frequencies = np.bincount(where, np.concatenate([one.frequencies for one in lists])).astype(np.int64)
    return Postings(documents, frequencies)


def counted(places: Numbers) -> Postings:
    """Postings made from places."""
    owners = places >> SHIFT
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    return Postings(owners[begins], np.diff(begins, append=len(owners)))
