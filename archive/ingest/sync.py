"""Syncs a folder into the archive: opens only changed files; can be interrupted anywhere and resumed."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.errors import FolderProblem
from archive.ingest.sync_plan import SyncPlan, plan_sync
from archive.parsed import ParsedFile
from archive.store import FileRemark
from archive.store.writing import KnownFile, Writer, WriteStats, added_folders, stored_path

BATCH_RECORDS, BATCH_S = 500, 2.0
"""Records or seconds of parsing in one transaction, whichever is reached first: what a kill can cost."""

MAX_GONE_UNASKED = 20
"""More files than these gone from a folder that is now empty: refused, since its disk may not be mounted."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class SyncReport:
    """What a sync found and did.

    `folder` is spelt as the archive has it. `moved_from` is the folder that it was before it was moved, "" for none;
    `absent` are other added folders that are not there now. `through_links` are the releases that stand only behind
    links which are not followed any more. `waiting` are works that could not be taken apart, a line each.
    """

    folder: Path
    files: int = 0
    opened: int = 0
    unchanged: int = 0
    gone: int = 0
    records: int = 0
    seconds: float = 0.0
    write_stats: WriteStats = field(default_factory=WriteStats)
    remarks: list[FileRemark] = field(default_factory=list)
    moved_from: str = ""
    absent: list[str] = field(default_factory=list)
    through_links: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> list[FileRemark]:
        """What could not be read this time, by file."""
        return [remark for remark in self.remarks if remark.skipped]


def sync_folder(
    archive: Writer,
    folder: Path,
    *,
    now: dt.datetime,
    workers: int = 0,
    allow_empty: bool = False,
    follow_links: bool = False,
    progress: Progress = lambda done, total: None,
) -> SyncReport:
    """Make the archive agree with `folder`, as `walk.resolve_folder` gives it.

    `now` (UTC) is the time of adding. `progress` is called with the files done and in all. The caller holds the
    data directory's lock.

    Raises:
        FolderProblem: the folder is empty though many files came from it before, or is the data directory.
    """
    began = time.monotonic()
    _refuse_data_directory(archive, folder)
    report = SyncReport(added_folders.stored_spelling(archive, folder))
    _record_moves(archive, report)
    plan = plan_sync(archive, report.folder, follow_links=follow_links)
    if not plan.files and len(plan.gone) > MAX_GONE_UNASKED and not allow_empty:
        raise FolderProblem(
            f"{folder} is empty, but {len(plan.gone)} files came from it before. If its disk is not mounted, mount it; "
            "if the files are really gone, say so with --allow-empty. Nothing was changed."
        )
    report.files, report.gone = plan.files, len(plan.gone)
    archive.note_folder(report.folder, _stamp(now))
    if plan.to_open or plan.unreadable or plan.gone or archive.is_mixed:
        with archive.fsync_at_end():
            _execute(archive, plan, report, now, workers, progress)
    report.unchanged = plan.files - report.opened
    report.through_links = _releases_behind_links(archive, plan)
    report.absent = added_folders.absent_folders(archive)
    report.seconds = time.monotonic() - began
    return report


def _refuse_data_directory(archive: Writer, folder: Path) -> None:
    """Raise FolderProblem where the folder is the archive's own."""
    data, resolved = Path(os.path.realpath(archive.data)), Path(os.path.realpath(folder))
    if resolved == data:
        raise FolderProblem(f"{folder} is the data directory itself. Give the folder that holds the releases.")
    if {data / "index", data / "lexicon"} & {resolved, *resolved.parents}:
        raise FolderProblem(f"{folder} is part of the archive itself. Give the folder that holds the releases.")


