"""The inner loops: the compiled ones where a compiler was there at installation, otherwise those in NumPy.

Both give the same, to the last bit; tests hold them to it.
"""

from __future__ import annotations

from indexer.kernels.compiled_tokenizer import load_tokenizer
from indexer.kernels.numpy_twin import WIDTHS
from indexer.kernels.types import (
    POSITION_BITS,
    Array,
    DamagedPostings,
    Documents,
    FieldIndex,
    Floats,
    Mask,
    Numbers,
    Operand,
    OperandTerm,
    PackedLists,
    PackedPositions,
    PostingList,
    SegmentQuery,
    Values,
)

try:
    from indexer.kernels.native import (
        ArrayFieldIndex,
        accumulate,
        bm25,
        count_by_document,
        decode_positions,
        decode_postings,
        difference,
        drain_accumulator,
        facet_counts,
        find_term,
        intersect,
        invert,
        lower_bound,
        match_positions,
        near_positions,
        pack_lists,
        top_k,
        union,
    )
except ImportError:
    from indexer.kernels.numpy_twin import (
        ArrayFieldIndex,
        accumulate,
        bm25,
        count_by_document,
        decode_positions,
        decode_postings,
        difference,
        drain_accumulator,
        facet_counts,
        find_term,
        intersect,
        invert,
        lower_bound,
        match_positions,
        near_positions,
        pack_lists,
        top_k,
        union,
    )

__all__ = [
    "POSITION_BITS",
    "WIDTHS",
    "Array",
    "ArrayFieldIndex",
    "DamagedPostings",
    "Documents",
    "FieldIndex",
    "Floats",
    "Mask",
    "Numbers",
    "Operand",
    "OperandTerm",
    "PackedLists",
    "PackedPositions",
    "PostingList",
    "SegmentQuery",
    "Values",
    "accumulate",
    "bm25",
    "count_by_document",
    "decode_positions",
    "decode_postings",
    "difference",
    "drain_accumulator",
    "facet_counts",
    "find_term",
    "intersect",
    "invert",
    "load_tokenizer",
    "lower_bound",
    "match_positions",
    "near_positions",
    "pack_lists",
    "top_k",
    "union",
]
