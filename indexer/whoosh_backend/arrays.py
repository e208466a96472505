"""A file of named arrays: how every file of a segment is laid out.

Arrays stand one after the other, each at a multiple of 64 bytes. After them comes a directory in JSON (name ->
type, length, offset, CRC-32) and a footer of 24 bytes: the directory's offset (8 bytes), length (4) and CRC-32
(4), little-endian, and eight bytes that name the format and its version. Reading maps the file and looks arrays
up; nothing is decoded and nothing is executed.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from indexer.kernels.types import Array, Numbers

MAGIC = b"DLARRAY1"
_FOOTER = struct.Struct("<QII8s")
_ALIGNMENT = 64


class BadArrays(Exception):
    """A file is not one of ours, of another version, or not whole."""


def write_arrays(path: Path, arrays: Iterable[tuple[str, Array]] | Mapping[str, Array]) -> None:
    """Write `arrays` in the order given; each is written as it comes, so a generator bounds the memory.

    Raises:
        OSError: the system refuses (no room, no permission); what was written so far is left there.
    """
    pairs = arrays.items() if isinstance(arrays, Mapping) else arrays
    directory: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        for name, array in pairs:
            file.write(b"\0" * (-file.tell() % _ALIGNMENT))
            data = np.ascontiguousarray(array).view(np.uint8).data if array.size else b""
            directory[name] = [array.dtype.str, array.size, file.tell(), zlib.crc32(data)]
            file.write(data)
        text = json.dumps(directory).encode()
        file.write(text + _FOOTER.pack(file.tell(), len(text), zlib.crc32(text), MAGIC))


class ArrayFile:
    """A file of arrays, mapped.

    Raises on opening:
        BadArrays: it is not such a file, or its directory is damaged.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # an empty file cannot be mapped
                raise BadArrays(f"{path.name} is empty") from error
        self._directory = self._read_directory()

    def _read_directory(self) -> dict[str, list[Any]]:
        size = len(self._map)
        if size < _FOOTER.size:
            raise BadArrays(f"{self.path.name} is cut short")
        offset, length, checksum, magic = _FOOTER.unpack(self._map[size - _FOOTER.size :])
        if magic != MAGIC:
            raise BadArrays(f"{self.path.name} is of another format or version")
        text = self._map[offset : offset + length]
        if offset + length + _FOOTER.size != size or zlib.crc32(text) != checksum:
            raise BadArrays(f"{self.path.name} is damaged")
        directory: dict[str, list[Any]] = json.loads(text)
        return directory

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> Iterator[str]:
        """The names of the arrays, in the order written."""
        return iter(self._directory)

    def array(self, name: str) -> Array:
        """An array, as a view of the mapped file.

        Raises:
            KeyError: there is no such array.
        """
        kind, count, offset, _ = self._directory[name]
        return np.frombuffer(self._map, np.dtype(kind), count, offset)

    def let_go(self) -> None:
        """Let go of the pages in memory; where the system cannot be told so, nothing happens."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def damaged(self) -> list[str]:
        """The names of the arrays whose bytes are not those that were written."""
        return [
            name
            for name, (kind, count, offset, checksum) in self._directory.items()
            if zlib.crc32(memoryview(self._map)[offset : offset + np.dtype(kind).itemsize * count]) != checksum
        ]


def narrow(array: Array) -> Array:
    """The same non-negative numbers in the smallest unsigned type that holds them."""
    largest = int(array.max()) if array.size else 0
    kind = np.uint8 if largest < 2**8 else np.uint16 if largest < 2**16 else np.uint32 if largest < 2**32 else np.uint64
    return array.astype(kind)


def joined(texts: Iterable[bytes]) -> tuple[Array, Array]:
    """Byte strings as one array and the places where each begins (one more than there are strings)."""
    pieces = list(texts)
    return np.frombuffer(b"".join(pieces), np.uint8), narrow(edges([len(piece) for piece in pieces]))


def edges(sizes: Array | Sequence[int]) -> Numbers:
    """Where lists of these sizes begin that stand one after the other, and where the last ends."""
    found = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=found[1:])
    return found


def split(blob: Array, starts: Array) -> list[bytes]:
    """The byte strings that `joined` put together."""
    data, edges = blob.tobytes(), starts.tolist()
    return [data[start:end] for start, end in pairwise(edges)]
