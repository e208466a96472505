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

from archive import child_process
from archive.ingest import user_lexicon
from archive.ingest.parse import parse_file
from archive.parsed import FolderFile, ParsedFile
from archive.release import Skipped

CHUNK_FILES, CHUNK_BYTES = 64, 1_000_000
"""A portion of work for a worker: so many files, or so many bytes, whichever is reached first."""

MIN_PARALLEL = 24
"""Below this many files, starting processes takes longer than reading."""

TIMEOUT_S, TIMEOUT_S_PER_MB = 60.0, 10.0
"""Seconds after which a portion, by its size, counts as one that will not end: twenty times what the longest takes."""

WORKER_ENDED = (
    "reading it ended the reading process (out of memory?); if it holds many releases, cut it into smaller files"
)
"""What is said of the file whose reading ended a worker."""

WORKER_TIMED_OUT = (
    "reading it took longer than {:.0f} seconds and was stopped; save it anew, or cut it into smaller files"
)
"""What is said of the file whose reading did not end."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def parse_files(files: list[FolderFile], today: dt.date, data: Path, workers: int = 0) -> Iterator[ParsedFile]:
    """Read `files` in order, with the word lists of the data directory `data`.

    `workers` 0 means one a core; results come as fast as the caller takes them.
    A file that ends its worker (out of memory, killed) or never ends is reported as skipped and costs no other file.
    """
    read = partial(parse_file, today=today)
    if len(files) < MIN_PARALLEL and not any(may_take_long(file.size, file.shown) for file in files):
        user_lexicon.use_lexicon(data)
        yield from map(read, files)
    else:
        side_by_side = WorkerPool(read, _skipped_file, lambda file: file.size, data, workers or os.cpu_count() or 1)
        yield from side_by_side.map(files)


def may_take_long(size: int, path: str) -> bool:
    """Whether a file is worth a process of its own: a large one, or one that another's library reads."""
    return size > CHUNK_BYTES or path.lower().endswith((".pdf", ".docx"))


def chunk_tasks(tasks: Iterable[Task], size: Callable[[Task], int]) -> Iterator[list[Task]]:
    """The tasks in portions of about one size in bytes."""
    portion: list[Task] = []
    total = 0
    for task in tasks:
        portion.append(task)
        total += size(task)
        if len(portion) >= CHUNK_FILES or total >= CHUNK_BYTES:
            yield portion
            portion, total = [], 0
    if portion:
        yield portion


class _TimedOut(BrokenProcessPool):
    """A portion was not done in good time, and the workers were ended."""


class WorkerPool(Generic[Task, Result]):
    """One function called on many tasks in processes that read with the word lists of a data directory.

    `lost` gives the result of a task that ends its process or never ends, from the reason; `size` is in bytes.
    """

    def __init__(
        self,
        work: Callable[[Task], Result],
        lost: Callable[[Task, str], Result],
        size: Callable[[Task], int],
        data: Path,
        workers: int,
    ) -> None:
        self._work, self._lost, self._size, self._data, self._workers = work, lost, size, data, workers

    def map(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The results of tasks, in order; no more tasks are taken than the workers need."""
        waiting: deque[tuple[list[Task], Future[list[Result]]]] = deque()
        source, pool = chunk_tasks(tasks, self._size), self._create_pool(self._workers)
        try:
            while True:
                while len(waiting) < 2 * self._workers and (portion := next(source, None)):
                    waiting.append((portion, pool.submit(_run_chunk, self._work, portion)))
                if not waiting:
                    return
                try:
                    # All before it are done, so it is being read by now.
                    yield from self._result(pool, *waiting[0])
                    waiting.popleft()
                except BrokenProcessPool:
                    yield from self._one_by_one([task for part, _ in waiting for task in part])
                    waiting.clear()
                    pool = self._create_pool(self._workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def map_in_process(self, tasks: Iterable[Task], may_take_long: Callable[[Task], bool]) -> Iterator[Result]:
        """The results of tasks, in order, worked out in this process but for those that may take long."""
        for task in tasks:
            if may_take_long(task):
                yield from self.map([task])
            else:
                yield self._work(task)

    def _create_pool(self, workers: int) -> ProcessPoolExecutor:
        return child_process.create_pool(workers, user_lexicon.use_lexicon, self._data)

    def _result(self, pool: ProcessPoolExecutor, portion: list[Task], future: Future[list[Result]]) -> list[Result]:
        """What a portion gave.

        Raises:
            BrokenProcessPool: a worker ended, or was ended because this portion was not done in good time.
        """
        try:
            return future.result(self._timeout_s(portion))
        except TimeoutError:
            child_process.kill_workers(pool)
            raise _TimedOut(WORKER_TIMED_OUT.format(self._timeout_s(portion))) from None

    def _timeout_s(self, portion: list[Task]) -> float:
        return TIMEOUT_S + TIMEOUT_S_PER_MB * sum(map(self._size, portion)) / 1e6

    def _one_by_one(self, tasks: list[Task]) -> Iterator[Result]:
        """Find the task that ends its worker or never ends: each alone in a process, a new one after each such."""
        pool = self._create_pool(1)
        for task in tasks:
            try:
                yield from self._result(pool, [task], pool.submit(_run_chunk, self._work, [task]))
            except BrokenProcessPool as error:
                yield self._lost(task, str(error) if isinstance(error, _TimedOut) else WORKER_ENDED)
                pool = self._create_pool(1)
        pool.shutdown()


def _run_chunk(work: Callable[[Task], Result], portion: list[Task]) -> list[Result]:
    return [work(task) for task in portion]


def _skipped_file(file: FolderFile, reason: str) -> ParsedFile:
    return ParsedFile(file, "", skipped=(Skipped(reason),))
