"""The rows of all documents as arrays, by document number: what sorting, filters and facets are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from indexer import kernels
from indexer.engine.arrays.segments import DIGEST_BYTES, SegmentReader, name_values
from indexer.kernels import Array, Documents, Mask, Numbers
from indexer.query import NameField


class Codes:
    """A field of names: document `d` has the values numbered `codes[starts[d]:starts[d + 1]]`."""

    def __init__(self, segments: Sequence[SegmentReader], name: NameField) -> None:
        lists = [name_values(segment.docs, name) for segment in segments]
        # Values are numbered in the order in which they are shown, so that ties in a facet need no sorting.
        self.values = sorted({value for values in lists for value in values}, key=lambda v: (v.casefold(), v))
        self._numbers = {value: number for number, value in enumerate(self.values)}
        self.codes, self.starts = self._joined(segments, lists, name)
        self._single = self._of_one_each()

    def _joined(
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

    def _of_one_each(self) -> Documents | None:
        """The code of each document, -1 for none, where no document has two: counted in a third of the time."""
        lengths = np.diff(self.starts)
        if np.any(lengths > 1):
            return None
        found = np.full(len(lengths), -1, np.int32)
        found[lengths > 0] = self.codes
        return found

    def counts(self, documents: Documents, most: int | None) -> tuple[list[tuple[str, int]], int]:
        """The values among the documents with their counts, and how many values there are.

        Commonest first, then by letter; all, or `most` of them. "" counts the documents that have none.
        """
        starts, codes = (self.starts, self.codes) if self._single is None else (None, self._single)
        numbers, missing = kernels.tally(documents, starts, codes, len(self.values))
        there = np.flatnonzero(numbers)
        found = [(self.values[i], int(numbers[i])) for i in _commonest(there, numbers, most)]
        if missing:
            found.append(("", missing))
            found.sort(key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))
        return found[:most], len(there)

    def having(self, wanted: Iterable[str], documents: int) -> Mask:
        """Which documents have any of the values wanted; "" asks for those that have none."""
        mask = np.zeros(documents, bool)
        lengths = np.diff(self.starts)
        for value in wanted:
            if value == "":
                mask |= lengths == 0
            elif value in self._numbers:
                places = np.flatnonzero(self.codes == self._numbers[value])
                mask[np.searchsorted(self.starts, places, "right") - 1] = True
        return mask


def _commonest(there: Numbers, numbers: Documents, most: int | None) -> Numbers:
    """The codes in `there` by count, then by number; only the first `most`."""
    if most is not None and len(there) > most:
        least = np.partition(numbers[there], len(there) - most)[len(there) - most]
        there = there[numbers[there] >= least]
    return there[np.argsort(-numbers[there], kind="stable")][:most]


class Columns:
    """The columns of an opened index; each is read when it is first needed.

    Dates are numbers yyyymmdd (00 where a month or day is not known, 0 for no date).
    """

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self.count = sum(len(segment) for segment in segments)

    def _column(self, name: str) -> Documents:
        parts = [segment.docs.array(name) for segment in self._segments]
        return np.concatenate([np.zeros(0, np.int32), *parts], dtype=np.int32, casting="unsafe")

    def _length(self, field: str) -> Documents:
        parts = []
        for segment in self._segments:
            lengths = segment.lengths(field)
            parts.append(np.zeros(len(segment), np.int32) if lengths is None else lengths)
        return np.concatenate([np.zeros(0, np.int32), *parts], dtype=np.int32, casting="unsafe")

    @cached_property
    def live(self) -> Documents:
        """The documents that count, ascending."""
        return np.flatnonzero(self.live_mask).astype(np.int32)

    @cached_property
    def live_mask(self) -> Mask:
        """Which documents count."""
        parts = [np.ones(len(s), bool) if s.live is None else s.live for s in self._segments]
        return np.concatenate([np.zeros(0, bool), *parts])

    @cached_property
    def date(self) -> Documents:
        """Dates of publication, for sorting."""
        return self._column("date")

    @cached_property
    def first(self) -> Documents:
        """The first day each may be of."""
        return self._column("first")

    @cached_property
    def last(self) -> Documents:
        """The last day each may be of."""
        return self._column("last")

    @cached_property
    def added(self) -> Numbers:
        """Times of adding, yyyymmddhhmmss."""
        return np.concatenate(
            [np.zeros(0, np.int64), *(s.docs.array("added").astype(np.int64) for s in self._segments)]
        )

    @cached_property
    def year(self) -> Documents:
        """The years of publication, 0 for none."""
        return self.date // 10_000

    @cached_property
    def title_length(self) -> Documents:
        """Words in the title."""
        return self._length("title")

    @cached_property
    def body_length(self) -> Documents:
        """Words in the body."""
        return self._length("body")

    @cached_property
    def ids(self) -> Array:
        """Ids, as ASCII bytes."""
        return np.concatenate([np.zeros(0, "S1"), *(segment.docs.array("id") for segment in self._segments)])

    @cached_property
    def _by_id(self) -> Numbers:
        return np.argsort(self.ids, kind="stable")

    @cached_property
    def rank(self) -> Documents:
        """Each document's place among the ids in order."""
        if bool(np.all(self.ids[:-1] < self.ids[1:])):  # as a rebuild writes them
            return np.arange(self.count, dtype=np.int32)
        rank = np.empty(self.count, np.int32)
        rank[self._by_id] = np.arange(self.count)
        return rank

    def number(self, release_id: str) -> int | None:
        """The document that is this release now."""
        wanted = release_id.encode("ascii", "replace")
        low = int(np.searchsorted(self.ids, wanted, sorter=self._by_id))
        for place in range(low, self.count):
            document = int(self._by_id[place])
            if self.ids[document] != wanted:
                return None
            if self.live_mask[document]:  # a replaced release stands there once more, deleted
                return document
        return None

    @cached_property
    def _names(self) -> dict[NameField, Codes]:
        return {}

    def names(self, name: NameField) -> Codes:
        """A field of names."""
        if name not in self._names:
            self._names[name] = Codes(self._segments, name)
        return self._names[name]

    def digests(self) -> list[bytes]:
        """The digest of every live release."""
        return [digest for segment in self._segments for digest in _digests(segment)]


def _digests(segment: SegmentReader) -> list[bytes]:
    data = segment.docs.array("digest").reshape(-1, DIGEST_BYTES)
    live = data if segment.live is None else data[segment.live]
    return [row.tobytes() for row in live]
