"""The writer lock of a data directory, and errors of the file system as DiskProblem."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from archive.errors import Busy, DiskProblem

LOCK_FILE = "writer.lock"
"""The name of the lock file in a data directory."""

_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EROFS: "the disk is read-only: make it writable",
    errno.EACCES: "allow writing there",
    errno.EPERM: "allow writing there",
    errno.EIO: "check the disk, or the connection to it",
}


@contextlib.contextmanager
def hold_writer_lock(data: Path) -> Iterator[None]:
    """Hold the writer lock of a data directory, which is created if need be.

    Raises:
        Busy: another process holds it.
        DiskProblem: the system refuses to write there, or the disk is full.
    """
    lock = FileLock(data / LOCK_FILE, timeout=0)
    with raises_disk_problem(data):
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            with lock:
                yield
        except Timeout as error:
            raise Busy(data) from error


@contextlib.contextmanager
def raises_disk_problem(data: Path) -> Iterator[None]:
    """Turn an OSError of the block into DiskProblem, which names cause and remedy.

    Raises:
        DiskProblem: the system refused something.
    """
    try:
        yield
    except OSError as error:
        raise DiskProblem(
            f"Writing to {data} failed: {error.strerror or error}. Nothing already stored was damaged; "
            f"{_REMEDIES.get(error.errno or 0, 'make room, or allow writing')}, then run the same command again."
        ) from error
