"""A sequence that is kept packed: a great many releases of one file, on their way from a worker to the archive."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import zstandard

Value = TypeVar("Value")

CHUNK = 256
"""Values packed together; fewer are kept as they are, so that a file of a few releases costs nothing."""


class CompressedList(Sequence[Value], Generic[Value]):
    """Values in order; to go through them unpacks a portion at a time.

    Made for values of ours that pickle: 70,000 releases with their evidence take half a gigabyte unpacked, a tenth
    of it packed. `flat` makes of a value what pickles quickly, `whole` makes the value of that again; both are
    functions of a module.
    """

    def __init__(self, flat: Callable[[Value], Any], whole: Callable[[Any], Value]) -> None:
        self._to_tuple, self._from_tuple = flat, whole
        self._chunks: list[bytes] = []
        self._rest: list[Value] = []

    def append(self, value: Value) -> None:
        """Add one at the end."""
        self._rest.append(value)
        if len(self._rest) == CHUNK:
            flat = [self._to_tuple(each) for each in self._rest]
            self._chunks.append(zstandard.compress(pickle.dumps(flat, pickle.HIGHEST_PROTOCOL), 1))
            self._rest = []

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (
            self._to_tuple,
            self._from_tuple,
            self._chunks,
            [self._to_tuple(each) for each in self._rest],
        )

    def __len__(self) -> int:
        return CHUNK * len(self._chunks) + len(self._rest)

    def __iter__(self) -> Iterator[Value]:
        for portion in self._chunks:
            yield from map(self._from_tuple, pickle.loads(zstandard.decompress(portion)))
        yield from self._rest

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        return list(self)[place]


def _unpickle(
    flat: Callable[[Value], Any], whole: Callable[[Any], Value], portions: list[bytes], rest: Iterable[Any]
) -> CompressedList[Value]:
    packed = CompressedList(flat, whole)
    packed._chunks, packed._rest = portions, list(map(whole, rest))
    return packed
