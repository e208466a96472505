"""Added folders: list them, find how one is spelt in the archive, and forget one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.errors import FolderProblem
from archive.paths import is_below, range_bounds
from archive.store.archive import Archive
from archive.store.writing.existing_rows import stored_path
from archive.store.writing.transaction import WriteTransaction
from archive.store.writing.writer import Writer


@dataclass(frozen=True, slots=True)
class AddedFolder:
    """An added folder: when it was first added and last looked at (UTC, "" where that was not kept), what it holds.

    What lies in another added folder inside it is counted there and not here. `releases` are those of which the
    current version stands here; one that stands in two folders is counted in each. `skipped` are files not read.
    """

    path: str
    added: str
    seen: str
    files: int
    releases: int
    skipped: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class ForgetReport:
    """What forgetting a folder did: files forgotten, releases withdrawn, and the added folder around it, if any."""

    folder: str
    files: int
    withdrawn: int
    inside: str = ""


def list_folders(archive: Archive) -> list[AddedFolder]:
    """The added folders, by path."""
    rows = archive.select("SELECT path, added, seen FROM folders ORDER BY path")
    paths = [row["path"] for row in rows]
    return [
        AddedFolder(path, added, seen, *_counts(archive, path, paths), os.path.isdir(path))
        for path, added, seen in rows
    ]


def folder_paths(archive: Archive) -> list[str]:
    """The paths of the added folders."""
    return [row["path"] for row in archive.select("SELECT path FROM folders ORDER BY path")]


def absent_folders(archive: Archive) -> list[str]:
    """The paths of the added folders that are not there now."""
    return [path for path in folder_paths(archive) if not os.path.isdir(path)]


def stored_spelling(archive: Archive, folder: Path) -> Path:
    """`folder` (a real path) as the archive spells it: archives of before recorded links as they were given."""
    real = stored_path(str(folder))
    spellings = {path: os.path.realpath(path) for path in folder_paths(archive)}
    if real in spellings:
        return folder
    for path, its_real in sorted(spellings.items(), key=lambda each: (-len(each[1]), each[0])):
        if path != its_real and is_below(real, its_real):
            return Path(path + real[len(its_real) :])
    return folder


def other_spellings(archive: Archive, folder: Path) -> dict[str, str]:
    """The added folders that are `folder` or lie in it, but are spelt otherwise; each with its path below `folder`."""
    top, real = stored_path(str(folder)), stored_path(os.path.realpath(folder))
    found = {path: os.path.realpath(path) for path in folder_paths(archive) if not is_below(path, top)}
    return {path: top + its_real[len(real) :] for path, its_real in found.items() if is_below(its_real, real)}


def forget_folder(archive: Writer, folder: Path) -> ForgetReport:
    """Forget an added folder: the releases that stand only there are withdrawn. Nothing is deleted.

    Raises:
        FolderProblem: it is none of the added folders.
    """
    path = _find_folder(archive, folder)
    others = [other for other in folder_paths(archive) if other != path]
    inside = max((other for other in others if is_below(path, other)), default="", key=len)
    with archive.write_transaction() as transaction:
        files = [] if inside else _files_only_in(transaction, path, others)
        for file in files:
            transaction.forget_file(file)
        transaction.db.execute("DELETE FROM folders WHERE path = ?", (path,))
        transaction.update_works()
    return ForgetReport(path, len(files), transaction.stats.withdrawn, inside)


def _files_only_in(transaction: WriteTransaction, folder: str, others: Sequence[str]) -> list[str]:
    condition, values = _within_folder(folder, others)
    rows = transaction.db.execute(
        f"SELECT path FROM files WHERE {condition} AND status != 'gone' ORDER BY path", values
    )
    return [row["path"] for row in rows]


def _find_folder(archive: Archive, folder: Path) -> str:
    known = folder_paths(archive)
    given, real = stored_path(os.path.abspath(folder)), stored_path(os.path.realpath(folder))
    for path in known:
        if path in (given, real) or os.path.realpath(path) == real:
            return path
    around = max((path for path in known if is_below(given, path)), default="", key=len)
    why = f"{folder} is not an added folder" + (f"; it lies in {around}, which is" if around else "")
    raise FolderProblem(f"{why}. {_names(known)} Nothing was changed.")


def _names(known: Sequence[str]) -> str:
    return f"Added folders: {', '.join(known)}." if known else "No folder has been added to this archive."


def _counts(archive: Archive, folder: str, folders: Iterable[str]) -> tuple[int, int, int]:
    """The files that are there, the releases, and the files not read; without those of added folders inside."""
    condition, values = _within_folder(folder, folders)
    (files,) = archive.select(
        "SELECT count(*) AS files, count(*) FILTER (WHERE status = 'skipped') AS skipped FROM files "
        f"WHERE {condition} AND status != 'gone'",
        values,
    )
    (works,) = archive.select(
        "SELECT count(DISTINCT w.work) AS works FROM (SELECT version FROM locations "
        f"WHERE live AND {condition}) JOIN versions v USING (version) "
        "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live",
        values,
    )
    return files["files"], works["works"], files["skipped"]


def _within_folder(folder: str, folders: Iterable[str]) -> tuple[str, list[str]]:
    """The SQL condition that `path` lies in a folder, and in none of the added ones inside it; and its values."""
    inside = [other for other in folders if other != folder and is_below(other, folder)]
    conditions = ["path > ? AND path < ?", *("NOT (path > ? AND path < ?)" for _ in inside)]
    return " AND ".join(conditions), [bound for each in (folder, *inside) for bound in range_bounds(each)]
