"""From a folder to a searchable archive: the journeys `add` and `rebuild`, under the writer's lock."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from archive.corrections import FILE_NAME, Correction, Corrections, append_corrections, replace_file
from archive.errors import Busy, CorrectionRefused, DiskProblem, UnknownRelease
from archive.ingest import SyncReport, reading_version, reparse_stored_record, resolve_folder, sync_folder, user_lexicon
from archive.parsed import StoredRecord
from archive.release import Release, Skipped
from archive.store import Archive, require, schema_of
from archive.store.reconciling import CorrectionReport, people_files, plan_for_archive
from archive.store.writing import ForgetReport, Writer, added_folders, purged_numbers
from indexer.engine import Engine, EngineSettings, IndexSummary, Progress, open_engine

if TYPE_CHECKING:
    from archive.ingest import ReparseReport

LOCK = "writer.lock"

_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EROFS: "the disk is read-only: make it writable",
    errno.EACCES: "permit writing there",
    errno.EPERM: "permit writing there",
    errno.EIO: "check the disk, or the connection to it",
}


def silent(done: int, total: int) -> None:
    """A progress that shows nothing."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What the live index holds after a build, what became of the corrections, and how many readings are stale.

    `unused_lists` says what of a person's own word lists could not be used; `left_out` counts the live releases that
    are not in the index, since what the archive says of them is damaged.
    """

    releases: int
    fingerprint: str
    corrections: CorrectionReport
    stale: int
    unused_lists: tuple[str, ...] = ()
    left_out: int = 0


@contextlib.contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the data directory's writer lock; make the directory if need be.

    Raises:
        Busy: another process holds it.
        DiskProblem: the system refuses to write there, or the disk is full.
    """
    lock = FileLock(data / LOCK, timeout=0)
    with turned_into_disk_problems(data):
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            with lock:
                yield
        except Timeout as error:
            raise Busy(data) from error


@contextlib.contextmanager
def turned_into_disk_problems(data: Path) -> Iterator[None]:
    """What the system refuses meanwhile, as an error that names cause and remedy.

    Raises:
        DiskProblem.
    """
    try:
        yield
    except OSError as error:
        raise DiskProblem(
            f"Writing to {data} failed: {error.strerror or error}. Nothing that was stored is damaged by it; "
            f"{_REMEDIES.get(error.errno or 0, 'make room or permit writing')}, then run the same command again."
        ) from error


def add(
    data: Path,
    folder: Path,
    *,
    workers: int = 0,
    allow_empty: bool = False,
    follow_links: bool = False,
    restore_purged: str = "",
    reading: Progress = silent,
    building: Progress = silent,
    settings: EngineSettings | None = None,
) -> tuple[SyncReport, IndexReport]:
    """Bring a folder into the archive and the index up to date.

    Raises:
        FolderProblem, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
        UnknownRelease: `restore_purged` was not purged here.
    """
    top = resolve_folder(folder)  # before anything is made: a misspelt folder leaves no empty archive behind
    with writing(data), Writer(data, create=True) as archive:
        now = dt.datetime.now(dt.UTC)
        if restore_purged and not purged_numbers(archive, restore_purged):
            raise UnknownRelease(restore_purged)
        archive.restoring = restore_purged
        report = sync_folder(
            archive, top, now=now, workers=workers, allow_empty=allow_empty, follow_links=follow_links,
            progress=reading,
        )  # fmt: skip
        return report, _update(archive, people_files.apply(archive), _engine(data, settings), building)


def forget(
    data: Path, folder: Path, progress: Progress = silent, settings: EngineSettings | None = None
) -> tuple[ForgetReport, IndexReport]:
    """Let go of an added folder: what stands only there is withdrawn, nothing is deleted.

    Raises:
        FolderProblem: it is none of the added folders.
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)  # before a lock file is put beside it
    with writing(data), Writer(data) as archive:
        report = added_folders.forget_folder(archive, folder)
        return report, _update(archive, people_files.apply(archive), _engine(data, settings), progress)


def reread(data: Path, *, workers: int = 0, progress: Progress = silent) -> ReparseReport:
    """Read the stored originals again, where an earlier reading read them; the index is left to `rebuild`.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    from archive.ingest import (
        reparse,
    )  # imported for whoever reads again: an `add` need not wait for what makes processes

    require(data)  # before a lock file is put beside it
    with writing(data), Writer(data, upgrade=True) as archive:
        return reparse.reparse_archive(archive, workers=workers, progress=progress)


