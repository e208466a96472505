"""Packed posting lists: gaps between documents, frequencies and positions, each list in the narrowest width it fits.

A field's lists are stored in order of term. A list's numbers are one, two or four bytes wide, whichever its largest
number needs; lists of one width are in one array, so that packing and unpacking are a few array operations for
a whole field, and reading one list is a slice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from indexer import kernels
from indexer.engine.arrays.files import ArrayFile, DamagedFile, LazyArray, join_bytes, split_bytes, to_narrowest
from indexer.kernels import WIDTHS, Array, Documents, FieldIndex, Numbers, PackedLists, PostingList, Values


@dataclass(frozen=True, slots=True)
class FieldPostings:
    """All postings of a field, unpacked, in order of term, then document, then position.

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
        """The collection frequency of each term."""
        return _sum_lists(self.frequencies, self.counts)


def pack_field(field: str, postings: FieldPostings) -> dict[str, Array]:
    """The arrays of a field, named `field/...`."""
    blob, starts = join_bytes(postings.terms)
    arrays = {"terms": blob, "term_starts": starts, "counts": to_narrowest(postings.counts)}
    occurrences = postings.occurrences
    arrays["occurrences"] = to_narrowest(occurrences)
    arrays |= _pack_lists("gaps", _to_gaps(postings), postings.counts)
    arrays |= _pack_lists("frequencies", postings.frequencies, postings.counts)
    if postings.positions is not None:
        arrays |= _pack_lists("positions", postings.positions, occurrences)
    return {f"{field}/{name}": array for name, array in arrays.items()}


def _pack_lists(name: str, values: Values, lengths: Numbers) -> dict[str, Array]:
    width, starts, by_width = kernels.pack_lists(values, lengths)
    arrays = {f"{name}{number}": array for number, array in enumerate(by_width)}
    return arrays | {f"{name}_width": width, f"{name}_start": to_narrowest(starts)}


