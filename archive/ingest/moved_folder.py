"""Detects that an added folder was moved, by the names, sizes and digests of its files.

It is one whose old path is gone and whose bytes are mostly those that came from there. What is not there any more is
withdrawn by the sync that follows; so a disk that is merely not mounted must not be taken for a folder that moved.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from archive.ingest.walk import walk
from archive.parsed import FolderFile
from archive.paths import is_below, relative_path
from archive.store.writing import KnownFile, Writer, stored_path

_MAX_COMPARED_FILES, _MAX_SAME_NAME = 1000, 4
"""Files compared to match the folders of both paths, and files of one name among them."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Move:
    """A folder that was moved, `old` to `new` (stored paths), and how many files there are at both."""

    old: str
    new: str
    files: int


@dataclass(frozen=True, slots=True)
class _FolderPair:
    """The files recorded below an old path and found below a new one, by relative path."""

    known: Mapping[str, KnownFile]
    found: Mapping[str, FolderFile]


def find_move(archive: Writer, folder: Path, gone: Iterable[str]) -> Move | None:
    """The move that brought `folder` where it is, from one of the added folders that are `gone`.

    None where it was added before, or nothing says that it moved.
    """
    if any(file.status != "gone" for file in archive.known_files(folder).values()):
        return None
    found = _walk_folder(archive, folder)
    moves = [move for path in gone if (move := _match_move(archive, path, stored_path(str(folder)), found))]
    return max(moves, key=lambda move: move.files, default=None)


def _walk_folder(archive: Writer, folder: Path) -> dict[str, FolderFile]:
    top = stored_path(str(folder))
    files = (file for file in walk(folder, archive.data.absolute()) if isinstance(file, FolderFile))
    return {relative_path(stored_path(file.path), top): file for file in files}


def _match_move(archive: Writer, gone: str, top: str, found: Mapping[str, FolderFile]) -> Move | None:
    files = archive.known_files(Path(gone)).items()
    known = {relative_path(path, gone): file for path, file in files if file.status != "gone" and file.digest}
    old, new = _matching_folders(known, found)
    both = _FolderPair(_paths_within(known, old), _paths_within(found, new))
    if not _is_alike(both, os.path.isdir(os.path.dirname(gone))) or not _has_same_bytes(both):
        return None
    return Move(os.path.join(gone, old).rstrip(os.sep), os.path.join(top, new).rstrip(os.sep), len(both.found))


def _matching_folders(known: Mapping[str, KnownFile], found: Mapping[str, FolderFile]) -> tuple[str, str]:
    """Which folder below the old place became which below the new one: by files of one name and size, most of them."""
    names: dict[tuple[str, int], list[str]] = {}
    for path, file in known.items():
        names.setdefault((os.path.basename(path), file.size), []).append(path)
    votes: Counter[tuple[str, str]] = Counter()
    for path, seen in list(found.items())[:_MAX_COMPARED_FILES]:
        same = names.get((os.path.basename(path), seen.size), [])
        votes.update(_strip_common_end(old, path) for old in same[:_MAX_SAME_NAME])
    return next((pair for pair, _ in votes.most_common() if "" in pair), ("", ""))


def _strip_common_end(old: str, new: str) -> tuple[str, str]:
    """Two paths without the names at their ends that are the same."""
    olds, news = old.split(os.sep), new.split(os.sep)
    while olds and news and olds[-1] == news[-1]:
        olds.pop()
        news.pop()
    return os.sep.join(olds), os.sep.join(news)


def _is_alike(both: _FolderPair, parent_is_there: bool) -> bool:
    """Whether names and sizes say that this is the same folder; cheap, and all that most folders are asked."""
    known, found = both.known, both.found
    left = Counter(file.size for path, file in known.items() if path not in found)
    came = Counter(file.size for path, file in found.items() if path not in known)
    alike = len(found) - (came - left).total()
    nearly_all = 10 * (left - came).total() <= len(known)
    # Where even the folder around it is gone, its disk may not be mounted.
    enough = nearly_all or (parent_is_there and 2 * (left - came).total() <= len(known))
    return alike > 0 and enough and (nearly_all or 2 * alike > len(found))


def _has_same_bytes(both: _FolderPair) -> bool:
    """Whether at least half of the files whose size is known at the old place are those that stood there."""
    digests = {(file.size, file.digest) for file in both.known.values()}
    sizes = {size for size, _ in digests}
    files = [file for file in both.found.values() if file.size in sizes]
    same = other = 0
    for file in files:
        if (file.size, _digest(file.path)) in digests:
            same += 1
        else:
            other += 1
        if 2 * max(same, other) > len(files):
            break
    return same > 0 and 2 * same >= len(files)


def _digest(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _paths_within(paths: Mapping[str, Value], folder: str) -> dict[str, Value]:
    """Those of the paths that lie in a folder ("" for all), by what is below it."""
    return {relative_path(path, folder): value for path, value in paths.items() if not folder or is_below(path, folder)}
