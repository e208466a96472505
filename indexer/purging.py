"""A release taken out for good, from archive, corrections and index: the journey of `purge`."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

from archive import people_files
from archive.corrections import FILE_NAME, Correction
from archive.corrections.appending import replace_file
from archive.corrections.toml_file import content_of, without
from archive.database import require
from archive.purge import Purged, find, overwrite_free_pages, purge
from archive.writer import Writer
from indexer.backend import Progress
from indexer.build import silent, writing
from indexer.engine import indexing
from indexer.kept_arrival import KEPT


def take_out(data: Path, work: str, number: int | None, reason: str, progress: Progress = silent) -> Purged:
    """Purge a release, or one version of it; what a kill left half done is finished by the same call.

    Raises:
        UnknownRelease: there is no such release, or no such version of it.
        NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with writing(data), Writer(data) as archive:
        versions = find(archive, work, number)
        all_of_it = number is None or len(archive.versions(work)) == len(versions)
        if versions:
            _take_corrections_out(data, work, None if all_of_it else number)
            now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            done = purge(archive, work, versions, reason, now)
        else:  # it was taken out before: what follows may not have been done
            done = Purged(work, _numbers(archive, work), whole=archive.version(work) is None, already=True)
        people_files.apply(archive)
        overwrite_free_pages(archive)
        indexing().rebuild(archive, progress)
        indexing().discard_older(data)
        with contextlib.suppress(FileNotFoundError):
            (indexing().folder(data) / KEPT).unlink()
        return done


def _take_corrections_out(data: Path, work: str, number: int | None) -> None:
    """Take the corrections of a work, or of one version of it, out of people's file."""

    def is_of_it(correction: Correction | None, block: bytes) -> bool:
        if correction is None:  # it cannot be used, and may hold what is to go
            return number is None and work.encode() in block
        return correction.release == work and number in (None, correction.version)

    before = content_of(data / FILE_NAME)
    after = without(before, is_of_it)
    if after != before:
        replace_file(data / FILE_NAME, after)


def _numbers(archive: Writer, work: str) -> tuple[int, ...]:
    rows = archive.select("SELECT number FROM purged WHERE id = ? ORDER BY number", (work,))
    return tuple(row["number"] for row in rows)
