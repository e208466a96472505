"""The columns of all quotations as arrays by quotation number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engine.arrays.files import list_bounds
from indexer.engine.arrays.segments import SegmentReader, phrase_in_names, speaker_slug, speaker_values
from indexer.kernels import POSITION_BITS, Array, Documents, Mask, Numbers, PackedPositions


class QuotationColumns:
    """The quotations of an opened index, read when the first query asks for them.

    Document `d` has the quotations from `starts[d]` up to before `starts[d + 1]`. `live_mask` says which documents
    are not deleted.
    """

    def __init__(self, segments: Sequence[SegmentReader], live_mask: Mask) -> None:
        self._segments = segments
        per_document = [np.diff(segment.docs.array("quotation/starts").astype(np.int64)) for segment in segments]
        self.starts: Numbers = list_bounds(np.concatenate([np.zeros(0, np.int64), *per_document]))
        self.documents: Documents = np.repeat(np.arange(len(live_mask), dtype=np.int32), np.diff(self.starts))
        self.live: Documents = np.flatnonzero(live_mask[self.documents]).astype(np.int32)
        """The quotations of documents that are not deleted."""
        self.lengths: Numbers = self._column("length").astype(np.int64)
        """The tokens of each quotation."""

    def _column(self, name: str) -> Array:
        parts = [segment.docs.array(f"quotation/{name}") for segment in self._segments]
        return np.concatenate(parts) if parts else np.zeros(0, np.uint8)

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def firsts(self) -> PackedPositions:
        """The packed position of the first token of each quotation."""
        return (self.documents.astype(np.int64) << POSITION_BITS) + self._column("first").astype(np.int64)

    @cached_property
    def quoting(self) -> Documents:
        """The documents that have a quotation and are not deleted."""
        return np.unique(self.documents[self.live])

    @cached_property
    def hashes(self) -> Array:
        """The hash of the words of each quotation."""
        return self._column("hash")

    @cached_property
    def has_speaker(self) -> Mask:
        """Which quotations have a known speaker."""
        return np.diff(self._speakers[1]) > 0

    @cached_property
    def slugs(self) -> list[str]:
        """The slugs of all speakers, in order."""
        return sorted({speaker_slug(value) for value in self._values})

    def speakers_of(self, numbers: Documents) -> tuple[Numbers, Numbers]:
        """The speakers of some quotations, as the index of the quotation among them and of the slug in `slugs`."""
        codes, starts = self._speakers
        counts = starts[numbers + 1] - starts[numbers]
        which = np.repeat(np.arange(len(numbers)), counts)
        places = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, self._slug_of_value[codes[starts[numbers][which] + places]]

    def named(self, terms: Sequence[str]) -> Documents:
        """The quotations of live documents with a speaker one of whose names holds these terms side by side."""
        phrase = phrase_in_names(terms)
        matching = np.array([phrase in value for value in self._encoded_values], bool)
        codes, starts = self._speakers
        found = np.flatnonzero(matching[codes]) if len(matching) else np.zeros(0, np.int64)
        numbers = np.unique(np.searchsorted(starts, found, "right") - 1)
        return numbers[self._is_live[numbers]].astype(np.int32)

    @cached_property
    def _is_live(self) -> Mask:
        mask = np.zeros(len(self), bool)
        mask[self.live] = True
        return mask

    @cached_property
    def _values(self) -> list[str]:
        """The speakers of all segments, each once, in order."""
        return sorted({value for segment in self._segments for value in speaker_values(segment.docs)})

    @cached_property
    def _encoded_values(self) -> list[bytes]:
        return [value.encode("utf-8", "surrogatepass") for value in self._values]

    @cached_property
    def _slug_of_value(self) -> Numbers:
        number = {slug: at for at, slug in enumerate(self.slugs)}
        return np.array([number[speaker_slug(value)] for value in self._values], np.int64)

    @cached_property
    def _speakers(self) -> tuple[Numbers, Numbers]:
        """The speakers as numbers in `_values`, and for each quotation where its own begin."""
        number = {value: at for at, value in enumerate(self._values)}
        codes: list[Numbers] = [np.zeros(0, np.int64)]
        counts: list[Numbers] = [np.zeros(0, np.int64)]
        for segment in self._segments:
            renumbered = np.array([number[value] for value in speaker_values(segment.docs)], np.int64)
            codes.append(renumbered[segment.docs.array("speaker/codes")])
            bounds = segment.docs.array("speaker/starts").astype(np.int64)
            counts.append(bounds[1:] - bounds[:-1])
        return np.concatenate(codes), list_bounds(np.concatenate(counts))
