"""The write operations on a data directory, archive and index together, under the writer lock."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.corrections import FILE_NAME, Correction, CorrectionField, Corrections, append_corrections, replace_file
from archive.errors import CorrectionRefused, UnknownRelease
from archive.ingest import (
    FIRST_WITH_QUOTATIONS,
    ReparseReport,
    SyncReport,
    reading_version,
    reparse,
    reparse_stored_record,
    resolve_folder,
    sync_folder,
    user_lexicon,
)
from archive.parsed import StoredRecord
from archive.release import Release, Skipped
from archive.store import Archive, require, schema_of
from archive.store.reconciling import CorrectionReport, people_files, plan_for_archive
from archive.store.writing import ForgetReport, Writer, added_folders, purged_numbers
from indexer.engine import Engine, EngineSettings, IndexSummary, Progress, open_engine
from indexer.maintenance.writer_lock import hold_writer_lock


def no_progress(done: int, total: int) -> None:
    """A progress callback that shows nothing."""


def announce_nothing(releases: int) -> None:
    """An announcement that says nothing."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The state of the live index after a write operation, and what the corrections did.

    `stale` counts versions parsed by older rules or word lists; `unused_lists` has a line for each entry of a user's
    word lists that could not be used; `left_out` counts live releases not in the index, as their rows are damaged.
    `new_format` says that the index was made anew because another version of Dateline had made it. `reread` is what was
    read again first, because it was read before there were quotations.
    """

    releases: int
    fingerprint: str
    corrections: CorrectionReport
    stale: int
    unused_lists: tuple[str, ...] = ()
    left_out: int = 0
    new_format: bool = False
    reread: ReparseReport = field(default_factory=ReparseReport)


@dataclass(frozen=True, slots=True)
class Rereading:
    """How to read again what was read before there were quotations.

    `announce` is called beforehand with the number of releases, where there are any; `workers` are processes, 0 for
    one a core.
    """

    announce: Callable[[int], None]
    progress: Progress = no_progress
    workers: int = 0


def add(
    data: Path,
    folder: Path,
    *,
    workers: int = 0,
    allow_empty: bool = False,
    follow_links: bool = False,
    restore_purged: str = "",
    parse_progress: Progress = no_progress,
    index_progress: Progress = no_progress,
    rereading: Rereading | None = None,
    settings: EngineSettings | None = None,
) -> tuple[SyncReport, IndexReport]:
    """Add a folder to the archive, or what changed in it, and update the index.

    With `rereading`, what was read before there were quotations is read again, once the folder is stored.

    Raises:
        FolderProblem, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
        UnknownRelease: `restore_purged` was not purged here.
    """
    top = resolve_folder(folder)  # first: a misspelt folder must not leave an empty archive behind
    with hold_writer_lock(data), Writer(data, create=True) as archive:
        now = dt.datetime.now(dt.UTC)
        if restore_purged and not purged_numbers(archive, restore_purged):
            raise UnknownRelease(restore_purged)
        archive.restoring = restore_purged
        report = sync_folder(
            archive, top, now=now, workers=workers, allow_empty=allow_empty, follow_links=follow_links,
            progress=parse_progress,
        )  # fmt: skip
        reread = _reread(archive, rereading)
        index = _update(archive, people_files.apply(archive), _engine(data, settings), index_progress)
        return report, replace(index, reread=reread)


def forget(
    data: Path, folder: Path, progress: Progress = no_progress, settings: EngineSettings | None = None
) -> tuple[ForgetReport, IndexReport]:
    """Remove an added folder from the list: releases found only there are withdrawn, nothing is deleted.

    Raises:
        FolderProblem: it is none of the added folders.
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)  # before a lock file is put beside it
    with hold_writer_lock(data), Writer(data) as archive:
        report = added_folders.forget_folder(archive, folder)
        return report, _update(archive, people_files.apply(archive), _engine(data, settings), progress)


