"""Who holds the export slots: a table of tickets, in the memory of one process or in a file that several share."""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.reduction import DupFd
from threading import Lock
from typing import Any, NamedTuple, Protocol


class Holder(NamedTuple):
    """An export under way: its ticket (never 0), and when it last made progress (`time.monotonic`)."""

    ticket: int
    moved_at: float


_RECORD = struct.Struct("<Qd")
MAX_HOLDERS = 16
"""Holders a table has room for."""


class SlotTable(Protocol):
    """The holders. Thread-safe."""

    def hold(self) -> contextlib.AbstractContextManager[list[Holder]]:
        """The holders, to be changed in place while nobody else can."""


class LocalTable:
    """The table of one process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holders: list[Holder] = []

    @contextlib.contextmanager
    def hold(self) -> Iterator[list[Holder]]:
        """The holders, to be changed in place while nobody else can."""
        with self._lock:
            yield self._holders


class SharedTable:
    """The table of several processes: a file without a name, passed on when a process is spawned. POSIX only.

    The monotonic clock is the machine's, so that their times compare. The system drops the lock of a process that died.
    """

    def __init__(self, file: int | None = None) -> None:
        self._lock = Lock()
        self._file = _nameless_file() if file is None else file

    def __reduce__(self) -> tuple[Callable[[Any], SharedTable], tuple[Any]]:
        return _open_passed, (DupFd(self._file),)

    @contextlib.contextmanager
    def hold(self) -> Iterator[list[Holder]]:
        """The holders, to be changed in place while nobody else can."""
        import fcntl  # there is none on other systems

        # The file's lock is the process's: it does not keep its threads apart.
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                holders = self._read()
                yield holders
                self._write(holders)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the file; for the process that made it."""
        os.close(self._file)

    def _read(self) -> list[Holder]:
        content = os.pread(self._file, _RECORD.size * MAX_HOLDERS, 0)
        return [Holder(*values) for values in _RECORD.iter_unpack(content) if values[0]]

    def _write(self, holders: list[Holder]) -> None:
        content = b"".join(_RECORD.pack(*holder) for holder in holders)
        os.pwrite(self._file, content.ljust(_RECORD.size * MAX_HOLDERS, b"\0"), 0)


def _nameless_file() -> int:
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


def _open_passed(passed: Any) -> SharedTable:
    return SharedTable(passed.detach())
