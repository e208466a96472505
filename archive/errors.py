"""What can stop a command: every error says what happened, to which file or part, and what to do.

DatelineError
├── FolderProblem      the folder to add is not there, not a folder, or suspiciously empty
├── NoArchive          the data directory holds no archive yet
├── ArchiveGone        archive.db is not there, but what belongs to it is
├── ArchiveDamaged     archive.db is not a database, or not one of ours, or not whole
│   └── ReleaseDamaged what it says of one release is not what was written
├── ArchiveTooOld      an older version of Dateline wrote it, and this command may not bring it up to date
├── ArchiveTooNew      the archive was written by a later version of Dateline
├── Busy               another process is writing to the same data directory
├── DiskProblem        a write failed: disk full, no permission
├── BackupRefused      a backup that would overwrite something, or is not whole
├── CorrectionRefused  a correction that cannot hold: no such release, person, field or date
├── UnknownRelease     no release has this id, or no version of it this number
├── ReleasePurged      it was taken out for good
└── (indexer.errors)   IndexMissing, IndexDamaged, QueryTooLarge, ExportBroken, PassageNotFound
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of what was purged: its id, the number of the version (0 for all), when (UTC) and why."""

    id: str
    number: int
    at: str
    reason: str


class DatelineError(Exception):
    """A condition a person can act on. `code` is the exit code of the command line (docs/CLI.md)."""

    code = 1


class FolderProblem(DatelineError):
    """The folder to add cannot be used."""

    code = 3


class NoArchive(DatelineError):
    """There is no archive in the data directory."""

    code = 4

    def __init__(self, data: Path) -> None:
        super().__init__(f"There is no archive in {data} yet. Make one with: dateline --data {data} add FOLDER")


class ArchiveGone(DatelineError):
    """There is no archive.db where there was one."""

    code = 4

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is missing, although its index or corrections are here. Put it back, or restore a backup into an "
            "empty directory (dateline restore FILE DIR). To start a new archive, choose another directory with --data."
        )


class ArchiveDamaged(DatelineError):
    """The archive file cannot be read as an archive."""

    code = 4

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read as an archive ({reason}). Leave it as it is, and restore a backup into an empty "
            "directory (dateline restore FILE DIR). If you have none, add the folders to a new data directory: "
            "the releases get the same addresses."
        )


class ReleaseDamaged(ArchiveDamaged):
    """What the archive says of one release is not what was written."""

    def __init__(self, path: Path, work: str) -> None:
        DatelineError.__init__(
            self,
            f"Release {work} is damaged in {path.name} and is not shown. Its original may be intact: "
            f"dateline --data {path.parent} verify --repair reads it again.",
        )
        self.work = work


class ArchiveTooOld(DatelineError):
    """An older version wrote the archive, and the command at hand only reads."""

    code = 4

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was written by an older Dateline. Bring it up to date with: "
            f"dateline --data {path.parent} upgrade (make a copy first). Nothing was changed."
        )


class ArchiveTooNew(DatelineError):
    """The archive has a schema this version does not know."""

    code = 4

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            f"{path} was written by a newer Dateline (schema {found}; this one knows {known}). "
            "Install a newer Dateline to open it. Nothing was changed."
        )


class Busy(DatelineError):
    """Another process holds the writer's lock."""

    code = 7

    def __init__(self, data: Path) -> None:
        super().__init__(f"Another dateline command is writing to {data}. Wait until it has finished, then try again.")


class BackupRefused(DatelineError):
    """A backup cannot be made or restored; nothing was written."""

    code = 12


class CorrectionRefused(DatelineError):
    """A correction was to be written that cannot hold; nothing was written."""

    code = 11


class DiskProblem(DatelineError):
    """The operating system refused a write."""

    code = 9


class UnknownRelease(DatelineError):
    """No release has this id."""

    code = 8

    def __init__(self, release_id: str) -> None:
        super().__init__(f"There is no release {release_id} in this archive. Ids have ten letters and digits.")


class ReleasePurged(DatelineError):
    """The release, or this version of it, was taken out for good; `tombstone` is what is left of it."""

    code = 8

    def __init__(self, tombstone: Tombstone) -> None:
        of = f", version {tombstone.number}," if tombstone.number else ""
        what = f"Release {tombstone.id}{of} was removed from this archive on {tombstone.at[:10]}."
        super().__init__(f"{what} Reason: {tombstone.reason}")
        self.tombstone = tombstone
