"""Reparses stored originals with the current reading, without the folder they came from.

A version keeps its work, number and address; its release changes only where the reading does. Each batch is one
transaction and marks its versions as reparsed, so that an interrupted run resumes where it was.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from archive.errors import ArchiveDamaged
from archive.ingest import user_lexicon
from archive.ingest.parse import reading_version
from archive.parsed import StoredRecord
from archive.release import Release, Skipped
from archive.store import Archive, FileRemark
from archive.store.reconciling import Reconciler
from archive.store.writing import Writer, renew_names

BATCH_VERSIONS = 500
"""Versions in a transaction: what a kill can cost."""

NO_CONTEXT = "stored by an earlier version, which did not keep what reading a part of a file needs; left as it was read"


@dataclass(frozen=True, slots=True)
class ReparseResult:
    """The result of reparsing a record: a release, or why there is none."""

    record: StoredRecord
    outcome: Release | Skipped
    media_type: str = ""
    encoding: str = ""


@dataclass(slots=True)
class ReparseReport:
    """How many versions were reparsed, how many works changed, and what could not be parsed."""

    versions: int = 0
    changed: int = 0
    remarks: list[FileRemark] = field(default_factory=list)


def reparse_archive(
    archive: Writer,
    *,
    before: int = 0,
    workers: int = 0,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ReparseReport:
    """Reparse every version that was stored with another reading; with `before`, one of a number below it.

    Killed anywhere, the next run resumes with the versions that are left, and settles what this one did not.
    """
    user_lexicon.use_lexicon(archive.data)
    report, total = ReparseReport(), archive.count_stale(reading_version(), before=before)
    if total:  # first: once the last batch is stored, nothing would tell that it is still to be done
        with archive.write_transaction() as transaction:
            renew_names(transaction)
    for batch in _batches(reparse_records(archive, total, workers, before=before)) if total else ():
        report.changed += _write(archive, batch)
        report.versions += len(batch)
        report.remarks += [
            FileRemark(each.record.path, each.record.work, each.outcome.reason, True)
            for each in batch
            if isinstance(each.outcome, Skipped)
        ]
        progress(report.versions, total)
    archive.settle()
    return report


def reparse_stored_record(record: StoredRecord) -> ReparseResult:
    """Reparse one version, with the day it was added as today."""
    # Imported here: a command that reparses nothing need not load readers and word lists.
    from archive.extract import read_release
    from archive.readers import reparse_record

    if record.refusal:
        return ReparseResult(record, Skipped(record.refusal))
    parsed = reparse_record(record.content, record.path, record.context)
    if isinstance(parsed, Skipped):
        return ReparseResult(record, parsed)
    return ReparseResult(record, read_release(parsed, record.path, record.day), parsed.media_type, parsed.encoding)


def reparse_records(archive: Archive, total: int, workers: int, *, before: int = 0) -> Iterator[ReparseResult]:
    """Reparse the `total` versions that were stored with another reading, in order; stores nothing.

    `before` as `reparse_archive` has it.
    """
    records = _load_records(archive, before)
    from archive.ingest.process_pool import MIN_PARALLEL, WorkerPool, may_take_long

    workers = workers or os.cpu_count() or 1
    pool = WorkerPool(reparse_stored_record, _skipped_record, lambda each: len(each.content), archive.data, workers)
    if workers == 1 or total < MIN_PARALLEL:
        return pool.map_in_process(records, lambda each: may_take_long(len(each.content), each.path))
    return pool.map(records)


def _load_records(archive: Archive, before: int) -> Iterator[StoredRecord]:
    """The versions to reparse, in order, fetched a batch at a time."""
    last = 0
    while rows := archive.stale_rows_after(last, reading_version(), BATCH_VERSIONS, before=before):
        for row in rows:
            content, refusal = _load_original(archive, row["digest"])
            refusal = refusal or (NO_CONTEXT if row["lacks_context"] else "")
            day = dt.date.fromisoformat(row["added"][:10])
            path, context = row["path"], row["context"] or ""
            yield StoredRecord(row["version"], row["work"], content, path, context, day, refusal, row["number"])
        last = rows[-1]["version"]


def _load_original(archive: Archive, digest: str) -> tuple[bytes, str]:
    try:
        content = archive.original(digest)
    except ArchiveDamaged:
        content = None
    return (content, "") if content is not None else (b"", "its original is damaged; left as it was read")


def _skipped_record(record: StoredRecord, reason: str) -> ReparseResult:
    return ReparseResult(record, Skipped(reason))


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
    """Store the releases that differ from before; the number of works that changed."""
    # Imported here: a command that reparses nothing need not load the extractors.
    from archive.store.writing import resolve_like

    with archive.write_transaction() as transaction:
        reconciler = Reconciler(archive, transaction)
        for each in batch:
            if not isinstance(each.outcome, Release):
                continue
            before = archive.release_as_read(each.record.version)
            release = resolve_like(each.outcome, before)
            if release != before:
                reconciler.replace_reading(each.record.version, each.record.work, release)
        transaction.note_reparsed(
            [(each.record.version, each.media_type, each.encoding) for each in batch], reading_version()
        )
        return len(transaction.changed_works)
