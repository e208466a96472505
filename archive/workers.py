"""Work done side by side in processes, with a bound on what waits in memory."""

from __future__ import annotations

import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from archive import children, own_lists
from archive.reading import FileReading, FoundFile, read_file
from archive.release import Skipped

PORTION_FILES, PORTION_BYTES = 64, 1_000_000
"""A portion of work for a worker: so many files, or so many bytes, whichever is reached first."""

FEW = 24
"""Below this many files, starting processes takes longer than reading."""

LOST = "reading it ended the reading process (out of memory?)"
"""What is said of the file whose reading ended a worker."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def read_files(files: list[FoundFile], today: dt.date, data: Path, workers: int = 0) -> Iterator[FileReading]:
    """Read `files` in order, with the word lists of the data directory `data`.

    `workers` 0 means one a core; results come as fast as the caller takes them.
    A file that ends its worker (out of memory, killed) is reported as skipped and costs no other file.
    """
    read = partial(read_file, today=today)
    workers = workers or os.cpu_count() or 1
    if workers == 1 or len(files) < FEW:
        own_lists.use(data)
        yield from map(read, files)
    else:
        yield from SideBySide(read, _lost, data, workers).results(portions(files, lambda file: file.size))


def portions(tasks: Iterable[Task], size: Callable[[Task], int]) -> Iterator[list[Task]]:
    """The tasks in portions of about one size in bytes."""
    portion: list[Task] = []
    total = 0
    for task in tasks:
        portion.append(task)
        total += size(task)
        if len(portion) >= PORTION_FILES or total >= PORTION_BYTES:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion


class SideBySide(Generic[Task, Result]):
    """One function called on many tasks in processes that read with the word lists of a data directory.

    `lost` gives the result of a task that ends its process.
    """

    def __init__(
        self, work: Callable[[Task], Result], lost: Callable[[Task], Result], data: Path, workers: int
    ) -> None:
        self._work, self._lost, self._data, self._workers = work, lost, data, workers

    def results(self, tasks: Iterable[list[Task]]) -> Iterator[Result]:
        """The results of portions of tasks, in order; no more portions are taken than the workers need."""
        waiting: deque[tuple[list[Task], Future[list[Result]]]] = deque()
        pool = self._pool(self._workers)
        try:
            for portion in tasks:
                waiting.append((portion, pool.submit(_do, self._work, portion)))
                if len(waiting) < 2 * self._workers:
                    continue
                try:
                    yield from waiting[0][1].result()
                    waiting.popleft()
                except BrokenProcessPool:
                    yield from self._one_by_one([task for part, _ in waiting for task in part])
                    waiting.clear()
                    pool = self._pool(self._workers)
            try:
                while waiting:
                    yield from waiting[0][1].result()
                    waiting.popleft()
            except BrokenProcessPool:
                yield from self._one_by_one([task for part, _ in waiting for task in part])
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        return children.pool(workers, own_lists.use, self._data)

    def _one_by_one(self, tasks: list[Task]) -> Iterator[Result]:
        """Find the task that ends its worker: each alone in a process, a new one after each death."""
        pool = self._pool(1)
        for task in tasks:
            try:
                yield from pool.submit(_do, self._work, [task]).result()
            except BrokenProcessPool:
                yield self._lost(task)
                pool = self._pool(1)
        pool.shutdown()


def _do(work: Callable[[Task], Result], portion: list[Task]) -> list[Result]:
    return [work(task) for task in portion]


def _lost(file: FoundFile) -> FileReading:
    return FileReading(file, "", skipped=(Skipped(LOST),))