def _record_moves(archive: Writer, report: SyncReport) -> None:
    """Relocate files recorded under this folder's earlier path, or under another spelling of it."""
    others, gone = added_folders.other_spellings(archive, report.folder), added_folders.absent_folders(archive)
    if not others and not gone:
        return
    # Imported here, as below: an `add` that finds nothing new need not load them.
    from archive.ingest.moved_folder import find_move
    from archive.store.writing import relocate

    top = stored_path(str(report.folder))
    for old, new in others.items():
        report.write_stats.add(relocate(archive, old, new, top))
    if move := find_move(archive, report.folder, gone):
        report.write_stats.add(relocate(archive, move.old, move.new, top))
        report.moved_from = move.old


def _execute(
    archive: Writer, plan: SyncPlan, report: SyncReport, now: dt.datetime, workers: int, progress: Progress
) -> None:
    stamp = _stamp(now)
    # The works of a sync that was stopped: any of them may hold several releases.
    unfinished, newest = archive.is_mixed, archive.newest_version
    trust_before = int((now.timestamp() - 2) * 1e9)
    done = report.files - len(plan.to_open)
    parsed_files = _parse_files(plan, now.date(), archive.data, workers)
    for batch in _batches(parsed_files):
        same = [r for r in batch if _same_bytes(r, plan.known)]
        fresh = _withhold(archive, [r for r in batch if not _same_bytes(r, plan.known)])
        archive.refresh([r.file for r in same], trust_before)
        report.write_stats.add(archive.write(fresh, [], stamp, trust_before))
        _add_to_report(report, fresh)
        done += len(batch)
        progress(done, report.files)
    if plan.gone:
        report.write_stats.add(archive.write([], plan.gone, stamp, trust_before))
    # What was restored has the number it had, as what came before this sync has.
    _split_works(archive, report, None if archive.restoring else newest, everything=unfinished)
    if plan.to_open or plan.gone:
        archive.settle()


def _withhold(archive: Writer, parsed_files: list[ParsedFile]) -> list[ParsedFile]:
    """The readings without what was purged."""
    from archive.store.writing import withhold

    return withhold(archive, parsed_files, archive.restoring)


def _split_works(archive: Writer, report: SyncReport, newest: int | None, *, everything: bool) -> None:
    from archive.store.writing import split_works

    split = split_works(archive, newest, everything=everything)
    report.write_stats.add(split.stats)
    report.waiting = split.waiting


def _releases_behind_links(archive: Writer, plan: SyncPlan) -> list[str]:
    """The ids of releases found only behind links that lead out of the folder and are not followed."""
    if not plan.links_out:
        return []
    from archive.store.writing import releases_behind

    return releases_behind(archive, plan.links_out)


def _stamp(now: dt.datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _parse_files(plan: SyncPlan, today: dt.date, data: Path, workers: int) -> Iterator[ParsedFile]:
    # Imported here: an `add` that finds nothing new need not load the process pool.
    from archive.ingest.process_pool import parse_files

    yield from plan.unreadable
    yield from parse_files(plan.to_open, today, data, workers)


def _same_bytes(parsed_file: ParsedFile, known: dict[str, KnownFile]) -> bool:
    before = known.get(stored_path(parsed_file.file.path))
    return bool(before and before.status != "gone" and parsed_file.digest and parsed_file.digest == before.digest)


def _add_to_report(report: SyncReport, parsed_files: Iterable[ParsedFile]) -> None:
    for parsed_file in parsed_files:
        report.opened += 1
        report.records += len(parsed_file.records)
        shown = parsed_file.file.shown
        report.remarks += [FileRemark(shown, s.where, s.reason, True) for s in parsed_file.skipped]
        report.remarks += [FileRemark(shown, key, note, False) for key, note in parsed_file.notes]


def _batches(parsed_files: Iterator[ParsedFile]) -> Iterator[list[ParsedFile]]:
    batch: list[ParsedFile] = []
    records, began = 0, time.monotonic()
    for parsed_file in parsed_files:
        batch.append(parsed_file)
        records += 1 + len(parsed_file.records)
        if records >= BATCH_RECORDS or time.monotonic() - began > BATCH_S:
            yield batch
            batch, records, began = [], 0, time.monotonic()
    if batch:
        yield batch
