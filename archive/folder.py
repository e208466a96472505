"""A folder walked: every file in it once, in a fixed order, symlink loops reported and not followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from archive.errors import FolderProblem
from archive.reading import FoundFile
from archive.release import Skipped


def checked(folder: Path) -> Path:
    """`folder` as an absolute path.

    Raises:
        FolderProblem: it is not there, is not a folder, or may not be read.
    """
    path = Path(os.path.abspath(folder))
    if not path.exists():
        raise FolderProblem(f"There is no folder {folder}. Check the spelling, or whether its disk is mounted.")
    if not path.is_dir():
        raise FolderProblem(f"{folder} is a file. Give the folder that it is in.")
    if not os.access(path, os.R_OK | os.X_OK):
        raise FolderProblem(f"The folder {folder} may not be read (permission denied).")
    return path


def walk(folder: Path, leave_out: Path) -> Iterator[FoundFile | tuple[FoundFile, Skipped]]:
    """Every file below `folder` by name; hidden ones and the directory `leave_out` are passed over.

    What cannot be looked at comes with the reason.
    """
    # Paths are plain strings from here on: seven thousand Path objects took longer than looking at the files.
    yield from _walk(str(folder), str(folder), str(leave_out), frozenset())


def _walk(
    top: str, here: str, leave_out: str, above: frozenset[tuple[int, int]]
) -> Iterator[FoundFile | tuple[FoundFile, Skipped]]:
    try:
        status = os.stat(here)
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError as error:
        yield _found(top, here), Skipped(f"the folder cannot be read: {error.strerror or error}")
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield _found(top, here), Skipped("a link to a folder it is in; not followed again")
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.path == leave_out:
            continue
        yield from _entry(top, entry, leave_out, above | {identity})


def _entry(
    top: str, entry: os.DirEntry[str], leave_out: str, above: frozenset[tuple[int, int]]
) -> Iterator[FoundFile | tuple[FoundFile, Skipped]]:
    path = entry.path
    try:
        if entry.is_dir():
            yield from _walk(top, path, leave_out, above)
        elif entry.is_file():
            status = entry.stat()
            yield _found(top, path, status.st_size, status.st_mtime_ns)
        else:
            reason = "a link to nothing" if entry.is_symlink() else "not a regular file"
            yield _found(top, path), Skipped(reason)
    except OSError as error:
        yield _found(top, path), Skipped(f"cannot be looked at: {error.strerror or error}")


def _found(top: str, path: str, size: int = 0, mtime: int = 0) -> FoundFile:
    below = path[len(top) :].lstrip(os.sep) or os.path.basename(path)
    # A name that is not valid Unicode comes from the system with surrogates, which no text file may hold.
    shown = below.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")
    return FoundFile(path, shown, size, mtime)
