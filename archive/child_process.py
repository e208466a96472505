"""Spawned worker processes that inherit no state and exit with the parent."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import SpawnContext

SPAWN_CONTEXT: SpawnContext = multiprocessing.get_context("spawn")
"""Start method "spawn": a worker inherits no open database and no thread, the same on every system."""


def create_pool(workers: int, initializer: Callable[..., object] | None = None, *values: object) -> ProcessPoolExecutor:
    """A process pool of `workers` workers, each of which first calls `initializer(*values)`."""
    return ProcessPoolExecutor(workers, SPAWN_CONTEXT, _initialize_worker, (initializer, values))


def kill_workers(workers: ProcessPoolExecutor) -> None:
    """Kill the workers of a pool at once; their unfinished tasks raise BrokenProcessPool."""
    # Its own `kill_workers` comes with Python 3.14.
    for process in list((workers._processes or {}).values()):
        process.kill()


def _initialize_worker(initializer: Callable[..., object] | None, values: tuple[object, ...]) -> None:
    exit_with_parent()
    reduce_garbage_collection()
    if initializer:
        initializer(*values)


def reduce_garbage_collection() -> None:
    """Run the cyclic garbage collector rarely: parsing makes hardly any cycles, and a full pass visits every cache.

    Rarely, not never: the libraries for PDF files and Word documents make some.
    """
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def exit_with_parent() -> None:
    """From now on, exit as soon as the parent process has ended: a killed parent cannot stop its workers."""
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
