"""A CRC-32 for each block of a file: computed while the file is written, verified when a process first reads the block.

A bit flipped on the disk is detected before it can change a result; only the blocks that a query reads are verified.
"""

from __future__ import annotations

import zlib

from indexer.kernels import Array

BLOCK_BITS = 15
"""The binary logarithm of the block size in bytes: 32 KB. Larger blocks make a first query slower, smaller ones do
not make it faster.

Part of the index format: raise format_version.LAYOUT when it changes.
"""


def block_count(size: int) -> int:
    """The number of blocks of so many bytes."""
    return -(-size >> BLOCK_BITS)


class BlockChecksums:
    """Computes the checksum of each block of a file as it is written; the last block may be shorter."""

    def __init__(self) -> None:
        self._finished: list[int] = []
        self._running, self._length = 0, 0

    def add(self, data: memoryview | bytes) -> None:
        """Add the bytes that are written next."""
        view = memoryview(data)
        while len(view):
            part = view[: (1 << BLOCK_BITS) - self._length]
            self._running = zlib.crc32(part, self._running)
            self._length += len(part)
            view = view[len(part) :]
            if self._length == 1 << BLOCK_BITS:
                self._finished.append(self._running)
                self._running, self._length = 0, 0

    def all(self) -> list[int]:
        """The checksum of each block so far."""
        return [*self._finished, self._running] if self._length else list(self._finished)


class CheckedBlocks:
    """Verifies the blocks of a mapped file against their checksums, each once. Thread-safe.

    A verified block is not verified again, even where its pages left memory and are read from the disk once more.
    """

    def __init__(self, data: memoryview, checksums: Array) -> None:
        self._data, self._checksums = data, checksums
        self._verified = bytearray(len(checksums))  # 1 where a block matched its checksum
        self.are_verified = False

    def check(self, begin: int, end: int) -> bool:
        """Whether the blocks that hold the bytes from `begin` up to, not including, `end` match their checksums."""
        if begin >= end:
            return True
        block, last = begin >> BLOCK_BITS, block_count(end)
        while (block := self._verified.find(0, block, last)) >= 0:
            if not self._matches(block):
                return False
            self._verified[block] = 1
        return True

    def find_damage(self) -> list[int]:
        """The offsets of the blocks that do not match their checksums. Reads the whole file and sets `are_verified`."""
        offsets = [block << BLOCK_BITS for block in range(len(self._checksums)) if not self._matches(block)]
        self.are_verified = not offsets
        return offsets

    def _matches(self, block: int) -> bool:
        return zlib.crc32(self._data[block << BLOCK_BITS : block + 1 << BLOCK_BITS]) == int(self._checksums[block])
