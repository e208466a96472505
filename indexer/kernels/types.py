"""The kinds of arrays that the inner loops take and give."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Numbers of any width, as they stand in a file."""

Documents = NDArray[np.int32]
"""Numbers of documents, ascending, none twice; or something about each of them."""

Places = NDArray[np.int64]
"""Places, ascending: a document's number shifted left by SHIFT, plus the position in it."""

Numbers = NDArray[np.int64]

Values = NDArray[np.uint32]
"""Numbers on their way into a file."""

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SHIFT = 32


class DamagedPostings(ValueError):
    """Numbers read from a file that cannot be right."""

    def __init__(self) -> None:
        super().__init__("the postings are damaged")


class Lists(NamedTuple):
    """Lists of one kind for every term of a field: term `t`'s begins at `start[t]` in the array of its width."""

    width: Array
    start: Array
    one: Array
    two: Array
    four: Array

    def of(self, term: int, length: int) -> Array:
        """The list of a term.

        Raises:
            DamagedPostings: it is shorter than it should be.
        """
        start = int(self.start[term])
        found = self[2 + int(self.width[term])][start : start + length]
        if len(found) != length:
            raise DamagedPostings
        return found

    def flat(self, lengths: Numbers) -> Values:
        """All lists, one after the other."""
        values = np.empty(int(lengths.sum()), np.uint32)
        for number, array in enumerate(self[2:]):
            values[np.repeat(self.width == number, lengths)] = array
        return values


class FieldLists(Protocol):
    """The posting lists of a field of a segment: made from those of gaps, frequencies and positions (None for none),
    how many documents and occurrences each term has, and how many documents the segment has.
    """

    def __init__(
        self, counts: Array, occurrences: Array, gaps: Lists, frequencies: Lists, positions: Lists | None, limit: int, /
    ) -> None: ...

    def count(self, number: int, /) -> int:
        """In how many documents a term stands."""

    def occurrences(self, number: int, /) -> int:
        """How often a term stands."""


class Posted(NamedTuple):
    """A posting list: where its segment's documents begin, which of them count (None: all), the field, the term."""

    base: int
    live: Mask | None
    field: FieldLists
    number: int


class Walk(NamedTuple):
    """A posting list to walk through, and how many words after the beginning of a phrase its term stands."""

    offset: int
    field: FieldLists
    number: int


class Side(NamedTuple):
    """The lists of a phrase (`joined`), or of words any of which will do; one at least."""

    joined: bool
    lists: list[Walk]


class Asked(NamedTuple):
    """What is looked for in a segment: where its documents begin, which of them count (None: all), one side or two."""

    base: int
    live: Mask | None
    sides: list[Side]
