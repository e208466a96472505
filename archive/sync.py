"""A folder brought into the archive: only what changed is opened, and it can be stopped anywhere and resumed."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive import added_folders, links, moved_folder
from archive import folder as folders
from archive.batch import Written
from archive.counts import FileRemark
from archive.errors import FolderProblem
from archive.known import stored_path
from archive.people_files import LEXICON
from archive.purged_bytes import withhold
from archive.reading import FileReading, FoundFile
from archive.relocation import relocate
from archive.split_works import split_works
from archive.writer import KnownFile, Writer

BATCH_RECORDS, BATCH_SECONDS = 500, 2.0
"""A transaction holds so many records or so many seconds of reading: what a kill can cost."""

MANY = 20
"""Files that may vanish from a folder that is now empty before we ask whether its disk is mounted."""

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
    written: Written = field(default_factory=Written)
    remarks: list[FileRemark] = field(default_factory=list)
    moved_from: str = ""
    absent: list[str] = field(default_factory=list)
    through_links: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> list[FileRemark]:
        """What could not be read this time, by file."""
        return [remark for remark in self.remarks if remark.skipped]


@dataclass(slots=True)
class _Plan:
    """What the walk found: files to open, unreadable ones, and remembered ones that are no longer there."""

    files: int
    to_open: list[FoundFile]
    unreadable: list[FileReading]
    gone: list[str]
    known: dict[str, KnownFile]

    @property
    def leading_out(self) -> list[str]:
        """The links that lead out of the folder and are not followed (stored paths)."""
        return [stored_path(each.file.path) for each in self.unreadable if each.skipped[0].reason == folders.LEADS_OUT]


def sync(
    archive: Writer,
    folder: Path,
    *,
    now: dt.datetime,
    workers: int = 0,
    allow_empty: bool = False,
    follow_links: bool = False,
    progress: Progress = lambda done, total: None,
) -> SyncReport:
    """Make the archive agree with `folder`, as `folder.checked` gives it.

    `now` (UTC) is the time of adding. `progress` is told the files done and in all. The caller holds the
    data directory's lock.

    Raises:
        FolderProblem: the folder is empty though many files came from it before, or is the data directory.
    """
    began = time.monotonic()
    data, resolved = Path(os.path.realpath(archive.data)), Path(os.path.realpath(folder))
    if resolved == data:
        raise FolderProblem(f"{folder} is the data directory itself. Give the folder that the releases are in.")
    if {data / "index", data / LEXICON} & {resolved, *resolved.parents}:
        raise FolderProblem(f"{folder} is part of the archive itself. Give the folder that the releases are in.")
    report = SyncReport(added_folders.spelling(archive, folder))
    _take_in_moves(archive, report)
    plan = _plan(archive, report.folder, follow_links)
    if not plan.files and len(plan.gone) > MANY and not allow_empty:
        raise FolderProblem(
            f"{folder} is empty, but {len(plan.gone)} files came from it before. If its disk is not mounted, mount it; "
            "if the files are really gone, say so with --allow-empty. Nothing was changed."
        )
    report.files, report.gone = plan.files, len(plan.gone)
    archive.note_folder(report.folder, _stamp(now))
    if plan.to_open or plan.unreadable or plan.gone or archive.is_mixed:
        with archive.flushed_at_end():
            _carry_out(archive, plan, report, now, workers, progress)
    report.unchanged = plan.files - report.opened
    report.through_links = links.releases_behind(archive, plan.leading_out)
    report.absent = [path for path in added_folders.recorded(archive) if not os.path.isdir(path)]
    report.seconds = time.monotonic() - began
    return report


def _take_in_moves(archive: Writer, report: SyncReport) -> None:
    """Remember what came from this folder where it was before, or was spelt otherwise, as what stands in it."""
    top = stored_path(str(report.folder))
    for old, new in added_folders.other_spellings(archive, report.folder).items():
        report.written.add(relocate(archive, old, new, top))
    if move := moved_folder.find_move(archive, report.folder):
        report.written.add(relocate(archive, move.old, move.new, top))
        report.moved_from = move.old


def _plan(archive: Writer, top: Path, follow_links: bool) -> _Plan:
    known = archive.known_files(top)
    if archive.restoring:  # its bytes may stand in any file, and were left out of what was read before
        known = {path: replace(file, digest="") for path, file in known.items()}
    seen: set[str] = set()
    plan = _Plan(0, [], [], [], known)
    for found in folders.walk(top, archive.data.absolute(), follow_links=follow_links):
        file, skip = found if isinstance(found, tuple) else (found, None)
        path = stored_path(file.path)
        seen.add(path)
        plan.files += 1
        if skip:
            plan.unreadable.append(FileReading(file, "", skipped=(skip,)))
        elif not _unchanged(file, known.get(path)):
            plan.to_open.append(file)
    plan.gone = sorted(
        path
        for path, file in known.items()
        if path not in seen and file.status != "gone" and not _behind(path, plan.unreadable)
    )
    return plan


def _behind(path: str, unreadable: list[FileReading]) -> bool:
    """Whether `path` lies in a folder that could not be read: then nobody knows whether it is gone."""
    return any(path.startswith(stored_path(reading.file.path) + os.sep) for reading in unreadable)


def _unchanged(file: FoundFile, known: KnownFile | None) -> bool:
    """Whether the remembered reading still stands: same size and time, and it could be opened then."""
    if known is None or known.status == "gone" or not known.digest:
        return False
    return (file.size, file.mtime) == (known.size, known.mtime)


def _carry_out(
    archive: Writer, plan: _Plan, report: SyncReport, now: dt.datetime, workers: int, progress: Progress
) -> None:
    stamp = _stamp(now)
    # The works of a sync that was stopped: any of them may hold several releases.
    unfinished, newest = archive.is_mixed, archive.newest_version
    trust_before = int((now.timestamp() - 2) * 1e9)
    done = report.files - len(plan.to_open)
    readings = _readings(plan, now.date(), archive.data, workers)
    for batch in _batches(readings):
        same = [r for r in batch if _same_bytes(r, plan.known)]
        fresh = withhold(archive, [r for r in batch if not _same_bytes(r, plan.known)], archive.restoring)
        archive.refresh([r.file for r in same], trust_before)
        report.written.add(archive.write(fresh, [], stamp, trust_before))
        _note(report, fresh)
        done += len(batch)
        progress(done, report.files)
    if plan.gone:
        report.written.add(archive.write([], plan.gone, stamp, trust_before))
    # What was restored has the number it had, as what came before this sync has.
    split = split_works(archive, None if archive.restoring else newest, everything=unfinished)
    report.written.add(split.written)
    report.waiting = split.waiting
    if plan.to_open or plan.gone:
        archive.settle_day_orders()


def _stamp(now: dt.datetime) -> str:
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _readings(plan: _Plan, today: dt.date, data: Path, workers: int) -> Iterator[FileReading]:
    # Imported where there is something to read: an `add` that finds nothing new need not wait for what makes processes.
    from archive.workers import read_files

    yield from plan.unreadable
    yield from read_files(plan.to_open, today, data, workers)


def _same_bytes(reading: FileReading, known: dict[str, KnownFile]) -> bool:
    before = known.get(stored_path(reading.file.path))
    return bool(before and before.status != "gone" and reading.digest and reading.digest == before.digest)


def _note(report: SyncReport, readings: Iterable[FileReading]) -> None:
    for reading in readings:
        report.opened += 1
        report.records += len(reading.records)
        shown = reading.file.shown
        report.remarks += [FileRemark(shown, s.where, s.reason, True) for s in reading.skipped]
        report.remarks += [FileRemark(shown, key, note, False) for key, note in reading.notes]


def _batches(readings: Iterator[FileReading]) -> Iterator[list[FileReading]]:
    batch: list[FileReading] = []
    records, began = 0, time.monotonic()
    for reading in readings:
        batch.append(reading)
        records += 1 + len(reading.records)
        if records >= BATCH_RECORDS or time.monotonic() - began > BATCH_SECONDS:
            yield batch
            batch, records, began = [], 0, time.monotonic()
    if batch:
        yield batch