def reparse_originals(data: Path, *, workers: int = 0, progress: Progress = no_progress) -> ReparseReport:
    """Parse again the stored originals that older rules parsed; the index is left to `rebuild`.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)  # before a lock file is put beside it
    with hold_writer_lock(data), Writer(data, upgrade=True) as archive:
        return reparse.reparse_archive(archive, workers=workers, progress=progress)


def _reread(archive: Writer, rereading: Rereading | None) -> ReparseReport:
    """Parse again what a reading without quotations parsed; what another word list or later rules parsed stays."""
    if not rereading:
        return ReparseReport()
    if archive.count_stale(reading_version(), before=FIRST_WITH_QUOTATIONS):
        rereading.announce(archive.count_releases_read_before(FIRST_WITH_QUOTATIONS))
    return reparse.reparse_archive(
        archive, before=FIRST_WITH_QUOTATIONS, workers=rereading.workers, progress=rereading.progress
    )


def rebuild(
    data: Path,
    progress: Progress = no_progress,
    settings: EngineSettings | None = None,
    *,
    rereading: Rereading | None = None,
) -> IndexReport:
    """Rebuild the index from the archive; the old one is searched until the new one is complete.

    With `rereading`, what was read before there were quotations is read again first.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with hold_writer_lock(data), Writer(data, upgrade=True) as archive:
        if archive.is_mixed:
            from archive.store.writing import split_works

            split_works(archive, everything=True)
        reread = _reread(archive, rereading)
        corrections = people_files.apply(archive)
        report = _report(archive, _engine(data, settings).rebuild(archive, progress), corrections)
        return replace(report, reread=reread)


def repair(data: Path) -> list[str]:
    """Repair what can be repaired in the archive, not in the index; returns a line for each repair.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    from archive.store.integrity import (
        repair,
        verify,  # imported for whoever repairs, as above
    )

    require(data)
    with hold_writer_lock(data), Writer(data) as archive:
        user_lexicon.use_lexicon(data)
        return repair.repair(archive, verify.inspect(archive), _reparse, reading_version())


def _reparse(record: StoredRecord) -> Release | Skipped:
    return reparse_stored_record(record).outcome


def upgrade(
    data: Path,
    progress: Progress = no_progress,
    settings: EngineSettings | None = None,
    *,
    rereading: Rereading | None = None,
) -> tuple[int, IndexReport]:
    """Upgrade an archive of an older version, and its index; returns the schema version it had, and the report.

    With `rereading`, what was read before there were quotations is read again.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with hold_writer_lock(data):
        before = schema_of(data)
        with Writer(data, upgrade=True) as archive:
            reread = _reread(archive, rereading)
            report = _update(archive, people_files.apply(archive), _engine(data, settings), progress)
            return before, replace(report, reread=reread)


def correct(
    data: Path, correction: Correction, progress: Progress = no_progress, settings: EngineSettings | None = None
) -> IndexReport:
    """Append a correction to the corrections file, and apply it to archive and index.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew, Busy, DiskProblem: nothing was written.
        CorrectionRefused: the archive has no such release or person; nothing was written.
    """
    require(data)  # before a lock file is put beside it
    with hold_writer_lock(data), Writer(data) as archive:
        if reason := _reason_against(archive, correction):
            raise CorrectionRefused(f"{reason}. Nothing was written.")
        for line in people_files.choose_files(data, people_files.load_applied_from(archive.connection)).corrections:
            raise CorrectionRefused(f"Nothing was written: {line}")
        with _restore_file_on_error(data / FILE_NAME):
            append_corrections(data / FILE_NAME, correction)
            corrections = people_files.apply(archive)
        return _update(archive, corrections, _engine(data, settings), progress)


def _reason_against(archive: Writer, correction: Correction) -> str:
    """Why a correction cannot hold beside those that hold already, or ""."""
    for slug in {correction.person, correction.slug if correction.field is CorrectionField.SAME_AS else ""} - {""}:
        if not correction.subject and len(found := archive.slugs_meant(slug)) > 1:
            return f"“{slug}” means {len(found)} people here; choose one: {' or '.join(found)}"
    held = (*archive.people_corrections(), *archive.value_corrections())
    last = replace(correction, line=max((each.line for each in held), default=0) + 1)
    problems = plan_for_archive(archive, Corrections((*held, last))).problems
    return next((problem.reason for problem in problems if problem.line == last.line), "")


@contextlib.contextmanager
def _restore_file_on_error(file: Path) -> Iterator[None]:
    """Put a file back as it was where the block raises."""
    before = file.read_bytes() if file.exists() else None
    try:
        yield
    except BaseException:
        if before is None:
            file.unlink(missing_ok=True)
        elif file.read_bytes() != before:
            replace_file(file.resolve(), before)
        raise


def accept(data: Path, progress: Progress = no_progress, settings: EngineSettings | None = None) -> IndexReport:
    """Accept people's files as they are now, even where one has vanished or was emptied.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, Busy, DiskProblem.
        CorrectionsUnreadable: the corrections are there and cannot be read; nothing was changed.
    """
    require(data)
    with hold_writer_lock(data), Writer(data) as archive:
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
        live.releases, live.fingerprint, corrections, archive.count_stale(reading_version()), unused, left_out,
        live.is_new_format,
    )  # fmt: skip
