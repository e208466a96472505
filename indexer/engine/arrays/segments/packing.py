"""Posting lists packed: gaps between documents, frequencies and positions, each list in the narrowest width it fits.

A field's lists stand in order of term. A list's numbers are one, two or four bytes wide, whichever its largest
number needs; lists of one width stand in one array, so that packing and unpacking are a few array operations for
a whole field, and opening one list is a slice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indexer import kernels
from indexer.engine.arrays.files import ArrayFile, BadArrays, LazyArray, joined, narrow, split
from indexer.kernels import WIDTHS, Array, Documents, FieldLists, Lists, Numbers, Posted, Values


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


class PackedLists:
    """The lists of one kind (gaps, frequencies or positions) of a field, verified when they are read."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._width, self._start = file.lazy_array(f"{name}_width"), file.lazy_array(f"{name}_start")
        self._by_width = [file.lazy_array(f"{name}{number}") for number in range(len(WIDTHS))]
        self.unchecked = Lists(*(array.unchecked for array in (self._width, self._start, *self._by_width)))
        """For callers that `check` what they read."""

    def check(self, first: int, lengths: Array) -> None:
        """Verify the lists of the terms from number `first` on, which have these lengths.

        Raises:
            BadArrays: a block that holds part of one does not match its checksum.
        """
        if len(lengths) == 1:  # the common case, a term that was looked up: array operations take three times as long
            start = self._start.at(first)
            self._by_width[self._width.at(first)].check(start, start + int(lengths[0]))
            return
        widths = self._width.read(first, first + len(lengths))
        starts = self._start.read(first, first + len(lengths)).astype(np.int64)
        for number, array in enumerate(self._by_width):
            # The lists of one width are contiguous, in order of term.
            some = np.flatnonzero(widths == number)
            if len(some):
                array.check(int(starts[some[0]]), int(starts[some[-1]]) + int(lengths[some[-1]]))

    def flat(self, lengths: Numbers) -> Values:
        """The lists of all terms, one after the other; raises as `check` does."""
        self.check(0, lengths)
        return self.unchecked.flat(lengths)

    def of(self, number: int, length: int) -> Array:
        """The list of a term; raises as `check` does."""
        self.check(number, np.array([length]))
        return self.unchecked.of(number, length)


class PackedField:
    """A field of a segment, opened: its terms looked up, and its posting lists for the inner loops.

    `limit` is how many documents the segment has. Bytes are verified before they are used: every method raises
    BadArrays where a block that it reads does not match its checksum.
    """

    def __init__(self, file: ArrayFile, field: str, limit: int) -> None:
        self._file, self._field = file, field
        self._blob, self._starts = self._array("terms"), self._array("term_starts")
        self._counts, self._occurrences = self._array("counts"), self._array("occurrences")
        self.has_positions = f"{field}/positions_width" in file
        self._gaps, self._frequencies = PackedLists(file, f"{field}/gaps"), PackedLists(file, f"{field}/frequencies")
        self._positions = PackedLists(file, f"{field}/positions") if self.has_positions else None
        self._lists = kernels.Field(
            self._counts.unchecked, self._occurrences.unchecked, self._gaps.unchecked, self._frequencies.unchecked,
            self._positions.unchecked if self._positions else None, limit,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._counts)

    def _array(self, name: str) -> LazyArray:
        return self._file.lazy_array(f"{self._field}/{name}")

    def lists(self, first: int, last: int) -> FieldLists:
        """The posting lists for the inner loops, after verifying those of the terms from `first` to before `last`."""
        if not self._file.blocks.are_whole:
            counts, occurrences = self._counts.read(first, last), self._occurrences.read(first, last)
            self._gaps.check(first, counts)
            self._frequencies.check(first, counts)
            if self._positions:
                self._positions.check(first, occurrences)
        return self._lists

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._blob.read(self._starts.at(number), self._starts.at(number + 1)).tobytes()

    def at_or_after(self, term: bytes) -> int:
        """The number of the first term that is not before `term`.

        The binary search reads unverified terms. It compared the two terms that it ends between, so where these are
        verified afterwards its result is right, whatever it read on the way.
        """
        number = self._search(kernels.at_or_after, term)
        self.terms(max(number - 1, 0), min(number + 1, len(self)))
        return number

    def number(self, term: bytes) -> int | None:
        """The number of `term`, or None where it does not occur."""
        number = self._search(kernels.term_number, term)
        if number < 0:
            self.at_or_after(term)  # verifies the place where it would be
            return None
        self.term(number)
        return number

    def _search(self, search: Callable[[Array, Array, bytes], int], term: bytes) -> int:
        """The result of a binary search in the unverified terms."""
        try:
            return search(self._blob.unchecked, self._starts.unchecked, term)
        except (ValueError, IndexError) as error:
            raise BadArrays(self._blob.problem) from error

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The terms from number `first` up to before `last`."""
        edges = self._starts.read(first, len(self) + 1 if last is None else last + 1).astype(np.int64)
        return split(self._blob.read(int(edges[0]), int(edges[-1])), edges - edges[0])

    def with_prefix(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with `prefix`."""
        first = self.at_or_after(prefix)
        # 0xff stands in no UTF-8 text, so it is after every continuation of the prefix.
        return range(first, self.at_or_after(prefix + b"\xff"))

    def count(self, number: int) -> int:
        """In how many documents a term stands."""
        return self._counts.at(number)

    def occurrence_count(self, number: int) -> int:
        """How often a term stands."""
        return self._occurrences.at(number)

    def postings(self, number: int) -> tuple[Documents, Documents]:
        """The documents of a term, deleted ones as well, and how often it stands in each."""
        return kernels.documents([Posted(0, None, self.lists(number, number + 1), number)])

    def positions(self, number: int) -> Numbers:
        """The positions of a term in its documents, one document after the other."""
        assert self._positions is not None
        return self._positions.of(number, self.occurrence_count(number)).astype(np.int64)

    def unpacked(self) -> FieldPostings:
        """The whole field, flat: what a merge begins with."""
        counts, occurrences = (array.read(0, len(self)).astype(np.int64) for array in (self._counts, self._occurrences))
        positions = self._positions.flat(occurrences) if self._positions else None
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
