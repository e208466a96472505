"""Plans a sync: compares a folder with the files the archive has recorded."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from archive.ingest.walk import LEADS_OUT, walk
from archive.parsed import FolderFile, ParsedFile
from archive.store.writing import KnownFile, Writer, stored_path


@dataclass(slots=True)
class SyncPlan:
    """Files to open, unreadable ones, and recorded ones that are gone."""

    files: int
    to_open: list[FolderFile]
    unreadable: list[ParsedFile]
    gone: list[str]
    known: dict[str, KnownFile]

    @property
    def links_out(self) -> list[str]:
        """The links that lead out of the folder and are not followed (stored paths)."""
        return [stored_path(each.file.path) for each in self.unreadable if each.skipped[0].reason == LEADS_OUT]


def plan_sync(archive: Writer, top: Path, *, follow_links: bool = False) -> SyncPlan:
    """Compare a folder, as the archive spells it, with its recorded files."""
    known = archive.known_files(top)
    if archive.restoring:  # its bytes may stand in any file, and were left out of what was read before
        known = {path: replace(file, digest="") for path, file in known.items()}
    seen: set[str] = set()
    plan = SyncPlan(0, [], [], [], known)
    for found in walk(top, archive.data.absolute(), follow_links=follow_links):
        file, skip = found if isinstance(found, tuple) else (found, None)
        path = stored_path(file.path)
        seen.add(path)
        plan.files += 1
        if skip:
            plan.unreadable.append(ParsedFile(file, "", skipped=(skip,)))
        elif not _is_unchanged(file, known.get(path)):
            plan.to_open.append(file)
    plan.gone = sorted(
        path
        for path, file in known.items()
        if path not in seen and file.status != "gone" and not _is_in_unreadable(path, plan.unreadable)
    )
    return plan


def _is_in_unreadable(path: str, unreadable: list[ParsedFile]) -> bool:
    """Whether `path` lies in a folder that could not be read: then nobody knows whether it is gone."""
    return any(path.startswith(stored_path(parsed_file.file.path) + os.sep) for parsed_file in unreadable)


def _is_unchanged(file: FolderFile, known: KnownFile | None) -> bool:
    """Whether size and time are as recorded, and the file could be opened then."""
    if known is None or known.status == "gone" or not known.digest:
        return False
    return (file.size, file.mtime) == (known.size, known.mtime)
