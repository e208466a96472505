"""Walks a folder: every file once, in a fixed order; links out of it, to nothing or in a loop are reported."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import FolderProblem
from archive.parsed import FolderFile
from archive.paths import is_below, relative_path, shown_path
from archive.release import Skipped

LEADS_OUT = "a link out of the folder; --follow-links reads it"
"""The reason for skipping what such a link leads to."""

_LEADS_INTO_DATA = "a link into the data directory; never read"
_LEADS_NOWHERE = "a link whose target does not exist"

DirectoryId = tuple[int, int]
"""A directory's device and inode number."""

WalkedFile = FolderFile | tuple[FolderFile, Skipped]


def resolve_folder(folder: Path) -> Path:
    """`folder` as an absolute path without links: however it is spelt, it is one folder.

    Raises:
        FolderProblem: it is not there, is not a folder, or may not be read.
    """
    try:
        path = Path(os.path.realpath(folder))
        is_there = path.exists()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FolderProblem(f"The folder cannot be examined ({reason}): {str(folder)[:100]}") from error
    if not is_there:
        raise FolderProblem(f"There is no folder {folder}. Check the spelling, and whether its disk is mounted.")
    if not path.is_dir():
        raise FolderProblem(f"{folder} is a file. Give the folder it is in.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise FolderProblem(f"The folder {folder} cannot be read (permission denied).")
    return path


def walk(folder: Path, leave_out: Path, *, follow_links: bool = False) -> Iterator[WalkedFile]:
    """Every file below `folder` by name; hidden ones and the directory `leave_out` are passed over.

    What cannot be looked at comes with the reason, and so does a link that leads out of the folder, unless
    `follow_links`. Into `leave_out` no link leads, however it is spelt.
    """
    # Paths are plain strings from here on: making Path objects takes longer than looking at the files.
    yield from _Walk(folder, leave_out, follow_links).files(str(folder), frozenset())


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where links may lead to: real paths of the folder and of the directory to leave out."""

    top: str
    leave_out: str
    follow_links: bool

    def refusal(self, link: str) -> str:
        """Why a link is not followed, or ""."""
        target = os.path.realpath(link)
        leads_out = not is_below(target, self.top)
        if is_below(target, self.leave_out) and (leads_out or not is_below(self.top, self.leave_out)):
            return _LEADS_INTO_DATA
        return LEADS_OUT if leads_out and not self.follow_links else ""


class _Walk:
    def __init__(self, folder: Path, leave_out: Path, follow_links: bool) -> None:
        self._top = str(folder)
        self._bounds = _Bounds(os.path.realpath(folder), os.path.realpath(leave_out), follow_links)
        self._leave_out = _directory_id(self._bounds.leave_out)

    def files(self, here: str, above: frozenset[DirectoryId]) -> Iterator[WalkedFile]:
        """The files in and below a folder; `above` are the folders it is in."""
        try:
            status = os.stat(here)
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError as error:
            yield self._folder_file(here), Skipped(f"the folder cannot be read: {error.strerror or error}")
            return
        identity = (status.st_dev, status.st_ino)
        if identity == self._leave_out:
            return
        if identity in above:
            yield self._folder_file(here), Skipped("a link to a folder that contains it; not followed")
            return
        for entry in entries:
            if not entry.name.startswith("."):
                yield from self._entry(entry, above | {identity})

    def _entry(self, entry: os.DirEntry[str], above: frozenset[DirectoryId]) -> Iterator[WalkedFile]:
        path = entry.path
        try:
            if entry.is_symlink() and (refusal := self._bounds.refusal(path)):
                yield self._folder_file(path), Skipped(refusal if os.path.exists(path) else _LEADS_NOWHERE)
            elif entry.is_dir():
                yield from self.files(path, above)
            elif entry.is_file():
                status = entry.stat()
                yield self._folder_file(path, status.st_size, status.st_mtime_ns)
            else:
                reason = _LEADS_NOWHERE if entry.is_symlink() else "not a regular file"
                yield self._folder_file(path), Skipped(reason)
        except OSError as error:
            yield self._folder_file(path), Skipped(f"cannot be examined: {error.strerror or error}")

    def _folder_file(self, path: str, size: int = 0, mtime: int = 0) -> FolderFile:
        return FolderFile(path, shown_path(relative_path(path, self._top) or os.path.basename(path)), size, mtime)


def _directory_id(folder: str) -> DirectoryId | None:
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino
