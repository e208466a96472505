"""The parent of the worker processes: starts them, starts one anew that has died, and ends with all of them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from archive.child_process import SPAWN_CONTEXT
from archive.errors import DatelineError
from web.server.worker import Service, run_worker, serve_here
from web.slot_table import SharedTable

MAX_DEFAULT_PROCESSES = 8
"""Workers where no number is asked for: each maps the index anew and takes some 90 MB."""

QUICK_DEATH_S = 5.0
"""Seconds of life below which a worker counts as one that could not serve."""

FIRST_DELAY_S, MAX_DELAY_S = 0.25, 15.0
"""Seconds before a worker that died quickly is started anew; twice as many each time."""

MAX_FAILED_STARTS = 5
"""Quick deaths of a worker after which, if none ever lived longer, the server gives up."""

END_S = 10.0
"""Seconds that workers have to answer the requests at hand, once they are to end."""


def can_supervise() -> bool:
    """Whether this system shares listening sockets between processes as we need it."""
    return os.name == "posix"


def default_processes() -> int:
    """How many workers to start where no number is asked for: one for each core that the process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MAX_DEFAULT_PROCESSES)


def serve(
    service: Service, sockets: Sequence[socket.socket], processes: int | None, report: Callable[[str], None]
) -> None:
    """Serve on listening sockets until SIGTERM or SIGINT.

    By worker processes where the system can: one for each core where their number is None. `report` is told of each
    that died.

    Raises:
        DatelineError: no worker can serve.
    """
    if not can_supervise():
        serve_here(service, sockets)
        return
    with contextlib.closing(SharedTable()) as table:
        shared = replace(service, export_slots=table)
        Supervisor(lambda: _start_worker(shared, sockets), processes or default_processes(), report).run()


def _start_worker(service: Service, sockets: Sequence[socket.socket]) -> SpawnProcess:
    process = SPAWN_CONTEXT.Process(target=run_worker, args=(service, sockets), daemon=True)
    # Until it can ignore Ctrl-C a worker is started deaf to it: it would end with a traceback.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    return process


@dataclass(slots=True)
class _Post:
    """The place of one worker: who holds it since when, or when it is to be filled."""

    process: SpawnProcess | None = None
    began: float = 0.0
    due: float = 0.0
    delay: float = 0.0
    failures: int = 0


class Supervisor:
    """Keeps a number of processes alive. `start` gives a started process."""

    def __init__(self, start: Callable[[], SpawnProcess], processes: int, report: Callable[[str], None]) -> None:
        self._start, self._report = start, report
        self._posts = [_Post() for _ in range(processes)]
        self._has_served = False

    def run(self) -> None:
        """Start the processes, replace those that die, and end them all at SIGTERM or SIGINT; only in the main thread.

        Raises:
            DatelineError: they die as soon as they are started.
        """
        with _stop_signals() as stop:
            try:
                while not self._wait(stop):
                    self._replace_dead()
            finally:
                self._end_all()

    def _wait(self, stop: int) -> bool:
        """Fill the posts that are due and wait until something happens; whether that is a signal to stop."""
        now = time.monotonic()
        for post in self._posts:
            if post.process is None and post.due <= now:
                post.process, post.began = self._start(), time.monotonic()
        empty = [post.due for post in self._posts if post.process is None]
        timeout = max(0.0, min(empty) - time.monotonic()) if empty else None
        return stop in wait([stop, *(each.sentinel for each in self._processes())], timeout)

    def _processes(self) -> list[SpawnProcess]:
        return [post.process for post in self._posts if post.process]

    def _replace_dead(self) -> None:
        for post in self._posts:
            if post.process and not post.process.is_alive():
                self._note_death(post, post.process)

    def _note_death(self, post: _Post, process: SpawnProcess) -> None:
        lived = time.monotonic() - post.began
        is_quick = lived < QUICK_DEATH_S
        self._has_served = self._has_served or not is_quick
        post.process = None
        post.failures = post.failures + 1 if is_quick else 0
        post.delay = min(MAX_DELAY_S, post.delay * 2 or FIRST_DELAY_S) if is_quick else 0.0
        post.due = time.monotonic() + post.delay
        reason = describe_exit(process.exitcode or 0)
        process.close()
        if not self._has_served and post.failures >= MAX_FAILED_STARTS:
            raise DatelineError(f"The pages cannot be served: every worker process ended at once ({reason}).")
        self._report(f"A worker process ended ({reason}); another is started.")

    def _end_all(self) -> None:
        running = self._processes()
        for process in running:
            process.terminate()
        end = time.monotonic() + END_S
        for process in running:
            process.join(max(0.0, end - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def describe_exit(code: int) -> str:
    """How a process ended, by its exit code as `multiprocessing` gives it: `signal SIGBUS`, `exit code 1`."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


@contextlib.contextmanager
def _stop_signals() -> Iterator[int]:
    """A file that can be read once SIGTERM or SIGINT came; they do nothing else meanwhile."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)  # any number of them is one

    def note(number: int, frame: FrameType | None) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(writing, b"x")

    before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield reading
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reading)
        os.close(writing)
