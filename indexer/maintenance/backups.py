"""An archive backed up and restored with its index: the journeys of `backup` and `restore`."""

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
from archive.store.integrity import Manifest, backup, inspect
from indexer.engine import EngineSettings, Progress, open_engine
from indexer.maintenance import build
from indexer.maintenance.build import IndexReport, silent, turned_into_disk_problems

_UNFINISHED = ".restoring-"
"""How the folder is called in which a restore works."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was backed up, and what is wrong with the archive that was: lines for people."""

    manifest: Manifest
    damage: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, its index, and what is wrong with it: lines for people."""

    manifest: Manifest
    index: IndexReport
    damage: tuple[str, ...]


def back_up(data: Path, file: Path, settings: EngineSettings | None = None) -> Backup:
    """Copy the record of a data directory into a new file, and look at it.

    Raises:
        BackupRefused, NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, DiskProblem.
    """
    with turned_into_disk_problems(file.absolute().parent):
        with Archive(data) as archive:
            revision = archive.revision
        engine = open_engine(settings or EngineSettings(data))
        manifest = backup.back_up(data, file, {revision: engine.fingerprint(revision)})
    with Archive(data) as archive:
        return Backup(manifest, tuple(inspect(archive).lines))


def restore(file: Path, data: Path, progress: Progress = silent, settings: EngineSettings | None = None) -> Restored:
    """Put a backup back into a directory that is not there yet, or empty, and make its index.

    Raises:
        BackupRefused: the directory holds something, or the backup is not whole; nothing was written.
        DiskProblem: the system refuses.
    """
    target = data.absolute()
    if os.path.lexists(target) and not (target.is_dir() and _is_empty(target)):
        raise BackupRefused(f"{data} is not empty; it was left as it is. Restore into a new directory.")
    with turned_into_disk_problems(target):
        is_new = not target.exists()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Within it under another name until it is whole: stopped anywhere, nothing looks like an archive.
        folder = Path(tempfile.mkdtemp(dir=target, prefix=_UNFINISHED))
        try:
            manifest = backup.unpack(file, folder)
            report = _rebuild(file, folder, progress, replace(settings or EngineSettings(data), data=folder))
            _compare(file, manifest, report)
            _take_place(folder, target)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if is_new:
                with contextlib.suppress(OSError):
                    target.rmdir()
            raise
    with Archive(data) as archive:
        return Restored(manifest, report, tuple(inspect(archive).lines))


def _is_empty(folder: Path) -> bool:
    """Whether nothing is in a folder but what a restore left that was stopped, and a new disk's own."""
    return all(path.name.startswith(_UNFINISHED) or path.name == "lost+found" for path in folder.iterdir())


def _rebuild(file: Path, folder: Path, progress: Progress, settings: EngineSettings) -> IndexReport:
    try:
        return build.rebuild(folder, progress, settings)
    except ArchiveDamaged as error:
        raise BackupRefused(
            f"{file} holds an archive that cannot be read. Nothing was restored; use another backup."
        ) from error


def _take_place(folder: Path, target: Path) -> None:
    """Move what was restored to where it belongs, the archive itself last."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name == FILE_NAME)
    for path in paths:
        os.replace(path, target / path.name)
    fsync_folder(target)
    for path in target.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _compare(file: Path, manifest: Manifest, report: IndexReport) -> None:
    """Hold what was restored against what was backed up."""
    if manifest.fingerprint and not report.left_out and manifest.fingerprint != report.fingerprint:
        raise BackupRefused(
            f"What {file} holds does not have the fingerprint it had when it was backed up "
            f"({report.fingerprint}, not {manifest.fingerprint}). Nothing was restored; use another backup."
        )
