"""From a folder to a searchable archive: the journeys `add` and `rebuild`, under the writer's lock."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from archive.errors import Busy, DiskProblem
from archive.store import Archive
from archive.sync import SyncReport, sync
from archive.writer import Writer
from indexer.backend import Progress
from indexer.engine import indexing

LOCK = "writer.lock"


def silent(done: int, total: int) -> None:
    """A progress that shows nothing."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What the live index holds after a build."""

    releases: int
    fingerprint: str


@contextlib.contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the data directory's writer lock; make the directory if need be.

    Raises:
        Busy: another process holds it.
        DiskProblem: the system refuses to write there, or the disk is full.
    """
    lock = FileLock(data / LOCK, timeout=0)
    try:
        data.mkdir(parents=True, exist_ok=True)
        with lock:
            yield
    except Timeout as error:
        raise Busy(data) from error
    except (OSError, sqlite3.OperationalError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DiskProblem(
            f"Writing to {data} failed: {reason}. What was there before is still whole; "
            "make room or permit writing, then run the same command again."
        ) from error


def add(
    data: Path,
    folder: Path,
    *,
    workers: int = 0,
    allow_empty: bool = False,
    reading: Progress = silent,
    building: Progress = silent,
) -> tuple[SyncReport, IndexReport]:
    """Bring a folder into the archive and the index up to date.

    Raises:
        FolderProblem, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    from archive.folder import checked

    checked(folder)  # before anything is made: a misspelt folder leaves no empty archive behind
    with writing(data), Writer(data, create=True) as archive:
        now = dt.datetime.now(dt.UTC)
        report = sync(archive, folder, now=now, workers=workers, allow_empty=allow_empty, progress=reading)
        return report, _update(archive, building)


def rebuild(data: Path, progress: Progress = silent) -> IndexReport:
    """Make the index anew from the archive; the old one answers until the new one is whole.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    with Archive(data):
        pass  # an archive must be there before a lock file is put beside it
    with writing(data), Archive(data) as archive:
        backend = indexing().rebuild(archive, progress)
        try:
            return IndexReport(backend.releases, backend.fingerprint)
        finally:
            backend.close()


def _update(archive: Archive, progress: Progress) -> IndexReport:
    backend = indexing().update(archive, progress)
    try:
        return IndexReport(backend.releases, backend.fingerprint)
    finally:
        backend.close()
