"""The types of the arrays and tuples that the inner loops take and return."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Unsigned numbers of any width, as they are stored in a file."""

Documents = NDArray[np.int32]
"""Document numbers, ascending and distinct; or one value for each of them (a frequency, a date)."""

PackedPositions = NDArray[np.int64]
"""Packed positions, ascending: document number << POSITION_BITS | token position in the document."""

Numbers = NDArray[np.int64]

Values = NDArray[np.uint32]
"""Numbers to be written to a file."""

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

POSITION_BITS = 32


class DamagedPostings(ValueError):
    """Numbers read from a file that cannot be right."""

    def __init__(self) -> None:
        super().__init__("the postings are damaged")


class PackedLists(NamedTuple):
    """The lists of one kind (gaps, frequencies or positions) of every term of a field.

    Term `t`'s list begins at `start[t]` in the array of its width: `one`, `two` or `four` bytes, by `width[t]`.
    """

    width: Array
    start: Array
    one: Array
    two: Array
    four: Array

    def slice_list(self, term: int, length: int) -> Array:
        """The list of a term.

        Raises:
            DamagedPostings: fewer than `length` numbers are stored.
        """
        start = int(self.start[term])
        values = self[2 + int(self.width[term])][start : start + length]
        if len(values) != length:
            raise DamagedPostings
        return values

    def unpack(self, lengths: Numbers) -> Values:
        """All lists, concatenated in order of term."""
        values = np.empty(int(lengths.sum()), np.uint32)
        for number, array in enumerate(self[2:]):
            values[np.repeat(self.width == number, lengths)] = array
        return values


class FieldIndex(Protocol):
    """The inverted index of one field of a segment.

    Made from each term's document count and occurrence count, the packed lists of gaps, frequencies and positions
    (None where the field has none), and the number of documents of the segment.
    """

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

    def count(self, number: int, /) -> int:
        """The document frequency of a term: how many documents contain it."""

    def occurrences(self, number: int, /) -> int:
        """The collection frequency of a term: how often it occurs in all documents."""


class PostingList(NamedTuple):
    """A posting list of a segment: its first document number, its live documents (None: all), field and term number."""

    base: int
    live: Mask | None
    field: FieldIndex
    number: int


class OperandTerm(NamedTuple):
    """A term of an operand: its offset in words from the beginning of the phrase, its field and its number there."""

    offset: int
    field: FieldIndex
    number: int


class Operand(NamedTuple):
    """What a positional query matches: a phrase of terms (`is_phrase`), or any one of the terms; at least one term."""

    is_phrase: bool
    terms: list[OperandTerm]


class SegmentQuery(NamedTuple):
    """A positional query against one segment: its first document number, its live documents (None: all), and operands.

    One operand is a phrase match, two are a proximity match.
    """

    base: int
    live: Mask | None
    operands: list[Operand]
