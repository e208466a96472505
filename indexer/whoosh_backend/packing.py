"""Posting lists packed: gaps between documents, frequencies and positions, each list in the narrowest width it fits.

A field's lists stand in order of term. A list's numbers are one, two or four bytes wide, whichever its largest
number needs; lists of one width stand in one array, so that packing and unpacking are a few array operations for
a whole field, and opening one list is a slice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.whoosh_backend.arrays import Array, ArrayFile, joined, narrow, split

Numbers = NDArray[np.int64]

WIDTHS = (np.uint8, np.uint16, np.uint32)


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """All postings of a field, flat, in order of term, then document, then position.

    Term `t` has `counts[t]` documents; each has its frequency, and as many positions (None where the field has
    none). Terms are UTF-8, ascending by byte.
    """

    terms: list[bytes]
    counts: Numbers
    documents: Numbers
    frequencies: Numbers
    positions: Numbers | None

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


def _pack_lists(name: str, values: Numbers, lengths: Numbers) -> dict[str, Array]:
    largest = _largest(values, lengths)
    width = (largest > 0xFF).astype(np.uint8) + (largest > 0xFFFF)
    starts = np.zeros(len(lengths), np.int64)
    arrays: dict[str, Array] = {}
    for number, kind in enumerate(WIDTHS):
        chosen = width == number
        starts[chosen] = np.cumsum(lengths[chosen]) - lengths[chosen]
        arrays[f"{name}{number}"] = values[np.repeat(chosen, lengths)].astype(kind)
    return arrays | {f"{name}_width": width, f"{name}_start": narrow(starts)}


class PackedField:
    """A field of a segment, opened: terms looked up and posting lists unpacked one at a time."""

    def __init__(self, file: ArrayFile, field: str) -> None:
        self._file, self._field = file, field
        self._blob, self._starts = self._array("terms"), self._array("term_starts")
        self._counts, self._occurrences = self._array("counts"), self._array("occurrences")
        self.has_positions = f"{field}/positions_width" in file

    def __len__(self) -> int:
        return len(self._counts)

    def _array(self, name: str) -> Array:
        return self._file.array(f"{self._field}/{name}")

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._blob[self._starts[number] : self._starts[number + 1]].tobytes()

    def at_or_after(self, term: bytes) -> int:
        """The number of the first term that is not before `term`."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, term: bytes) -> int | None:
        """The number of `term`, or None where it does not occur."""
        number = self.at_or_after(term)
        return number if number < len(self) and self.term(number) == term else None

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
        return int(self._counts[number])

    def occurrence_count(self, number: int) -> int:
        """How often a term stands."""
        return int(self._occurrences[number])

    def documents(self, number: int) -> Numbers:
        """The documents of a term, ascending."""
        return np.cumsum(self._list("gaps", number, self.count(number)), dtype=np.int64)

    def frequencies(self, number: int) -> Numbers:
        """How often the term stands in each of its documents."""
        return self._list("frequencies", number, self.count(number)).astype(np.int64)

    def positions(self, number: int) -> Numbers:
        """The positions of a term in its documents, one document after the other."""
        return self._list("positions", number, self.occurrence_count(number)).astype(np.int64)

    def _list(self, name: str, number: int, length: int) -> Array:
        start = int(self._array(f"{name}_start")[number])
        return self._array(f"{name}{self._array(f'{name}_width')[number]}")[start : start + length]

    def unpacked(self) -> FieldPostings:
        """The whole field, flat: what a merge begins with."""
        counts = self._counts.astype(np.int64)
        gaps = self._unpack_lists("gaps", counts)
        positions = self._unpack_lists("positions", self._occurrences.astype(np.int64)) if self.has_positions else None
        return FieldPostings(
            self.terms(), counts, _from_gaps(gaps, counts), self._unpack_lists("frequencies", counts), positions
        )

    def _unpack_lists(self, name: str, lengths: Numbers) -> Numbers:
        width = self._array(f"{name}_width")
        values = np.empty(int(lengths.sum()), np.int64)
        for number in range(len(WIDTHS)):
            values[np.repeat(width == number, lengths)] = self._array(f"{name}{number}")
        return values


def _firsts(counts: Numbers) -> Numbers:
    """Where each list begins."""
    return np.cumsum(counts) - counts


def _gaps(postings: FieldPostings) -> Numbers:
    gaps = np.diff(postings.documents, prepend=0)
    firsts = _firsts(postings.counts)
    gaps[firsts] = postings.documents[firsts]
    return gaps


def _from_gaps(gaps: Numbers, counts: Numbers) -> Numbers:
    running = np.cumsum(gaps)
    before = running[_firsts(counts)] - gaps[_firsts(counts)]
    return np.asarray(running - np.repeat(before, counts))


def _largest(values: Numbers, lengths: Numbers) -> Numbers:
    return np.maximum.reduceat(values, _firsts(lengths)) if len(values) else np.zeros(len(lengths), np.int64)


def _sums(values: Numbers, lengths: Numbers) -> Numbers:
    return np.add.reduceat(values, _firsts(lengths)) if len(values) else np.zeros(len(lengths), np.int64)
