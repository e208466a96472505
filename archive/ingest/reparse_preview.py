"""Lists what reparsing would change, field by field; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from archive.ingest import user_lexicon
from archive.ingest.parse import reading_version
from archive.ingest.reparse import reparse_records
from archive.release import SHOWN_KINDS, Release
from archive.store import Archive

FIELDS = ("title", "date", "place", "source", "byline", "url", "language", "people")
"""The fields that are compared, in the order in which their changes come; then `body`."""


class FieldChange(NamedTuple):
    """A value of a version (a work's id, and the version's number) that another reading reads otherwise."""

    release: str
    version: int
    field: str
    old: str
    new: str


def preview_changes(
    data: Path, *, workers: int = 0, progress: Callable[[int, int], None] = lambda done, total: None
) -> Iterator[FieldChange]:
    """What reparsing the stored originals would change, version by version in the order they were stored.

    Values are as read, without corrections; fields that a correction holds are left out, for nothing would change.
    What cannot be reparsed stays as it is, and gives nothing.

    Raises:
        NoArchive, ArchiveDamaged, ArchiveTooNew.
    """
    from archive.store.writing import resolve_like

    user_lexicon.use_lexicon(data)
    with Archive(data) as archive:
        total = archive.count_stale(reading_version())
        for done, result in enumerate(reparse_records(archive, total, workers), 1):
            progress(done, total)
            if isinstance(result.outcome, Release):
                record = result.record
                before = archive.release_as_read(record.version)
                corrected = archive.corrected_fields(record.version)
                for field, old, new in _changes(before, resolve_like(result.outcome, before)):
                    if field not in corrected:
                        yield FieldChange(record.work, record.number, field, old, new)


def _changes(before: Release, after: Release) -> Iterator[tuple[str, str, str]]:
    for field in FIELDS:
        old, new = _value(before, field), _value(after, field)
        if old != new:
            yield field, old, new
    if before.body != after.body:
        yield "body", f"changed ({len(before.body)} characters)", f"changed ({len(after.body)} characters)"


def _value(release: Release, field: str) -> str:
    if field == "date":
        return release.published.iso if release.published else ""
    if field == "people":
        return "; ".join(each.name for each in release.people if each.kind in SHOWN_KINDS)
    return str(getattr(release, field))
