"""How much of an index stays in memory: pages of its files are let go of when they have become many.

The system counts every page of a mapped file that was read as memory of the process until it needs the room for
something else; on a small server that looks like, and in a container with a limit is, memory taken.
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Sequence
from pathlib import Path

from indexer.engine.arrays.segments.segments import SegmentReader

MOST_MAPPED = 500_000_000
"""Bytes of file pages that may stay in memory."""

AT_ONCE = 0.1
"""The share of the segments whose pages go at once: to let go of all of them takes as long as many a query."""

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
        self._segments, self._turns = segments, itertools.cycle(segments)

    def look(self) -> None:
        """A query was answered: where too much is in memory, the segments whose turn it is let go of their pages.

        What is asked for again is read again, from the system's cache where it is there.
        """
        if mapped_bytes() > MOST_MAPPED:
            self.let_go(math.ceil(AT_ONCE * len(self._segments)))

    def let_go(self, segments: int | None = None) -> None:
        """Let go of the pages of so many segments, of all without a number."""
        for segment in itertools.islice(self._turns, len(self._segments) if segments is None else segments):
            segment.let_go()
