"""Segments made one, their deleted documents left out; and which segments are worth it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.kernels import Numbers, Values
from indexer.engine.arrays.files import write_arrays
from indexer.engine.arrays.segments import FieldPostings
from indexer.engine.arrays.segments import read_row
from indexer.engine.arrays.segments import DOCS, TERMS, Forms, SegmentReader, docs_arrays, forms_of, segment_name, terms_arrays

FACTOR = 8
"""So many segments of about one size become one of the next size: each release is rewritten once a size."""

LARGEST = 200_000
"""Live documents of a segment that is not merged any more, which bounds a merge's memory."""

WORN = 0.2
"""A segment with this share of deleted documents is rewritten without them."""


def to_merge(segments: Sequence[SegmentReader]) -> list[SegmentReader]:
    """The segments to be made one now; empty when all is well."""
    tiers: dict[int, list[SegmentReader]] = {}
    for segment in segments:
        live = len(segment) - len(segment.deleted)
        if len(segment.deleted) >= WORN * len(segment):
            return [segment]
        if live < LARGEST:
            tiers.setdefault(_tier(live), []).append(segment)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= FACTOR:
            return tiers[tier]
    return []


def _tier(live: int) -> int:
    return int(np.log(max(live, FACTOR)) / np.log(FACTOR))


def merge(segments: Sequence[SegmentReader], folder: Path, segment_id: str) -> int:
    """Write one segment that holds the live documents of several, in their order; return how many there are."""
    renumbered = _renumbered(segments)
    rows = [
        read_row(segment.docs, number)
        for segment, numbers in zip(segments, renumbered, strict=True)
        for number in np.flatnonzero(numbers >= 0).tolist()
    ]
    names = sorted({name for segment in segments for name in segment.field_names()})
    lengths = {name: merged for name in names if (merged := _lengths(segments, renumbered, name)) is not None}
    name = segment_name(segment_id)
    write_arrays(folder / (name + DOCS), docs_arrays(rows, lengths))
    forms: dict[str, Forms] = {}
    write_arrays(folder / (name + TERMS), terms_arrays(_fields(segments, renumbered, names, forms), forms))
    return len(rows)


def _renumbered(segments: Sequence[SegmentReader]) -> list[Numbers]:
    """For each segment the new number of each of its documents, -1 for a deleted one."""
    found, before = [], 0
    for segment in segments:
        live = np.ones(len(segment), bool) if segment.live is None else segment.live
        numbers = np.where(live, np.cumsum(live) - 1 + before, -1)
        before += int(np.count_nonzero(live))
        found.append(numbers)
    return found


def _lengths(segments: Sequence[SegmentReader], renumbered: list[Numbers], field: str) -> Numbers | None:
    if all(segment.lengths(field) is None for segment in segments):
        return None
    parts = []
    for segment, numbers in zip(segments, renumbered, strict=True):
        lengths = segment.lengths(field)
        kept = np.zeros(len(segment), np.int64) if lengths is None else lengths.astype(np.int64)
        parts.append(kept[numbers >= 0])
    return np.concatenate(parts)


def _fields(
    segments: Sequence[SegmentReader], renumbered: list[Numbers], names: list[str], forms: dict[str, Forms]
) -> Iterator[tuple[str, FieldPostings]]:
    vocabularies: dict[str, list[bytes]] = {}
    for name in names:
        parts = [
            _kept(packed.unpacked(), numbers)
            for segment, numbers in zip(segments, renumbered, strict=True)
            if (packed := segment.field(name)) is not None
        ]
        merged = _together([part for part in parts if part.terms])
        if merged is None:
            continue
        vocabularies[name] = merged.terms
        if name.endswith("_loose"):
            forms[name] = forms_of(vocabularies[name.removesuffix("_loose")], merged.terms)
        yield name, merged


def _kept(postings: FieldPostings, numbers: Numbers) -> FieldPostings:
    """The postings of the documents that stay, renumbered; terms that lose all of them go too."""
    renumbered = numbers[postings.documents]
    kept = renumbered >= 0
    documents = renumbered.astype(np.uint32)
    if kept.all():
        return FieldPostings(postings.terms, postings.counts, documents, postings.frequencies, postings.positions)
    owners = np.repeat(np.arange(len(postings.terms)), postings.counts)[kept]
    counts = np.bincount(owners, minlength=len(postings.terms))
    positions = postings.positions
    if positions is not None:
        positions = positions[np.repeat(kept, postings.frequencies)]
    return FieldPostings(
        [term for term, count in zip(postings.terms, counts.tolist(), strict=True) if count],
        counts[counts > 0],
        documents[kept],
        postings.frequencies[kept],
        positions,
    )


def _together(parts: list[FieldPostings]) -> FieldPostings | None:
    """One field's postings from several, whose documents ascend from part to part."""
    if not parts:
        return None
    terms = sorted({term for part in parts for term in part.terms})
    place = {term: number for number, term in enumerate(terms)}
    owners = np.concatenate(
        [np.repeat([place[term] for term in part.terms], part.counts).astype(np.int64) for part in parts]
    )
    # Within a term the parts follow each other, so a stable sort by term keeps documents and positions in order.
    order = np.argsort(owners, kind="stable")
    frequencies = np.concatenate([part.frequencies for part in parts])
    positions: Values | None = None
    if parts[0].positions is not None:
        of_tokens = np.argsort(np.repeat(owners, frequencies), kind="stable")
        positions = np.concatenate([part.positions for part in parts if part.positions is not None])[of_tokens]
    return FieldPostings(
        terms,
        np.bincount(owners, minlength=len(terms)),
        np.concatenate([part.documents for part in parts])[order],
        frequencies[order],
        positions,
    )
