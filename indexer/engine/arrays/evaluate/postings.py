"""Posting lists of the whole index: a term's documents, frequencies and places over all segments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import accumulate
from threading import Lock, local
from typing import NamedTuple

import numpy as np

from indexer import kernels
from indexer.engine.arrays.segments import SegmentReader
from indexer.kernels import Array, Asked, Documents, Places, Posted, Side, Walk

CACHED = 128_000_000
"""Bytes of unpacked posting lists that are kept."""

REMEMBERED = 50_000
"""Terms of which it is remembered where they stand and how often, stems with their forms; of more all are forgotten."""


class Postings(NamedTuple):
    """The documents that hold something, ascending, and how often each does."""

    documents: Documents
    frequencies: Documents


EMPTY = Postings(np.zeros(0, np.int32), np.zeros(0, np.int32))


class Part(NamedTuple):
    """A term of a side: how many words after the beginning of a phrase it stands, in which field, and the term."""

    offset: int
    field: str
    term: str


class Parts(NamedTuple):
    """The terms of a phrase (`joined`), or terms any of which will do."""

    joined: bool
    parts: Sequence[Part]


class PostingSource:
    """Reads posting lists; deleted documents do not occur in them. Safe to use from many threads."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        *self._bases, self.count = accumulate((len(segment) for segment in segments), initial=0)
        self._scratch = local()
        self._places_of: dict[tuple[str, str], list[Posted]] = {}
        self._forms: dict[tuple[str, str], list[str]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._cache: OrderedDict[tuple[str, str, str], tuple[Array, ...]] = OrderedDict()
        self._cached = 0
        self._lock = Lock()

    def postings(self, field: str, term: str) -> Postings:
        """The documents of a term and its frequencies; EMPTY for one that does not occur."""
        documents, frequencies = self._kept("postings", field, term, self._postings)
        return Postings(documents, frequencies)

    def documents(self, fields: tuple[str, str], term: str) -> Documents:
        """The documents that hold a term in either of two fields."""

        def read(_: str, term: str) -> tuple[Array, ...]:
            return (kernels.either(*(self.postings(field, term).documents for field in fields)),)

        return self._kept("documents", "+".join(fields), term, read)[0]

    def standing(
        self, sides: Sequence[Parts], windows: Sequence[tuple[int, int]] = (), within: Documents | None = None
    ) -> Postings:
        """Where a side stands, or two sides in one of these windows: see kernels.standing.

        The lists are walked through as they are: a common word has millions of places.
        """
        return Postings(*self._stood(sides, windows, within, counting=True))

    def holding(self, sides: Sequence[Parts], windows: Sequence[tuple[int, int]], within: Documents) -> Documents:
        """Those of the documents in which it stands: `standing` without counting, which takes half the time."""
        return self._stood(sides, windows, within, counting=False)[0]

    def _stood(
        self, sides: Sequence[Parts], windows: Sequence[tuple[int, int]], within: Documents | None, *, counting: bool
    ) -> tuple[Documents, ...]:
        opened = [self._opened(side) for side in sides]
        asked = []
        for base, segment in zip(self._bases, self.segments, strict=True):
            if all(base in lists for lists in opened):
                there = [Side(side.joined, lists[base]) for side, lists in zip(sides, opened, strict=True)]
                asked.append(Asked(base, segment.live, there))
        return kernels.standing(asked, windows, within, counting=counting)

    def _opened(self, side: Parts) -> dict[int, list[Walk]]:
        """The lists of a side, by the first document of each segment in which it can stand."""
        lists: dict[int, list[Walk]] = {}
        for offset, field, term in side.parts:
            for base, _, packed, number in self._standing(field, term):
                lists.setdefault(base, []).append(Walk(offset, packed, number))
        return {base: some for base, some in lists.items() if not side.joined or len(some) == len(side.parts)}

    def places_in(self, field: str, terms: Sequence[str], chosen: Documents) -> Places:
        """The places of any of several terms in the documents `chosen`, which are live; ascending."""
        return kernels.places_in([posted for term in terms for posted in self._standing(field, term)], chosen)

    def beginning(self, field: str, prefix: str) -> Postings:
        """The postings of all terms that begin with `prefix`: documents once, frequencies added."""
        return Postings(*self._kept("beginning", field, prefix, self._beginning))

    def united(self, field: str, terms: Sequence[str]) -> Postings:
        """The postings of any of several terms."""
        if len(terms) == 1:
            return self.postings(field, terms[0])

        def gather(counters: Documents) -> None:
            for term in terms:
                for base, live, lists, number in self._standing(field, term):
                    kernels.gather(lists, range(number, number + 1), base, live, counters)

        return self._gathered(gather)

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
        if (known := self._forms.get((field, stem))) is not None:
            return known
        found: set[str] = set()
        for segment in self.segments:
            loose = segment.field(f"{field}_loose")
            number = loose.number(stem.encode()) if loose else None
            if number is not None:
                found.update(segment.forms(field, number))
        if len(self._forms) >= REMEMBERED:
            self._forms.clear()
        self._forms[field, stem] = sorted(found)
        return self._forms[field, stem]

    def document_count(self, field: str, term: str) -> int:
        """In how many documents a term stands; deleted ones count until they are merged away."""
        if (known := self._counts.get((field, term))) is None:
            known = sum(one.field.count(one.number) for one in self._standing(field, term))
            if len(self._counts) >= REMEMBERED:
                self._counts.clear()
            self._counts[field, term] = known
        return known

    def _standing(self, field: str, term: str) -> list[Posted]:
        """The posting lists of a term, one a segment that has it."""
        if (known := self._places_of.get((field, term))) is not None:
            return known
        found, key = [], term.encode()
        for base, segment in zip(self._bases, self.segments, strict=True):
            packed = segment.field(field)
            number = packed.number(key) if packed else None
            if packed is not None and number is not None:
                found.append(Posted(base, segment.live, packed.lists(number, number + 1), number))
        if len(self._places_of) >= REMEMBERED:
            self._places_of.clear()
        self._places_of[field, term] = found
        return found

    def _postings(self, field: str, term: str) -> tuple[Array, ...]:
        return kernels.documents(self._standing(field, term))

    def _beginning(self, field: str, prefix: str) -> tuple[Array, ...]:
        key = prefix.encode()

        def gather(counters: Documents) -> None:
            for base, segment in zip(self._bases, self.segments, strict=True):
                if packed := segment.field(field):
                    numbers = packed.with_prefix(key)
                    kernels.gather(packed.lists(numbers.start, numbers.stop), numbers, base, segment.live, counters)

        return self._gathered(gather)

    def _gathered(self, gather: Callable[[Documents], None]) -> Postings:
        """What is counted in an array with a counter for every document; each thread has its own."""
        counters: Documents | None = self._scratch.__dict__.pop("counters", None)
        if counters is None:
            counters = np.zeros(self.count, np.int32)
        gather(counters)
        found = Postings(*kernels.harvest(counters))
        self._scratch.counters = counters  # all zero again; not kept where gathering failed
        return found

    def _kept(
        self, what: str, field: str, term: str, read: Callable[[str, str], tuple[Array, ...]]
    ) -> tuple[Array, ...]:
        key = (what, field, term)
        with self._lock:
            if (found := self._cache.get(key)) is not None:
                self._cache.move_to_end(key)
                return found
        found = read(field, term)
        with self._lock:
            if key not in self._cache:
                self._cache[key] = found
                self._cached += _size(found)
            while self._cached > CACHED and len(self._cache) > 1:
                self._cached -= _size(self._cache.popitem(last=False)[1])
        return found


def _size(arrays: tuple[Array, ...]) -> int:
    return sum(array.nbytes for array in arrays)
