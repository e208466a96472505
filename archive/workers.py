"""Files read side by side in worker processes, with a bound on what waits in memory."""

from __future__ import annotations

import datetime as dt
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

from archive import children
from archive.reading import FileReading, FoundFile, read_file
from archive.release import Skipped

PORTION_FILES, PORTION_BYTES = 64, 1_000_000
"""A portion of work for a worker: so many files, or so many bytes, whichever is reached first."""

FEW = 24
"""Below this many files, starting processes takes longer than reading."""


def read_files(files: list[FoundFile], today: dt.date, workers: int = 0) -> Iterator[FileReading]:
    """Read `files` in order. `workers` 0 means one a core; results come as fast as the caller takes them.

    A file that ends its worker (out of memory, killed) is reported as skipped and costs no other file.
    """
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(files) < FEW:
        yield from (read_file(file, today) for file in files)
    else:
        yield from _in_processes(files, today, workers)


def _portions(files: Iterable[FoundFile]) -> Iterator[list[FoundFile]]:
    portion: list[FoundFile] = []
    size = 0
    for file in files:
        portion.append(file)
        size += file.size
        if len(portion) >= PORTION_FILES or size >= PORTION_BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _in_processes(files: list[FoundFile], today: dt.date, workers: int) -> Iterator[FileReading]:
    portions = _portions(files)
    waiting: deque[tuple[list[FoundFile], Future[list[FileReading]]]] = deque()
    pool = children.pool(workers)
    try:
        for portion in portions:
            waiting.append((portion, pool.submit(_read_portion, portion, today)))
            if len(waiting) < 2 * workers:
                continue
            try:
                yield from waiting[0][1].result()
                waiting.popleft()
            except BrokenProcessPool:
                yield from _one_by_one([file for part, _ in waiting for file in part], today)
                waiting.clear()
                pool = children.pool(workers)
        try:
            while waiting:
                yield from waiting[0][1].result()
                waiting.popleft()
        except BrokenProcessPool:
            yield from _one_by_one([file for part, _ in waiting for file in part], today)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(files: list[FoundFile], today: dt.date) -> Iterator[FileReading]:
    """Find the file that ends its worker: each alone in a process, a new one after each death."""
    pool = children.pool(1)
    for file in files:
        try:
            yield from pool.submit(_read_portion, [file], today).result()
        except BrokenProcessPool:
            reason = "reading it ended the reading process (out of memory?)"
            yield FileReading(file, "", skipped=(Skipped(reason),))
            pool = children.pool(1)
    pool.shutdown()


def _read_portion(files: list[FoundFile], today: dt.date) -> list[FileReading]:
    return [read_file(file, today) for file in files]
