"""Columns: the rows of all documents as arrays by document number, for sorting, filters and facets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from indexer import kernels
from indexer.engine.arrays.segments import DIGEST_BYTES, NAMES_FIELD, SegmentReader, name_values
from indexer.kernels import Array, Documents, Mask, Numbers
from indexer.query import NameField


class NameColumn:
    """A multi-valued column of names: document `d` has the values numbered `codes[starts[d]:starts[d + 1]]`."""

    def __init__(self, segments: Sequence[SegmentReader], name: NameField) -> None:
        lists = [name_values(segment.docs, name) for segment in segments]
        # Values are numbered in the order in which they are shown, so that ties in a facet need no sorting.
        self.values = sorted({value for values in lists for value in values}, key=lambda v: (v.casefold(), v))
        self._numbers = {value: number for number, value in enumerate(self.values)}
        self.codes, self.starts = self._concatenate(segments, lists, name)
        self._single = self._single_codes()

    def _concatenate(
        self, segments: Sequence[SegmentReader], lists: list[list[str]], name: NameField
    ) -> tuple[Documents, Documents]:
        codes, starts, before = [], [np.zeros(1, np.int32)], 0
        for segment, values in zip(segments, lists, strict=True):
            renumbered = np.array([self._numbers[value] for value in values], np.int32)
            part = segment.docs.array(f"{name.value}/codes")
            codes.append(renumbered[part])
            starts.append(segment.docs.array(f"{name.value}/starts")[1:].astype(np.int32) + np.int32(before))
            before += len(part)
        return np.concatenate([np.zeros(0, np.int32), *codes]), np.concatenate(starts)

    def _single_codes(self) -> Documents | None:
        """The code of each document, -1 for none; None where a document has two. One array is cheaper to count."""
        lengths = np.diff(self.starts)
        if np.any(lengths > 1):
            return None
        single = np.full(len(lengths), -1, np.int32)
        single[lengths > 0] = self.codes
        return single

    def counts(self, documents: Documents, limit: int | None) -> tuple[list[tuple[str, int]], int]:
        """The values among the documents with their counts, and how many values there are.

        Commonest first, then alphabetically; all, or the first `limit`. "" counts the documents that have none.
        """
        starts, codes = (self.starts, self.codes) if self._single is None else (None, self._single)
        counts, missing = kernels.facet_counts(documents, starts, codes, len(self.values))
        present = np.flatnonzero(counts)
        top = _top_codes(present, counts, limit)
        pairs = [(self.values[i], count) for i, count in zip(top.tolist(), counts[top].tolist(), strict=True)]
        if missing:  # of one count, "" comes first
            pairs.insert(bisect_left(pairs, -missing, key=lambda pair: -pair[1]), ("", missing))
        return pairs[:limit], len(present)

    def mask(self, values: Iterable[str], documents: int) -> Mask:
        """Which of so many documents have any of the values; "" stands for those that have none."""
        mask = np.zeros(documents, bool)
        lengths = np.diff(self.starts)
        for value in values:
            if value == "":
                mask |= lengths == 0
            elif value in self._numbers:
                indices = np.flatnonzero(self.codes == self._numbers[value])
                mask[np.searchsorted(self.starts, indices, "right") - 1] = True
        return mask


def _top_codes(present: Numbers, counts: Documents, limit: int | None) -> Numbers:
    """The codes in `present` by count, descending, then by code; only the first `limit`."""
    if limit is not None and len(present) > limit:
        least = np.partition(counts[present], len(present) - limit)[len(present) - limit]
        present = present[counts[present] >= least]
    return present[np.argsort(-counts[present], kind="stable")][:limit]


class Columns:
    """The columns of an opened index; each is read when it is first needed.

    Dates are numbers yyyymmdd (00 where a month or day is not known, 0 for no date).
    """

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        self.count = sum(len(segment) for segment in segments)

    def _column(self, name: str) -> Documents:
        parts = [segment.docs.array(name) for segment in self.segments]
        return np.concatenate([np.zeros(0, np.int32), *parts], dtype=np.int32, casting="unsafe")

    def _length(self, field: str) -> Documents:
        parts = []
        for segment in self.segments:
            lengths = segment.lengths(field)
            parts.append(np.zeros(len(segment), np.int32) if lengths is None else lengths)
        return np.concatenate([np.zeros(0, np.int32), *parts], dtype=np.int32, casting="unsafe")

    @cached_property
    def live(self) -> Documents:
        """The documents that are not deleted, ascending."""
        return np.flatnonzero(self.live_mask).astype(np.int32)

    @cached_property
    def live_mask(self) -> Mask:
        """Which documents are not deleted."""
        parts = [np.ones(len(s), bool) if s.live is None else s.live for s in self.segments]
        return np.concatenate([np.zeros(0, bool), *parts])

    @cached_property
    def date(self) -> Documents:
        """Dates of publication, for sorting."""
        return self._column("date")

    @cached_property
    def first(self) -> Documents:
        """The first day of each publication date: of an incomplete one, the first that it may be."""
        return self._column("first")

    @cached_property
    def last(self) -> Documents:
        """The last day of each publication date."""
        return self._column("last")

    @cached_property
    def added(self) -> Numbers:
        """Times of addition to the archive, yyyymmddhhmmss."""
        return np.concatenate([np.zeros(0, np.int64), *(s.docs.array("added").astype(np.int64) for s in self.segments)])

    @cached_property
    def year(self) -> Documents:
        """The years of publication, 0 for none."""
        return self.date // 10_000

    @cached_property
    def title_length(self) -> Documents:
        """Tokens in the title."""
        return self._length("title")

    @cached_property
    def body_length(self) -> Documents:
        """Tokens in the body."""
        return self._length("body")

    @cached_property
    def ids(self) -> Array:
        """Ids, as ASCII bytes."""
        return np.concatenate([np.zeros(0, "S1"), *(segment.docs.array("id") for segment in self.segments)])

    @cached_property
    def _by_id(self) -> Numbers:
        return np.argsort(self.ids, kind="stable")

    @cached_property
    def rank(self) -> Documents:
        """Each document's index among the sorted ids."""
        if bool(np.all(self.ids[:-1] < self.ids[1:])):  # as a rebuild writes them
            return np.arange(self.count, dtype=np.int32)
        rank = np.empty(self.count, np.int32)
        rank[self._by_id] = np.arange(self.count)
        return rank

    def numbers(self, release_id: str) -> Documents:
        """The live documents of a release, ascending: one at most, but for several versions of it."""
        wanted = release_id.encode("ascii", "replace")
        low, high = (int(np.searchsorted(self.ids, wanted, side, sorter=self._by_id)) for side in ("left", "right"))
        documents = self._by_id[low:high]
        # The replaced state of a release is a deleted document.
        return np.sort(documents[self.live_mask[documents]]).astype(np.int32)

    @cached_property
    def number(self) -> Documents:
        """The number of the version that each document is of."""
        return self._column("number")

    @cached_property
    def versions(self) -> Documents:
        """How many versions the work of each document has."""
        return self._column("versions")

    @cached_property
    def current(self) -> Mask:
        """Which documents are of the current version of their work."""
        return np.asarray(self._column("current") == 1)

    @cached_property
    def withdrawn(self) -> Mask:
        """Which documents are of a work that is withdrawn."""
        return np.asarray(self._column("live") == 0)

    @cached_property
    def _names(self) -> dict[NameField, NameColumn]:
        return {}

    def names(self, name: NameField) -> NameColumn:
        """A field of names."""
        if name not in self._names:
            self._names[name] = NameColumn(self.segments, name)
        return self._names[name]

    def has_name(self, name: NameField) -> Mask:
        """Which documents have any name in a field; a surname that may be anybody's counts."""
        return self._length(NAMES_FIELD[name]) > 0

    def digests(self) -> list[bytes]:
        """The digest of every live release."""
        return [digest for segment in self.segments for digest in _digests(segment)]


def _digests(segment: SegmentReader) -> list[bytes]:
    data = segment.docs.array("digest").reshape(-1, DIGEST_BYTES)
    live = data if segment.live is None else data[segment.live]
    return [row.tobytes() for row in live]
