"""How much of an index stays in memory: pages of its files are let go of when they have become many.

The system counts every page of a mapped file that was read as memory of the process until it needs the room for
something else; on a small server that looks like, and in a container with a limit is, memory taken.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from indexer.whoosh_backend.segments import SegmentReader

MOST_MAPPED = 500_000_000
"""Bytes of file pages that may stay in memory."""

EVERY = 4
"""Queries between two looks at how many they are."""

_STATM = Path("/proc/self/statm")


def mapped_bytes() -> int:
    """The bytes of files that are in this process's memory; 0 where the system does not say (proc(5), statm)."""
    try:
        pages = int(_STATM.read_text("ascii").split()[2])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class Residence:
    """Watches over the pages of some segments."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._queries = 0

    def count_query(self) -> None:
        """A query was answered: now and then look whether too much is in memory."""
        self._queries += 1
        if self._queries % EVERY == 0 and mapped_bytes() > MOST_MAPPED:
            self.let_go()

    def let_go(self) -> None:
        """Let go of every page; what is asked for again is read again, from the system's cache where it is there."""
        for segment in self._segments:
            segment.let_go()
