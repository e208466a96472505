"""Purges a release: takes it out of archive, corrections and index for good."""

from __future__ import annotations

import contextlib
from pathlib import Path

from archive.clock import utc_now
from archive.corrections import (
    FILE_NAME,
    Correction,
    CorrectionField,
    CorrectionsUnreadable,
    read_content,
    remove_corrections,
    replace_file,
)
from archive.ids import slug
from archive.store import require
from archive.store.integrity import (
    PurgeReport,
    VersionToPurge,
    find_release_to_purge,
    forget_people,
    overwrite_free_pages,
    people_only_in,
    purge_release,
    values_only_in,
)
from archive.store.reconciling import people_files
from archive.store.writing import Writer, purged_numbers
from indexer.engine import EngineSettings, Progress, open_engine
from indexer.maintenance.build import no_progress
from indexer.maintenance.writer_lock import hold_writer_lock


def purge_and_reindex(
    data: Path,
    work: str,
    number: int | None,
    reason: str,
    progress: Progress = no_progress,
    settings: EngineSettings | None = None,
) -> PurgeReport:
    """Purge a release, or one version of it, and rebuild the index; a call after an interruption completes it.

    Raises:
        UnknownRelease: there is no such release, or no such version of it.
        NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, Busy, DiskProblem.
    """
    require(data)
    with hold_writer_lock(data), Writer(data) as archive:
        work, versions = find_release_to_purge(archive, work, number)
        if versions:
            remaining = _remove_corrections(archive, work, versions)
            now = utc_now()
            purged = purge_release(archive, work, versions, reason, now, remaining)
        else:  # purged before, and perhaps interrupted before what follows
            purged = PurgeReport(work, purged_numbers(archive, work), whole=archive.version(work) is None, already=True)
        people_files.apply(archive)
        forget_people(archive)
        overwrite_free_pages(archive)
        engine = open_engine(settings or EngineSettings(data))
        engine.rebuild(archive, progress)
        engine.discard_older()
        return purged


def _remove_corrections(archive: Writer, work: str, versions: list[VersionToPurge]) -> bytes:
    """Remove the corrections of these versions of a work, and of people named only there, from people's file.

    Returns:
        The archive's own copy of the file without them.
    """
    is_purged = _CorrectionSelector(archive, work, versions).is_selected
    file = archive.data / FILE_NAME
    with contextlib.suppress(CorrectionsUnreadable):  # then only the archive's copy is there to be changed
        before = read_content(file)
        after = remove_corrections(before, is_purged)
        if after != before:
            replace_file(file.resolve(), after)
    return remove_corrections(people_files.load_applied_from(archive.connection).get(FILE_NAME, b""), is_purged)


class _CorrectionSelector:
    """Selects the corrections that are purged with some versions of a work."""

    def __init__(self, archive: Writer, work: str, versions: list[VersionToPurge]) -> None:
        self._moved_to, self._work = archive.moved_to, work
        self._numbers = {version.number for version in versions}
        self._is_whole = self._numbers == {each.number for each in archive.versions(work)}
        self._people = people_only_in(archive, versions)
        self._values = values_only_in(archive, versions)

    def is_selected(self, correction: Correction | None, block: bytes) -> bool:
        """Whether a correction is purged; `block` is its text in the file, for one that could not be parsed (None)."""
        if correction is None:
            return self._is_whole and self._work.encode() in block
        if correction.subject:
            named = {correction.value} if correction.field is CorrectionField.SAME_AS else set()
            return not self._values.isdisjoint({correction.subject_value, *named})
        if correction.person:
            slugs = (
                {correction.person, correction.slug}
                if correction.field is CorrectionField.SAME_AS
                else {correction.person}
            )
            only_here = self._is_whole and set(correction.releases) == {self._work}
            spelt = {slug(correction.spelling)} if correction.spelling else set()
            return only_here or bool((slugs | spelt) & self._people)
        release, version = correction.release, correction.version
        if version and (now := self._moved_to(release, version)):
            release, version = now
        return release == self._work and (version in self._numbers if version else self._is_whole)
