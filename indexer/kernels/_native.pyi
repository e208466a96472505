"""The interface of c/native.c; see numpy_twin.py and indexer/language/tokenizer.py for what each function does."""

from collections.abc import Callable, Sequence

from indexer.kernels import types
from indexer.kernels.types import (
    Array,
    Documents,
    Floats,
    Mask,
    Numbers,
    PackedLists,
    PackedPositions,
    PostingList,
    SegmentQuery,
    Values,
)

def lower_bound(blob: Array, starts: Array, term: bytes, /) -> int: ...
def find_term(blob: Array, starts: Array, term: bytes, /) -> int: ...
def decode_postings(lists: Sequence[PostingList], documents: Documents, frequencies: Documents, /) -> int: ...
def decode_positions(lists: Sequence[PostingList], candidates: Documents, positions: PackedPositions, /) -> int: ...
def accumulate(
    field: types.FieldIndex, first: int, last: int, base: int, live: Mask | None, accumulator: Documents, /
) -> int: ...
def match_positions(
    queries: list[SegmentQuery],
    windows: Numbers,
    candidates: Documents | None,
    ends_at: int,
    documents: Documents,
    frequencies: Documents | None,
    /,
) -> int: ...
def drain_accumulator(accumulator: Documents, documents: Documents, frequencies: Documents, /) -> int: ...
def intersect(one: Array, other: Array, result: Array, /) -> int: ...
def union(one: Array, other: Array, result: Array, /) -> int: ...
def difference(one: Array, other: Array, result: Array, /) -> int: ...
def count_by_document(positions: PackedPositions, documents: Documents, frequencies: Documents, /) -> int: ...
def near_positions(
    shorter: PackedPositions,
    longer: PackedPositions,
    low: int,
    high: int,
    shorter_matches: Mask,
    longer_matches: Mask,
    /,
) -> int: ...
def bm25(documents: Documents, /, *lists_norms_weights_scores: Documents | Floats | float) -> int: ...
def top_k(keys: Floats, documents: Documents, date: Documents, rank: Documents, indices: Numbers, /) -> int: ...
def facet_counts(documents: Documents, starts: Documents | None, codes: Documents, counts: Documents, /) -> int: ...
def invert(
    tokens: Values,
    ranks: Values,
    lengths: Values,
    positions: Values | None,
    counts: Numbers,
    documents: Values,
    frequencies: Values,
    sorted_positions: Values | None,
    /,
) -> int: ...
def pack_lists(
    values: Values,
    lengths: Numbers,
    width: Array,
    starts: Numbers,
    one: Array,
    two: Array,
    four: Array,
    sizes: Numbers,
    /,
) -> int: ...
def set_rules(classes: bytes, elisions: bytes, exact_key: Callable[[str], str], /) -> None: ...
def tokens(text: str, /) -> tuple[list[str], list[int], list[int]]: ...
def keys(text: str, /) -> list[str]: ...
def word_start(text: str, start: int, offset: int, /) -> int: ...
def word_end(text: str, start: int, begin: int, offset: int, /) -> int: ...

class ArrayFieldIndex:
    def __init__(
        self,
        counts: Array,
        occurrences: Array,
        gaps: PackedLists,
        frequencies: PackedLists,
        positions: PackedLists | None,
        limit: int,
        /,
    ) -> None: ...
    def count(self, number: int, /) -> int: ...
    def occurrences(self, number: int, /) -> int: ...

class TokenEncoder:
    def add(self, text: str, /) -> int: ...
    def tokens(self) -> memoryview: ...
    def words(self) -> list[bytes]: ...
    def __len__(self) -> int: ...

class KeyFinder:
    def __new__(cls, keys: list[str], /) -> KeyFinder: ...
    def find(
        self, text: str, most: int, /
    ) -> tuple[list[int], list[int], list[int], list[int], tuple[int, int, int, int]]: ...
