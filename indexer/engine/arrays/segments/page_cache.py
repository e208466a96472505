"""Page-cache limiter: releases pages of mapped index files with madvise when too many are resident.

The system counts every page of a mapped file that was read as memory of the process until it needs the memory for
something else; on a small server that looks like memory in use, and in a container with a limit it counts as such.
"""

from __future__ import annotations

import itertools
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path

from indexer.engine.arrays.segments.segments import SegmentReader

MAX_MAPPED_BYTES = 500_000_000
"""Resident bytes of mapped files beyond which pages are released."""

CHECK_SECONDS = 0.05
"""Seconds from one look at the resident bytes to the next: it costs as much as a small query."""

RELEASED_SHARE = 0.1
"""The share of the segments whose pages are released at a time, since releasing all would delay a query."""

_STATM = Path("/proc/self/statm")


def mapped_bytes() -> int:
    """The resident bytes of mapped files of this process; 0 where the system does not tell (proc(5), statm)."""
    try:
        pages = int(_STATM.read_text("ascii").split()[2])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


class PageCacheLimiter:
    """Releases pages of some segments when too many are resident."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments, self._cycle = segments, itertools.cycle(segments)
        self._checked = -math.inf

    def limit(self) -> None:
        """Release the pages of the next segments in turn if more than MAX_MAPPED_BYTES are resident.

        A released page that is needed again is read again, from the system's cache if it is there.
        """
        now = time.monotonic()
        if now < self._checked + CHECK_SECONDS:
            return
        self._checked = now
        if mapped_bytes() > MAX_MAPPED_BYTES:
            self.release(math.ceil(RELEASED_SHARE * len(self._segments)))

    def release(self, segments: int | None = None) -> None:
        """Release the pages of so many segments, of all without a number."""
        for segment in itertools.islice(self._cycle, len(self._segments) if segments is None else segments):
            segment.release_pages()
