"""Segment merges: several segments become one without their deleted documents; and the merge policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from indexer.engine.arrays.files import write_arrays
from indexer.engine.arrays.segments import (
    DOCS,
    TERMS,
    FieldPostings,
    SegmentReader,
    StemForms,
    docs_arrays,
    map_forms,
    read_row,
    segment_name,
    terms_arrays,
)
from indexer.kernels import Numbers, Values

MERGE_FACTOR = 8
"""Segments of about one size (a tier) that are merged into one of the next: each release is rewritten once a tier."""

MAX_MERGED_DOCUMENTS = 200_000
"""Live documents from which on a segment is not merged any more, which bounds a merge's memory."""

MAX_DELETED_SHARE = 0.2
"""The share of deleted documents from which on a segment is rewritten without them."""


def select_merge(segments: Sequence[SegmentReader]) -> list[SegmentReader]:
    """The segments to merge now; empty when no merge is due."""
    tiers: dict[int, list[SegmentReader]] = {}
    for segment in segments:
        live = len(segment) - len(segment.deleted)
        if len(segment.deleted) >= MAX_DELETED_SHARE * len(segment):
            return [segment]
        if live < MAX_MERGED_DOCUMENTS:
            tiers.setdefault(_tier(live), []).append(segment)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= MERGE_FACTOR:
            return tiers[tier]
    return []


def _tier(live: int) -> int:
    return int(np.log(max(live, MERGE_FACTOR)) / np.log(MERGE_FACTOR))


def merge_segments(segments: Sequence[SegmentReader], folder: Path, segment_id: str) -> int:
    """Write one segment with the live documents of several, in their order; return how many there are."""
    renumbered = _renumber_documents(segments)
    rows = [
        read_row(segment.docs, number)
        for segment, numbers in zip(segments, renumbered, strict=True)
        for number in np.flatnonzero(numbers >= 0).tolist()
    ]
    names = sorted({name for segment in segments for name in segment.field_names()})
    lengths = {name: merged for name in names if (merged := _merge_lengths(segments, renumbered, name)) is not None}
    name = segment_name(segment_id)
    write_arrays(folder / (name + DOCS), docs_arrays(rows, lengths))
    forms: dict[str, StemForms] = {}
    write_arrays(folder / (name + TERMS), terms_arrays(_merge_fields(segments, renumbered, names, forms), forms))
    return len(rows)


def _renumber_documents(segments: Sequence[SegmentReader]) -> list[Numbers]:
    """For each segment the new number of each of its documents, -1 for a deleted one."""
    renumbered, before = [], 0
    for segment in segments:
        live = np.ones(len(segment), bool) if segment.live is None else segment.live
        numbers = np.where(live, np.cumsum(live) - 1 + before, -1)
        before += int(np.count_nonzero(live))
        renumbered.append(numbers)
    return renumbered


def _merge_lengths(segments: Sequence[SegmentReader], renumbered: list[Numbers], field: str) -> Numbers | None:
    if all(segment.lengths(field) is None for segment in segments):
        return None
    parts = []
    for segment, numbers in zip(segments, renumbered, strict=True):
        lengths = segment.lengths(field)
        all_lengths = np.zeros(len(segment), np.int64) if lengths is None else lengths.astype(np.int64)
        parts.append(all_lengths[numbers >= 0])
    return np.concatenate(parts)


def _merge_fields(
    segments: Sequence[SegmentReader], renumbered: list[Numbers], names: list[str], forms: dict[str, StemForms]
) -> Iterator[tuple[str, FieldPostings]]:
    vocabularies: dict[str, list[bytes]] = {}
    for name in names:
        parts = [
            _drop_deleted(reader.unpack(), numbers)
            for segment, numbers in zip(segments, renumbered, strict=True)
            if (reader := segment.field(name)) is not None
        ]
        merged = _merge_postings([part for part in parts if part.terms])
        if merged is None:
            continue
        vocabularies[name] = merged.terms
        if name.endswith("_loose"):
            forms[name] = map_forms(vocabularies[name.removesuffix("_loose")], merged.terms)
        yield name, merged


def _drop_deleted(postings: FieldPostings, numbers: Numbers) -> FieldPostings:
    """The postings of the live documents, renumbered; terms that have none left are dropped."""
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


def _merge_postings(parts: list[FieldPostings]) -> FieldPostings | None:
    """The merged postings of a field; document numbers ascend from part to part."""
    if not parts:
        return None
    terms = sorted({term for part in parts for term in part.terms})
    rank = {term: number for number, term in enumerate(terms)}
    owners = np.concatenate(
        [np.repeat([rank[term] for term in part.terms], part.counts).astype(np.int64) for part in parts]
    )
    # Within a term the parts follow each other, so a stable sort by term keeps documents and positions in order.
    order = np.argsort(owners, kind="stable")
    frequencies = np.concatenate([part.frequencies for part in parts])
    positions: Values | None = None
    if parts[0].positions is not None:
        token_order = np.argsort(np.repeat(owners, frequencies), kind="stable")
        positions = np.concatenate([part.positions for part in parts if part.positions is not None])[token_order]
    return FieldPostings(
        terms,
        np.bincount(owners, minlength=len(terms)),
        np.concatenate([part.documents for part in parts])[order],
        frequencies[order],
        positions,
    )
