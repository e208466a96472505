"""A posting list as a Whoosh matcher."""

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.formats import Frequency
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from indexer.engine.arrays.segments import FieldReader


class ArrayMatcher(ListMatcher):
    """A posting list as a Whoosh matcher; values are encoded when they are read."""

    _term_positions: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None

    @classmethod
    def for_term(
        cls, field: FieldReader, number: int, format_: Any, scorer: Any, term: Any, info: TermInfo
    ) -> ArrayMatcher:
        """The matcher of a term."""
        documents, frequencies = field.postings(number)
        matcher = cls(
            documents.tolist(),
            frequencies.astype(float).tolist(),
            format=format_,
            scorer=scorer,
            term=term,
            terminfo=info,
        )
        if field.has_positions:
            matcher._term_positions = (np.cumsum(frequencies) - frequencies, field.positions(number))
        return matcher

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same posting of the same list."""
        other = type(self)(
            self._ids,
            self._weights,
            None,
            self._format,
            self._scorer,
            self._i,
            self._all_weights,
            self._term,
            self._terminfo,
        )
        other._term_positions = self._term_positions
        return other

    def value(self) -> bytes:
        """The posting's value as the field's format encodes it."""
        if self._term_positions is None:
            return pack_uint(int(self.weight())) if isinstance(self._format, Frequency) else b""
        return bytes(self._format.encode(self._positions()))

    def value_as(self, astype: str) -> Any:
        """The posting's value, decoded."""
        if self._term_positions is not None and astype == "positions":
            return self._positions()
        if astype in ("frequency", "weight"):
            return self.weight()
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        assert self._term_positions is not None
        starts, positions = self._term_positions
        start = int(starts[self._i])
        return [int(p) for p in positions[start : start + int(self.weight())]]
