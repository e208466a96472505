"""Parallel parsing in worker processes, with timeouts and a bound on the results that wait in memory."""

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
"""Size of a chunk of work: so many files or bytes, whichever is reached first."""

MIN_PARALLEL = 24
"""Below this many files, starting processes takes longer than parsing."""

TIMEOUT_S, TIMEOUT_S_PER_MB = 60.0, 10.0
"""Timeout per chunk, and more per megabyte in it; beyond it the worker is treated as hung."""

WORKER_ENDED = (
    "reading it crashed the reading process (out of memory?); if it holds many releases, split it into smaller files"
)
"""The reason for skipping a file whose parsing ended its worker."""

WORKER_TIMED_OUT = (
    "reading it took longer than {:.0f} seconds and was stopped; save it again, or split it into smaller files"
)
"""The reason for skipping a file whose parsing timed out."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def parse_files(files: list[FolderFile], today: dt.date, data: Path, workers: int = 0) -> Iterator[ParsedFile]:
    """Parse `files` in order, with the user lexicon of the data directory `data`.

    `workers` 0 means one a core; results come as fast as the caller takes them.
    A file that ends its worker (out of memory, killed) or never ends is reported as skipped and costs no other file.
    """
    read = partial(parse_file, today=today)
    if len(files) < MIN_PARALLEL and not any(may_take_long(file.size, file.shown) for file in files):
        user_lexicon.use_lexicon(data)
        yield from map(read, files)
    else:
        worker_pool = WorkerPool(read, _skipped_file, lambda file: file.size, data, workers or os.cpu_count() or 1)
        yield from worker_pool.map(files)


def may_take_long(size: int, path: str) -> bool:
    """Whether a file is worth a process of its own: a large one, or one that another's library reads."""
    return size > CHUNK_BYTES or path.lower().endswith((".pdf", ".docx"))


def chunk_tasks(tasks: Iterable[Task], size: Callable[[Task], int]) -> Iterator[list[Task]]:
    """Group tasks into chunks of about one size in bytes."""
    chunk: list[Task] = []
    total = 0
    for task in tasks:
        chunk.append(task)
        total += size(task)
        if len(chunk) >= CHUNK_FILES or total >= CHUNK_BYTES:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


class _TimedOut(BrokenProcessPool):
    """A chunk timed out, and the workers were killed."""


class WorkerPool(Generic[Task, Result]):
    """Maps one function over tasks in worker processes, which use the lexicon of a data directory.

    `lost` gives the result of a task that ends its process or times out, from the reason; `size` is in bytes.
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
        """The results of tasks, in order; tasks are taken lazily, two chunks per worker ahead."""
        waiting: deque[tuple[list[Task], Future[list[Result]]]] = deque()
        source, pool = chunk_tasks(tasks, self._size), self._create_pool(self._workers)
        try:
            while True:
                while len(waiting) < 2 * self._workers and (chunk := next(source, None)):
                    waiting.append((chunk, pool.submit(_run_chunk, self._work, chunk)))
                if not waiting:
                    return
                try:
                    # All before it are done, so it is being read by now.
                    yield from self._result(pool, *waiting[0])
                    waiting.popleft()
                except BrokenProcessPool:
                    yield from self._one_by_one([task for chunk, _ in waiting for task in chunk])
                    waiting.clear()
                    pool = self._create_pool(self._workers)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def map_in_process(self, tasks: Iterable[Task], may_take_long: Callable[[Task], bool]) -> Iterator[Result]:
        """The results of tasks, in order, computed in this process but for those that may take long."""
        for task in tasks:
            if may_take_long(task):
                yield from self.map([task])
            else:
                yield self._work(task)

    def _create_pool(self, workers: int) -> ProcessPoolExecutor:
        return child_process.create_pool(workers, user_lexicon.use_lexicon, self._data)

    def _result(self, pool: ProcessPoolExecutor, chunk: list[Task], future: Future[list[Result]]) -> list[Result]:
        """The results of a chunk.

        Raises:
            BrokenProcessPool: a worker ended, or was ended because this chunk timed out.
        """
        try:
            return future.result(self._timeout_s(chunk))
        except TimeoutError:
            child_process.kill_workers(pool)
            raise _TimedOut(WORKER_TIMED_OUT.format(self._timeout_s(chunk))) from None

    def _timeout_s(self, chunk: list[Task]) -> float:
        return TIMEOUT_S + TIMEOUT_S_PER_MB * sum(map(self._size, chunk)) / 1e6

    def _one_by_one(self, tasks: list[Task]) -> Iterator[Result]:
        """Isolate the task that ends its worker or times out: run each alone, in a new process after each failure."""
        pool = self._create_pool(1)
        for task in tasks:
            try:
                yield from self._result(pool, [task], pool.submit(_run_chunk, self._work, [task]))
            except BrokenProcessPool as error:
                yield self._lost(task, str(error) if isinstance(error, _TimedOut) else WORKER_ENDED)
                pool = self._create_pool(1)
        pool.shutdown()


def _run_chunk(work: Callable[[Task], Result], chunk: list[Task]) -> list[Result]:
    return [work(task) for task in chunk]


def _skipped_file(file: FolderFile, reason: str) -> ParsedFile:
    return ParsedFile(file, "", skipped=(Skipped(reason),))
