"""A CRC-32 for each block of a file: computed while the file is written, verified when a process first reads the block.

A bit flipped on the disk is found before it can change an answer, and only the blocks that an answer touches are read.
"""

from __future__ import annotations

import zlib

from indexer.kernels import Array

SHIFT = 15
"""The binary logarithm of the block size, 32 KB: a first answer took as long with 16 KB, and longer with 64.

Part of the index format: raise versions.LAYOUT when it changes.
"""


def block_count(size: int) -> int:
    """How many blocks so many bytes are."""
    return -(-size >> SHIFT)


class BlockChecksums:
    """Computes the checksum of each block of a file as it is written; the last block may be shorter."""

    def __init__(self) -> None:
        self._whole: list[int] = []
        self._running, self._length = 0, 0

    def add(self, data: memoryview | bytes) -> None:
        """Add the bytes that are written next."""
        view = memoryview(data)
        while len(view):
            part = view[: (1 << SHIFT) - self._length]
            self._running = zlib.crc32(part, self._running)
            self._length += len(part)
            view = view[len(part) :]
            if self._length == 1 << SHIFT:
                self._whole.append(self._running)
                self._running, self._length = 0, 0

    def all(self) -> list[int]:
        """The checksum of each block so far."""
        return [*self._whole, self._running] if self._length else list(self._whole)


class CheckedBlocks:
    """Verifies the blocks of a mapped file against their checksums, each once. Thread-safe.

    A verified block is not verified again, even where its pages left memory and are read from the disk once more.
    """

    def __init__(self, data: memoryview, checksums: Array) -> None:
        self._data, self._checksums = data, checksums
        self._checked = bytearray(len(checksums))  # 1 where a block is as it was written
        self.are_whole = False

    def check(self, begin: int, end: int) -> bool:
        """Whether the blocks that hold the bytes from `begin` up to, not including, `end` match their checksums."""
        if begin >= end:
            return True
        block, last = begin >> SHIFT, block_count(end)
        while (block := self._checked.find(0, block, last)) >= 0:
            if not self._is_whole(block):
                return False
            self._checked[block] = 1
        return True

    def damaged(self) -> list[int]:
        """The offsets of the blocks that do not match their checksums. Reads the whole file and sets `are_whole`."""
        found = [block << SHIFT for block in range(len(self._checksums)) if not self._is_whole(block)]
        self.are_whole = not found
        return found

    def _is_whole(self, block: int) -> bool:
        return zlib.crc32(self._data[block << SHIFT : block + 1 << SHIFT]) == int(self._checksums[block])
