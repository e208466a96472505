"""A list that pickles and compresses its values in chunks: the releases of one file on their way to the store."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

import zstandard

Value = TypeVar("Value")

RECORDS_PER_CHUNK = 256
"""Values compressed together; fewer stay as they are, so that a file of a few releases costs nothing."""


class CompressedList(Sequence[Value], Generic[Value]):
    """Values in order; iterating decompresses a chunk at a time.

    It bounds the memory of a file of a great many releases. `to_tuple` turns a value into one that pickles quickly
    and `from_tuple` turns it back; both are functions of a module.
    """

    def __init__(self, to_tuple: Callable[[Value], Any], from_tuple: Callable[[Any], Value]) -> None:
        self._to_tuple, self._from_tuple = to_tuple, from_tuple
        self._chunks: list[bytes] = []
        self._rest: list[Value] = []

    def append(self, value: Value) -> None:
        """Add one at the end."""
        self._rest.append(value)
        if len(self._rest) == RECORDS_PER_CHUNK:
            to_tuple = [self._to_tuple(each) for each in self._rest]
            self._chunks.append(zstandard.compress(pickle.dumps(to_tuple, pickle.HIGHEST_PROTOCOL), 1))
            self._rest = []

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickle, (
            self._to_tuple,
            self._from_tuple,
            self._chunks,
            [self._to_tuple(each) for each in self._rest],
        )

    def __len__(self) -> int:
        return RECORDS_PER_CHUNK * len(self._chunks) + len(self._rest)

    def __iter__(self) -> Iterator[Value]:
        for chunk in self._chunks:
            yield from map(self._from_tuple, pickle.loads(zstandard.decompress(chunk)))
        yield from self._rest

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Value]: ...
    def __getitem__(self, index: int | slice) -> Value | Sequence[Value]:
        return list(self)[index]


def _unpickle(
    to_tuple: Callable[[Value], Any], from_tuple: Callable[[Any], Value], chunks: list[bytes], rest: Iterable[Any]
) -> CompressedList[Value]:
    restored = CompressedList(to_tuple, from_tuple)
    restored._chunks, restored._rest = chunks, list(map(from_tuple, rest))
    return restored
