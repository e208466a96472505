"""The processor time that a thread may spend on one answer: the last resort behind the limits of a plan.

Plans have limits that are the same on every machine (indexer.search.limits). A clock is not, so what it ended is said
and never kept. It is the thread's own processor time: a busy machine cuts nothing short.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

_thread = local()


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Let the calling thread spend so many seconds of processor time on what is evaluated inside."""
    before = ends_at()
    _thread.ends_at = time.thread_time_ns() + int(seconds * 1e9)
    try:
        yield
    finally:
        _thread.ends_at = before


def ends_at() -> int:
    """The processor time of this thread, in nanoseconds, at which it has to end; 0 for never."""
    end: int = getattr(_thread, "ends_at", 0)
    return end


def is_over() -> bool:
    """Whether the time of this thread is over."""
    end = ends_at()
    return end != 0 and time.thread_time_ns() >= end


def seconds_left(most: float) -> float:
    """The seconds of processor time that this thread has left, `most` at most."""
    end = ends_at()
    return max(0.0, min(most, (end - time.thread_time_ns()) / 1e9)) if end else most
