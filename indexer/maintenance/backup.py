"""Backs up an archive, and restores one with its index."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from archive.errors import ArchiveDamaged, BackupRefused
from archive.fsync import fsync_folder
from archive.store import FILE_NAME, Archive
from archive.store.integrity import BackupManifest, backup, inspect
from indexer.engine import EngineSettings, Progress, open_engine
from indexer.maintenance import build
from indexer.maintenance.build import IndexReport, no_progress
from indexer.maintenance.writer_lock import raises_disk_problem

_UNFINISHED_PREFIX = ".restoring-"
"""The prefix of the temporary folder of a restore."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """The manifest of a backup, and the damage of the archive, one line each."""

    manifest: BackupManifest
    damage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """The manifest of a restored backup, its index, and the damage of the archive, one line each."""

    manifest: BackupManifest
    index: IndexReport
    damage: tuple[str, ...]


def back_up(data: Path, file: Path, settings: EngineSettings | None = None) -> BackupReport:
    """Back up the archive of a data directory into a new file, and verify the archive.

    Raises:
        BackupRefused, NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, DiskProblem.
    """
    with raises_disk_problem(file.absolute().parent):
        with Archive(data) as archive:
            revision = archive.revision
        engine = open_engine(settings or EngineSettings(data))
        manifest = backup.back_up(data, file, {revision: engine.fingerprint(revision)})
    with Archive(data) as archive:
        return BackupReport(manifest, tuple(inspect(archive).lines))


def restore_backup(
    file: Path, data: Path, progress: Progress = no_progress, settings: EngineSettings | None = None
) -> RestoreReport:
    """Restore a backup into a new or empty directory, and build its index.

    Raises:
        BackupRefused: the directory is not empty, or the backup is not whole; nothing was written.
        DiskProblem: the system refuses.
    """
    target = data.absolute()
    if os.path.lexists(target) and not (target.is_dir() and _is_empty(target)):
        raise BackupRefused(f"{data} is not empty, and was left as it is. Restore into a new directory.")
    with raises_disk_problem(target):
        is_new = not target.exists()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In a folder inside it until complete: stopped anywhere, nothing looks like an archive.
        folder = Path(tempfile.mkdtemp(dir=target, prefix=_UNFINISHED_PREFIX))
        try:
            manifest = backup.unpack(file, folder)
            report = _rebuild(file, folder, progress, replace(settings or EngineSettings(data), data=folder))
            _check_fingerprint(file, manifest, report)
            _move_into_place(folder, target)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if is_new:
                with contextlib.suppress(OSError):
                    target.rmdir()
            raise
    with Archive(data) as archive:
        return RestoreReport(manifest, report, tuple(inspect(archive).lines))


def _is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing but remains of an interrupted restore, and what a new disk has."""
    return all(path.name.startswith(_UNFINISHED_PREFIX) or path.name == "lost+found" for path in folder.iterdir())


def _rebuild(file: Path, folder: Path, progress: Progress, settings: EngineSettings) -> IndexReport:
    try:
        return build.rebuild(folder, progress, settings)
    except ArchiveDamaged as error:
        raise BackupRefused(
            f"{file} holds an archive that cannot be read. Nothing was restored; use another backup."
        ) from error


def _move_into_place(folder: Path, target: Path) -> None:
    """Move the restored files into place, the archive itself last."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name == FILE_NAME)
    for path in paths:
        os.replace(path, target / path.name)
    fsync_folder(target)
    for path in target.glob(f"{_UNFINISHED_PREFIX}*"):
        shutil.rmtree(path, ignore_errors=True)


def _check_fingerprint(file: Path, manifest: BackupManifest, report: IndexReport) -> None:
    """Compare the fingerprint of the restored archive with that in the manifest."""
    if manifest.fingerprint and not report.left_out and manifest.fingerprint != report.fingerprint:
        raise BackupRefused(
            f"What {file} holds does not have the fingerprint it had when it was backed up "
            f"({report.fingerprint}, not {manifest.fingerprint}). Nothing was restored; use another backup."
        )
