"""Posting lists as arrays: one term's documents, frequencies and positions, decoded once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Documents = NDArray[np.int64]
"""Document numbers, ascending."""

CACHED = 256_000_000
"""Bytes of decoded posting lists that are kept."""

SHIFT = 32
"""A place is one number: the document number shifted left by so much, plus the position in it."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents that hold a term, how often, and (where the field has positions) its places."""

    documents: Documents
    frequencies: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def size(self) -> int:
        """Bytes taken."""
        return self.documents.nbytes + self.frequencies.nbytes + self.places.nbytes


_NONE = np.zeros(0, np.int64)
EMPTY = Postings(_NONE, _NONE, _NONE)


class PostingSource:
    """Reads posting lists from a Whoosh reader. Whoosh's files keep a position, so one thread reads at a time."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._lock = RLock()
        self._cache: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cached = 0

    def postings(self, field: str, term: str) -> Postings:
        """The postings of a term; EMPTY for one that does not occur."""
        with self._lock:
            found = self._cache.get((field, term))
            if found is None:
                found = self._read(field, term)
                self._keep((field, term), found)
            else:
                self._cache.move_to_end((field, term))
            return found

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """The terms of a field that begin with `prefix`, in order."""
        with self._lock:
            return iter([term.decode("utf-8") for term in self._reader.expand_prefix(field, prefix)])

    def document_count(self, field: str, term: str) -> int:
        """In how many documents a term stands; deleted ones count until they are merged away."""
        with self._lock:
            return int(self._reader.doc_frequency(field, term))

    def _keep(self, key: tuple[str, str], postings: Postings) -> None:
        self._cache[key] = postings
        self._cached += postings.size
        while self._cached > CACHED and len(self._cache) > 1:
            self._cached -= self._cache.popitem(last=False)[1].size

    def _read(self, field: str, term: str) -> Postings:
        if (field, term) not in self._reader:
            return EMPTY
        matcher = self._reader.postings(field, term)
        if matcher.supports("positions"):
            return _with_positions(matcher)
        documents, frequencies = _collect(matcher, lambda: int(matcher.weight()))
        return Postings(np.array(documents, np.int64), np.array(frequencies, np.int64), _NONE)


def _with_positions(matcher: Any) -> Postings:
    documents, lists = _collect(matcher, lambda: matcher.value_as("positions"))
    counts = np.array([len(positions) for positions in lists], np.int64)
    numbers = np.array(documents, np.int64)
    flat = np.array([position for positions in lists for position in positions], np.int64)
    return Postings(numbers, counts, np.repeat(numbers << SHIFT, counts) + flat)


def _collect(matcher: Any, value: Callable[[], Any]) -> tuple[list[int], list[Any]]:
    documents, values = [], []
    while matcher.is_active():
        documents.append(matcher.id())
        values.append(value())
        matcher.next()
    return documents, values


def united(lists: list[Postings]) -> Postings:
    """The postings of any of several terms: documents once, frequencies added, places in order."""
    lists = [one for one in lists if len(one.documents)]
    if len(lists) < 2:
        return lists[0] if lists else EMPTY
    documents, where = np.unique(np.concatenate([one.documents for one in lists]), return_inverse=True)
    frequencies = np.bincount(where, np.concatenate([one.frequencies for one in lists])).astype(np.int64)
    return Postings(documents, frequencies, np.sort(np.concatenate([one.places for one in lists])))


def counted(places: NDArray[np.int64]) -> Postings:
    """Postings made from places alone."""
    documents, frequencies = np.unique(places >> SHIFT, return_counts=True)
    return Postings(documents, frequencies.astype(np.int64), places)