class ListsReader:
    """The lists of one kind (gaps, frequencies or positions) of a field, verified when they are read."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._width, self._start = file.lazy_array(f"{name}_width"), file.lazy_array(f"{name}_start")
        self._by_width = [file.lazy_array(f"{name}{number}") for number in range(len(WIDTHS))]
        self.unchecked = PackedLists(*(array.unchecked for array in (self._width, self._start, *self._by_width)))
        """The lists without verification, for callers that call `check` themselves."""

    def check(self, first: int, lengths: Array) -> None:
        """Verify the lists of the terms from number `first` on, which have these lengths.

        Raises:
            DamagedFile: a block that holds part of one does not match its checksum.
        """
        if len(lengths) == 1:  # the common case, one term: plain numbers are cheaper than array operations
            start = self._start.at(first)
            self._by_width[self._width.at(first)].check(start, start + int(lengths[0]))
            return
        widths = self._width.read(first, first + len(lengths))
        starts = self._start.read(first, first + len(lengths)).astype(np.int64)
        for number, array in enumerate(self._by_width):
            # The lists of one width are contiguous, in order of term.
            of_width = np.flatnonzero(widths == number)
            if len(of_width):
                array.check(int(starts[of_width[0]]), int(starts[of_width[-1]]) + int(lengths[of_width[-1]]))

    def unpack(self, lengths: Numbers) -> Values:
        """The lists of all terms, concatenated; raises as `check` does."""
        self.check(0, lengths)
        return self.unchecked.unpack(lengths)

    def read(self, number: int, length: int) -> Array:
        """The list of a term; raises as `check` does."""
        self.check(number, np.array([length]))
        return self.unchecked.slice_list(number, length)


class FieldReader:
    """Reads a field of a segment: its term dictionary, and its posting lists for the inner loops.

    `limit` is how many documents the segment has. Bytes are verified before they are used: every method raises
    DamagedFile where a block that it reads does not match its checksum.
    """

    def __init__(self, file: ArrayFile, field: str, limit: int) -> None:
        self._file, self._field = file, field
        self._blob, self._starts = self._array("terms"), self._array("term_starts")
        self._counts, self._occurrences = self._array("counts"), self._array("occurrences")
        self.has_positions = f"{field}/positions_width" in file
        self._gaps, self._frequencies = ListsReader(file, f"{field}/gaps"), ListsReader(file, f"{field}/frequencies")
        self._positions = ListsReader(file, f"{field}/positions") if self.has_positions else None
        self._index = kernels.ArrayFieldIndex(
            self._counts.unchecked, self._occurrences.unchecked, self._gaps.unchecked, self._frequencies.unchecked,
            self._positions.unchecked if self._positions else None, limit,
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._counts)

    def _array(self, name: str) -> LazyArray:
        return self._file.lazy_array(f"{self._field}/{name}")

    def verified_index(self, first: int, last: int) -> FieldIndex:
        """The field's index, after verifying the posting lists of the terms from `first` to before `last`."""
        if not self._file.blocks.are_verified:
            counts, occurrences = self._counts.read(first, last), self._occurrences.read(first, last)
            self._gaps.check(first, counts)
            self._frequencies.check(first, counts)
            if self._positions:
                self._positions.check(first, occurrences)
        return self._index

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._blob.read(self._starts.at(number), self._starts.at(number + 1)).tobytes()

    def lower_bound(self, term: bytes) -> int:
        """The number of the first term that is not below `term`.

        The binary search reads unverified terms. It compared the two terms that it ends between, so where these are
        verified afterwards its result is right, whatever it read on the way.
        """
        number = self._search(kernels.lower_bound, term)
        self.terms(max(number - 1, 0), min(number + 1, len(self)))
        return number

    def find(self, term: bytes) -> int | None:
        """The number of `term`, or None where it does not occur."""
        number = self._search(kernels.find_term, term)
        if number < 0:
            self.lower_bound(term)  # verifies the neighbours between which it would be
            return None
        self.term(number)
        return number

    def _search(self, search: Callable[[Array, Array, bytes], int], term: bytes) -> int:
        """The result of a binary search in the unverified terms."""
        try:
            return search(self._blob.unchecked, self._starts.unchecked, term)
        except (ValueError, IndexError) as error:
            raise DamagedFile(self._blob.problem) from error

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """The terms from number `first` up to before `last`."""
        bounds = self._starts.read(first, len(self) + 1 if last is None else last + 1).astype(np.int64)
        return split_bytes(self._blob.read(int(bounds[0]), int(bounds[-1])), bounds - bounds[0])

    def prefix_range(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with `prefix`."""
        first = self.lower_bound(prefix)
        # 0xff occurs in no UTF-8 text, so it sorts after every continuation of the prefix.
        return range(first, self.lower_bound(prefix + b"\xff"))

    def counts(self, first: int, last: int) -> list[int]:
        """The document frequencies of the terms from number `first` up to before `last`."""
        counts: list[int] = self._counts.read(first, last).tolist()
        return counts

    def sum_counts(self, first: int, last: int) -> tuple[int, int]:
        """The sums of their document frequencies and of their collection frequencies."""
        documents, occurrences = (some.read(first, last) for some in (self._counts, self._occurrences))
        return int(documents.sum(dtype=np.int64)), int(occurrences.sum(dtype=np.int64))

    def count(self, number: int) -> int:
        """The document frequency of a term."""
        return self._counts.at(number)

    def occurrence_count(self, number: int) -> int:
        """The collection frequency of a term."""
        return self._occurrences.at(number)

    def postings(self, number: int) -> tuple[Documents, Documents]:
        """The documents of a term, deleted ones as well, and its frequency in each."""
        return kernels.decode_postings([PostingList(0, None, self.verified_index(number, number + 1), number)])

    def positions(self, number: int) -> Numbers:
        """The positions of a term in its documents, one document after the other."""
        assert self._positions is not None
        return self._positions.read(number, self.occurrence_count(number)).astype(np.int64)

    def unpack(self) -> FieldPostings:
        """The whole field, unpacked for a merge."""
        counts, occurrences = (array.read(0, len(self)).astype(np.int64) for array in (self._counts, self._occurrences))
        positions = self._positions.unpack(occurrences) if self._positions else None
        documents = _from_gaps(self._gaps.unpack(counts), counts)
        return FieldPostings(self.terms(), counts, documents, self._frequencies.unpack(counts), positions)


def _list_starts(counts: Numbers) -> Numbers:
    """The index at which each list begins."""
    return np.cumsum(counts) - counts


def _to_gaps(postings: FieldPostings) -> Values:
    gaps = np.diff(postings.documents, prepend=np.uint32(0))  # wraps round where a list begins
    starts = _list_starts(postings.counts)
    gaps[starts] = postings.documents[starts]
    return gaps


def _from_gaps(gaps: Values, counts: Numbers) -> Values:
    running = np.cumsum(gaps, dtype=np.uint32)  # wraps round as well, and back
    before = running[_list_starts(counts)] - gaps[_list_starts(counts)]
    return np.asarray(running - np.repeat(before, counts))


def _sum_lists(values: Values, lengths: Numbers) -> Numbers:
    if not len(values):
        return np.zeros(len(lengths), np.int64)
    return np.add.reduceat(values, _list_starts(lengths), dtype=np.int64)