def rebuild(data: Path, progress: Progress = silent, settings: EngineSettings | None = None) -> IndexReport:
    """Make the index anew from the archive; the old one answers until the new one is whole.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with writing(data), Writer(data, upgrade=True) as archive:
        if archive.is_mixed:
            from archive.store.writing import split_works

            split_works(archive, everything=True)
        corrections = people_files.apply(archive)
        return _report(archive, _engine(data, settings).rebuild(archive, progress), corrections)


def repair(data: Path) -> list[str]:
    """Put right what is damaged in the archive and can be; a line for each thing that was. The index is left.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    from archive.store.integrity import (
        repair,
        verify,  # imported for whoever repairs, as above
    )

    require(data)
    with writing(data), Writer(data) as archive:
        user_lexicon.use_lexicon(data)
        return repair.repair(archive, verify.inspect(archive), _reparse, reading_version())


def _reparse(record: StoredRecord) -> Release | Skipped:
    return reparse_stored_record(record).outcome


def upgrade(data: Path, progress: Progress = silent, settings: EngineSettings | None = None) -> tuple[int, IndexReport]:
    """Bring an archive that an older version wrote up to date, and its index; with the schema that it had.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with writing(data):
        before = schema_of(data)
        with Writer(data, upgrade=True) as archive:
            return before, _update(archive, people_files.apply(archive), _engine(data, settings), progress)


def correct(
    data: Path, correction: Correction, progress: Progress = silent, settings: EngineSettings | None = None
) -> IndexReport:
    """Write a correction to the data directory's file, and bring archive and index up to it.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem: nothing was written.
        CorrectionRefused: the archive has no such release or person; nothing was written.
    """
    require(data)  # before a lock file is put beside it
    with writing(data), Writer(data) as archive:
        wanted = plan_for_archive(archive, Corrections((correction,)))
        if wanted.problems:
            raise CorrectionRefused(f"{wanted.problems[0].reason}. Nothing was written.")
        for line in people_files.choose_files(data, people_files.load_applied_from(archive.connection)).corrections:
            raise CorrectionRefused(f"Nothing was written: {line}")
        with _taken_back_on_error(data / FILE_NAME):
            append_corrections(data / FILE_NAME, correction)
            corrections = people_files.apply(archive)
        return _update(archive, corrections, _engine(data, settings), progress)


@contextlib.contextmanager
def _taken_back_on_error(file: Path) -> Iterator[None]:
    """What is written to people's file meanwhile stays only where it was applied as well."""
    before = file.read_bytes() if file.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            file.unlink(missing_ok=True)
        elif file.read_bytes() != before:
            replace_file(file.resolve(), before)
        raise


def accept(data: Path, progress: Progress = silent, settings: EngineSettings | None = None) -> IndexReport:
    """Take people's files as they stand in the data directory now, also where one has vanished or was emptied.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, Busy, DiskProblem.
        CorrectionsUnreadable: the corrections are there and cannot be read; nothing was changed.
    """
    require(data)
    with writing(data), Writer(data) as archive:
        people_files.accept(archive)
        return _update(archive, people_files.apply(archive), _engine(data, settings), progress)


def _engine(data: Path, settings: EngineSettings | None) -> Engine:
    return open_engine(settings or EngineSettings(data))


def _update(archive: Archive, corrections: CorrectionReport, engine: Engine, progress: Progress) -> IndexReport:
    return _report(archive, engine.update(archive, progress), corrections)


def _report(archive: Archive, live: IndexSummary, corrections: CorrectionReport) -> IndexReport:
    unused = user_lexicon.use_lexicon(archive.data)
    left_out = archive.count_live() - live.releases
    return IndexReport(
        live.releases, live.fingerprint, corrections, archive.count_stale(reading_version()), unused, left_out
    )
