"""The stored originals read again by today's readers and extraction, without the folder they came from.

A version keeps its work, its number and its address; only what is said of it changes, and only where the reading
does. Each batch is written whole or not at all, and what was read again is not read a second time: stopped anywhere,
it goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archive.errors import ArchiveDamaged
from archive.ingest import user_lexicon
from archive.ingest.parse import reading_version
from archive.release import Release, Skipped
from archive.store import FileRemark
from archive.store.reconciling import Reconciler
from archive.store.writing import Writer, people_differ, redirect_unnamed_people

BATCH_VERSIONS = 500
"""Versions in a transaction: what a kill can cost."""

NO_CONTEXT = "stored by an earlier version, which did not keep what reading a part of a file needs; left as it was read"


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A stored version with what reading it again takes. `refusal` says why that cannot be, "" where it can."""

    version: int
    work: str
    content: bytes
    path: str
    context: str
    day: dt.date
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ReparseResult:
    """What reading again gave: a release, or why there is none."""

    record: StoredRecord
    outcome: Release | Skipped
    media_type: str = ""
    encoding: str = ""


@dataclass(slots=True)
class ReparseReport:
    """How many versions were read again, how many works say something else now, and what could not be read."""

    versions: int = 0
    changed: int = 0
    remarks: list[FileRemark] = field(default_factory=list)


def reparse_archive(
    archive: Writer, *, workers: int = 0, progress: Callable[[int, int], None] = lambda done, total: None
) -> ReparseReport:
    """Read again every version that an earlier reading read."""
    user_lexicon.use_lexicon(archive.data)
    report, total = ReparseReport(), archive.count_stale(reading_version())
    workers = workers or os.cpu_count() or 1
    for batch in _batches(_reparse_records(archive, total, workers)):
        report.changed += _write(archive, batch)
        report.versions += len(batch)
        report.remarks += [
            FileRemark(each.record.path, each.record.work, each.outcome.reason, True)
            for each in batch
            if isinstance(each.outcome, Skipped)
        ]
        progress(report.versions, total)
    archive.resolve_day_orders()
    if report.versions:
        with archive.write_transaction() as transaction:
            redirect_unnamed_people(transaction)
    return report


def reparse_stored_record(kept: StoredRecord) -> ReparseResult:
    """Read one version again, as on the day it was added."""
    # Imported where it is read: a command that reads nothing again need not wait for readers and word lists.
    from archive.extract import read_release
    from archive.readers import reparse_record

    if kept.refusal:
        return ReparseResult(kept, Skipped(kept.refusal))
    record = reparse_record(kept.content, kept.path, kept.context)
    if isinstance(record, Skipped):
        return ReparseResult(kept, record)
    return ReparseResult(kept, read_release(record, kept.path, kept.day), record.media_type, record.encoding)


def _reparse_records(archive: Writer, total: int, workers: int) -> Iterator[ReparseResult]:
    kept = _load_records(archive)
    from archive.ingest.process_pool import MIN_PARALLEL, WorkerPool, may_take_long

    side_by_side = WorkerPool(reparse_stored_record, _unfinished, lambda each: len(each.content), archive.data, workers)
    if workers == 1 or total < MIN_PARALLEL:
        return side_by_side.map_in_process(kept, lambda each: may_take_long(len(each.content), each.path))
    return side_by_side.map(kept)


def _load_records(archive: Writer) -> Iterator[StoredRecord]:
    """The versions to read again, in order; a batch's worth is asked for at once."""
    last = 0
    while rows := archive.stale_rows_after(last, reading_version(), BATCH_VERSIONS):
        for row in rows:
            content, refusal = _load_original(archive, row["digest"])
            refusal = refusal or (NO_CONTEXT if row["lacks_context"] else "")
            day = dt.date.fromisoformat(row["added"][:10])
            yield StoredRecord(row["version"], row["work"], content, row["path"], row["context"] or "", day, refusal)
        last = rows[-1]["version"]


def _load_original(archive: Writer, digest: str) -> tuple[bytes, str]:
    try:
        content = archive.original(digest)
    except ArchiveDamaged:
        content = None
    return (content, "") if content is not None else (b"", "its original is damaged; left as it was read")


def _unfinished(kept: StoredRecord, reason: str) -> ReparseResult:
    return ReparseResult(kept, Skipped(reason))


def _batches(results: Iterator[ReparseResult]) -> Iterator[list[ReparseResult]]:
    batch: list[ReparseResult] = []
    for each in results:
        batch.append(each)
        if len(batch) >= BATCH_VERSIONS:
            yield batch
            batch = []
    if batch:
        yield batch


def _write(archive: Writer, batch: list[ReparseResult]) -> int:
    """Store what differs from what was read before; the number of works that changed."""
    # Imported here: who reads nothing again need not wait for the extractors.
    from archive.store.writing import resolve_like

    with archive.write_transaction() as writing:
        settling = Reconciler(archive, writing)
        for each in batch:
            if not isinstance(each.outcome, Release):
                continue
            before = archive.release_as_read(each.record.version)
            release = resolve_like(each.outcome, before)
            if release != before or people_differ(writing, each.record.version, each.record.work):
                settling.replace_reading(each.record.version, each.record.work, release)
        writing.note_reparsed(
            [(each.record.version, each.media_type, each.encoding) for each in batch], reading_version()
        )
        return len(writing.changed_works)
