"""Posting lists packed: gaps between documents, frequencies and positions, each list in the narrowest width it fits.

A field's lists stand in order of term. A list's numbers are one, two or four bytes wide, whichever its largest
number needs; lists of one width stand in one array, so that packing and unpacking are a few array operations for
a whole field, and opening one list is a slice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer import kernels
from indexer.kernels.plain import WIDTHS
from indexer.kernels.types import Array, Documents, Lists, Numbers, Posted, Values
from indexer.whoosh_backend.arrays import ArrayFile, joined, narrow, split


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """All postings of a field, flat, in order of term, then document, then position.

    Term `t` has `counts[t]` documents; each has its frequency, and as many positions (None where the field has
    none). Terms are UTF-8, ascending by byte.
    """

    terms: list[bytes]
    counts: Numbers
    documents: Values
    frequencies: Values
    positions: Values | None

    @property
    def occurrences(self) -> Numbers:
        """How often each term occurs in all."""
        return _sums(self.frequencies, self.counts)


def pack(field: str, postings: FieldPostings) -> dict[str, Array]:
    """The arrays of a field, named `field/…`."""
    blob, starts = joined(postings.terms)
    arrays = {"terms": blob, "term_starts": starts, "counts": narrow(postings.counts)}
    occurrences = postings.occurrences
    arrays["occurrences"] = narrow(occurrences)
    arrays |= _pack_lists("gaps", _gaps(postings), postings.counts)
    arrays |= _pack_lists("frequencies", postings.frequencies, postings.counts)
    if postings.positions is not None:
        arrays |= _pack_lists("positions", postings.positions, occurrences)
    return {f"{field}/{name}": array for name, array in arrays.items()}


def _pack_lists(name: str, values: Values, lengths: Numbers) -> dict[str, Array]:
    width, starts, by_width = kernels.packed(values, lengths)
    arrays = {f"{name}{number}": array for number, array in enumerate(by_width)}
    return arrays | {f"{name}_width": width, f"{name}_start": narrow(starts)}


def _opened(file: ArrayFile, name: str) -> Lists:
    kinds = (file.array(f"{name}{number}") for number in range(len(WIDTHS)))
    return Lists(file.array(f"{name}_width"), file.array(f"{name}_start"), *kinds)


class PackedField:
    """A field of a segment, opened: its terms looked up, and its posting lists for the inner loops.

    `limit` is how many documents the segment has.
    """

    def __init__(self, file: ArrayFile, field: str, limit: int) -> None:
        self._file, self._field, self._limit = file, field, limit
        self._blob, self._starts = self._array("terms"), self._array("term_starts")
        self._counts, self._occurrences = self._array("counts"), self._array("occurrences")
        self.has_positions = f"{field}/positions_width" in file
        self._gaps, self._frequencies = _opened(file, f"{field}/gaps"), _opened(file, f"{field}/frequencies")
        self._positions = _opened(file, f"{field}/positions") if self.has_positions else None
        self.lists = kernels.Field(
            self._counts, self._occurrences, self._gaps, self._frequencies, self._positions, limit
        )

    def __len__(self) -> int:
        return len(self._counts)

    def _array(self, name: str) -> Array:
        return self._file.array(f"{self._field}/{name}")

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._blob[self._starts[number] : self._starts[number + 1]].tobytes()

    def at_or_after(self, term: bytes) -> int:
        """The number of the first term that is not before `term`."""
        return kernels.at_or_after(self._blob, self._starts, term)

    def number(self, term: bytes) -> int | None:
        """The number of `term`, or None where it does not occur."""
        number = kernels.term_number(self._blob, self._starts, term)
        return None if number < 0 else number

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The terms from number `first` up to before `last`."""
        edges = self._starts[first : len(self) + 1 if last is None else last + 1].astype(np.int64)
        return split(self._blob[edges[0] : edges[-1]], edges - edges[0])

    def with_prefix(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with `prefix`."""
        first = self.at_or_after(prefix)
        # 0xff stands in no UTF-8 text, so it is after every continuation of the prefix.
        return range(first, self.at_or_after(prefix + b"\xff"))

    def count(self, number: int) -> int:
        """In how many documents a term stands."""
        return self.lists.count(number)

    def occurrence_count(self, number: int) -> int:
        """How often a term stands."""
        return self.lists.occurrences(number)

    def postings(self, number: int) -> tuple[Documents, Documents]:
        """The documents of a term, deleted ones as well, and how often it stands in each."""
        return kernels.documents([Posted(0, None, self.lists, number)])

    def positions(self, number: int) -> Numbers:
        """The positions of a term in its documents, one document after the other."""
        assert self._positions is not None
        return self._positions.of(number, self.occurrence_count(number)).astype(np.int64)

    def unpacked(self) -> FieldPostings:
        """The whole field, flat: what a merge begins with."""
        counts = self._counts.astype(np.int64)
        positions = self._positions.flat(self._occurrences.astype(np.int64)) if self._positions else None
        documents = _from_gaps(self._gaps.flat(counts), counts)
        return FieldPostings(self.terms(), counts, documents, self._frequencies.flat(counts), positions)


def _firsts(counts: Numbers) -> Numbers:
    """Where each list begins."""
    return np.cumsum(counts) - counts


def _gaps(postings: FieldPostings) -> Values:
    gaps = np.diff(postings.documents, prepend=np.uint32(0))  # wraps round where a list begins
    firsts = _firsts(postings.counts)
    gaps[firsts] = postings.documents[firsts]
    return gaps


def _from_gaps(gaps: Values, counts: Numbers) -> Values:
    running = np.cumsum(gaps, dtype=np.uint32)  # wraps round as well, and back
    before = running[_firsts(counts)] - gaps[_firsts(counts)]
    return np.asarray(running - np.repeat(before, counts))


def _sums(values: Values, lengths: Numbers) -> Numbers:
    if not len(values):
        return np.zeros(len(lengths), np.int64)
    return np.add.reduceat(values, _firsts(lengths), dtype=np.int64)
