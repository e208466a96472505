"""Worker processes as we start them: with nothing of ours, and gone when we are."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext

SPAWN_CONTEXT: SpawnContext = multiprocessing.get_context("spawn")
"""How they start: "spawn" gives a worker no open database and no thread of ours, the same on every system."""


def create_pool(workers: int, initializer: Callable[..., object] | None = None, *values: object) -> ProcessPoolExecutor:
    """A pool of so many workers; each calls `initializer` with `values` first."""
    return ProcessPoolExecutor(workers, SPAWN_CONTEXT, _initialize_worker, (initializer, values))


def kill_workers(workers: ProcessPoolExecutor) -> None:
    """End the workers of a pool at once, whatever they are at; what they had to do raises BrokenProcessPool."""
    # Its own `kill_workers` comes with Python 3.14.
    for process in list((workers._processes or {}).values()):
        process.kill()


def _initialize_worker(initializer: Callable[..., object] | None, values: tuple[object, ...]) -> None:
    threading.Thread(target=_exit_with_parent, daemon=True).start()
    reduce_garbage_collection()
    if initializer:
        initializer(*values)


def reduce_garbage_collection() -> None:
    """Look for circles of objects seldom: reading makes hardly any, and looking goes through all that is remembered.

    Seldom, not never: the libraries for PDF files and Word documents make some.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def _exit_with_parent() -> None:
    """A worker waits for work for ever, also when the process that would give it was killed: then it ends."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
