"""A file of named arrays: how every file of a segment is laid out.

Arrays follow one another, each at a multiple of 64 bytes. After them come the CRC-32 of each block of the
file so far (block_checksums.py; four bytes each), a directory in JSON (name -> type, length, offset) and a footer of 28
bytes: the offset of the checksums (8 bytes), their number (4), the directory's length (4), the CRC-32 of
checksums and directory (4), little-endian, and eight magic bytes that name the format and its version. So every byte
is under a checksum. Reading maps the file and looks arrays up; nothing is decoded and nothing is executed.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from indexer.engine.arrays.files.block_checksums import BlockChecksums, CheckedBlocks, block_count
from indexer.kernels import Array, Numbers

MAGIC = b"DLARRAY2"
_FOOTER = struct.Struct("<QIII8s")
_ALIGNMENT = 64


class DamagedFile(Exception):
    """A file is not an array file, of another version, or its bytes are not those that were written."""


def write_arrays(path: Path, arrays: Iterable[tuple[str, Array]] | Mapping[str, Array]) -> None:
    """Write `arrays` in the order given; each is written as it comes, so a generator bounds the memory.

    Raises:
        OSError: the system refuses (no space, no permission); what was written so far remains.
    """
    pairs = arrays.items() if isinstance(arrays, Mapping) else arrays
    directory: dict[str, tuple[str, int, int]] = {}
    checksums, end = BlockChecksums(), 0
    with path.open("wb") as file:
        for name, array in pairs:
            padding = b"\0" * (-end % _ALIGNMENT)
            data = np.ascontiguousarray(array).view(np.uint8).data if array.size else b""
            directory[name] = (array.dtype.str, array.size, end + len(padding))
            for part in (padding, data):
                file.write(part)
                checksums.add(part)
                end += len(part)
        file.write(_trailer(end, checksums.all(), json.dumps(directory).encode()))


def _trailer(end: int, checksums: Sequence[int], directory: bytes) -> bytes:
    """The bytes that follow the arrays."""
    table = np.array(checksums, "<u4").tobytes()
    crc = zlib.crc32(directory, zlib.crc32(table))
    return table + directory + _FOOTER.pack(end, len(checksums), len(directory), crc, MAGIC)


class ArrayFile:
    """A memory-mapped file of arrays. Bytes are verified before they are returned.

    Raises on opening:
        DamagedFile: it is not such a file, or its directory is damaged.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # an empty file cannot be mapped
                raise DamagedFile(f"{path.name} is empty") from error
        self._directory, self.blocks = self._read_trailer()
        self._arrays: dict[str, Array] = {}

    def _read_trailer(self) -> tuple[dict[str, tuple[str, int, int]], CheckedBlocks]:
        size = len(self._map)
        if size < _FOOTER.size:
            raise DamagedFile(f"{self.path.name} is cut short")
        end, count, length, checksum, magic = _FOOTER.unpack(self._map[size - _FOOTER.size :])
        if magic != MAGIC:
            raise DamagedFile(f"{self.path.name} is of another format or version")
        trailer = self._map[end : size - _FOOTER.size]
        if 4 * count + length != len(trailer) or count != block_count(end) or zlib.crc32(trailer) != checksum:
            raise DamagedFile(f"the directory of {self.path.name} is damaged")
        blocks = CheckedBlocks(memoryview(self._map)[:end], np.frombuffer(trailer, "<u4", count))
        return {name: tuple(entry) for name, entry in json.loads(trailer[4 * count :]).items()}, blocks

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> Iterator[str]:
        """The names of the arrays, in the order written."""
        return iter(self._directory)

    def length(self, name: str) -> int:
        """How many elements an array has.

        Raises:
            KeyError: there is no such array.
        """
        return self._directory[name][1]

    def array(self, name: str) -> Array:
        """An array as a view of the mapped file, verified whole.

        Raises:
            KeyError: there is no such array.
            DamagedFile: a block of it does not match its checksum.
        """
        if name not in self._arrays:
            array = self.lazy_array(name)
            array.check()
            self._arrays[name] = array.unchecked
        return self._arrays[name]

    def lazy_array(self, name: str) -> LazyArray:
        """An array whose elements are verified when they are read.

        Raises:
            KeyError: there is no such array.
        """
        kind, count, offset = self._directory[name]
        array = np.frombuffer(self._map, np.dtype(kind), count, offset)
        return LazyArray(array, offset, self.blocks, self._problem(name))

    def release_pages(self) -> None:
        """Release the resident pages with madvise; without effect where the system has none."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def find_damage(self) -> list[str]:
        """A line for each block that does not match its checksum; reads the whole file."""
        return [self._problem(self._first_name(begin)) for begin in self.blocks.find_damage()]

    def _problem(self, name: str) -> str:
        """The message that an array is damaged."""
        return f"{self.path.name} is damaged at {name}"

    def _first_name(self, begin: int) -> str:
        """The array at this byte of the file, or the next one after it."""
        ends = (
            (name, offset + np.dtype(kind).itemsize * count) for name, (kind, count, offset) in self._directory.items()
        )
        return next((name for name, end in ends if end > begin), "its end")


class LazyArray:
    """An array of a mapped file; the blocks that hold an element are verified before it is returned."""

    def __init__(self, unchecked: Array, offset: int, blocks: CheckedBlocks, problem: str) -> None:
        self.unchecked = unchecked
        """The array without verification, for callers that call `check` themselves."""
        self.problem = problem
        """The message of DamagedFile."""
        self._offset, self._width, self._blocks = offset, unchecked.itemsize, blocks

    def __len__(self) -> int:
        return len(self.unchecked)

    def check(self, first: int = 0, last: int | None = None) -> None:
        """Verify the elements from `first` up to, not including, `last` (by default the end).

        Raises:
            DamagedFile: a block that holds one of them does not match its checksum.
        """
        if not self._blocks.are_verified:
            end = len(self.unchecked) if last is None else last
            if not self._blocks.check(self._offset + first * self._width, self._offset + end * self._width):
                raise DamagedFile(self.problem)

    def read(self, first: int, last: int) -> Array:
        """The elements from `first` up to, not including, `last`; raises as `check` does."""
        self.check(first, last)
        return self.unchecked[first:last]

    def at(self, number: int) -> int:
        """One element; raises as `check` does.

        Raises:
            IndexError: there is no such element.
        """
        self.check(number, number + 1)
        return int(self.unchecked[number])


def to_narrowest(array: Array) -> Array:
    """The same non-negative numbers in the smallest unsigned type that holds them."""
    largest = int(array.max()) if array.size else 0
    kind = np.uint8 if largest < 2**8 else np.uint16 if largest < 2**16 else np.uint32 if largest < 2**32 else np.uint64
    return array.astype(kind)


def join_bytes(strings: Iterable[bytes]) -> tuple[Array, Array]:
    """Byte strings as one array, and the offset of each and of the end."""
    parts = list(strings)
    return np.frombuffer(b"".join(parts), np.uint8), to_narrowest(list_bounds([len(part) for part in parts]))


def list_bounds(sizes: Array | Sequence[int]) -> Numbers:
    """The offsets of concatenated lists of these sizes, and of the end."""
    bounds = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return bounds


def split_bytes(blob: Array, starts: Array) -> list[bytes]:
    """The byte strings that `join_bytes` concatenated."""
    data = blob.tobytes()
    return [data[start:end] for start, end in pairwise(starts.tolist())]
