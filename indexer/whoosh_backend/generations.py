"""The index on disk: `index/gen-<n>/` folders, and a pointer that makes one of them live.

A generation is written beside the live one, flushed to the disk, and only then named in the pointer, which
is replaced in one atomic step. A change of a few releases is a generation too: its folder begins as hard
links to the files of the one before, which Whoosh never changes once written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer import versions
from indexer.errors import IndexDamaged, IndexMissing

FOLDER, POINTER, MANIFEST = "index", "CURRENT", "generation.json"

KEPT = 2
"""Generations kept: the live one, and the one that readers may still have open."""


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of a generation: the name of its files, its documents, and those of them that count no longer."""

    name: str
    documents: int
    deleted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says about itself; `files` maps each file's name to its size and SHA-256."""

    revision: int
    releases: int
    fingerprint: str
    segments: tuple[SegmentEntry, ...]
    files: dict[str, tuple[int, str]]
    tokens: str = versions.TOKENS
    schema: str = versions.LAYOUT


def pointer(data: Path) -> str:
    """The name of the live generation; "" where there is none."""
    try:
        name = (data / FOLDER / POINTER).read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    # Nothing but a generation of this very folder is ever opened: Whoosh's files are pickles.
    return name if re.fullmatch(r"gen-\d+", name) else ""


def live(data: Path) -> tuple[Path, Manifest]:
    """The folder and manifest of the live generation, its files all there in their full size.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: it is not whole, or was written by other rules.
    """
    name = pointer(data)
    if not name:
        raise IndexMissing(data)
    folder = data / FOLDER / name
    return folder, _whole(data, folder)


def current(data: Path, revision: int) -> Manifest | None:
    """The manifest of the live generation, where it is whole and of this revision of the archive."""
    try:
        _, manifest = live(data)
    except (IndexMissing, IndexDamaged):
        return None
    return manifest if manifest.revision == revision else None


def answering(data: Path, refused: Collection[str] = ()) -> Iterator[tuple[Path, Manifest]]:
    """The live generation, then those kept before it, newest first: those that are whole and not refused.

    Raises:
        IndexMissing, IndexDamaged: there is none; what is said is about the live one.
    """
    name = pointer(data)
    problem: IndexDamaged | None = None
    if not name:
        raise IndexMissing(data)
    for folder in [data / FOLDER / name, *(p for p in reversed(_generations(data / FOLDER)) if p.name < name)]:
        try:
            if folder.name in refused:
                raise IndexDamaged(data, f"{FOLDER}/{folder.name} was altered after it was written")
            yield folder, _whole(data, folder)
        except IndexDamaged as error:
            problem = problem or error
    if problem:
        raise problem


def _whole(data: Path, folder: Path) -> Manifest:
    """Return the manifest of a generation after checking that its files are there in the sizes it says."""
    name = folder.name
    try:
        manifest = _manifest(json.loads((folder / MANIFEST).read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexDamaged(data, f"{FOLDER}/{name}/{MANIFEST} cannot be read") from error
    if (manifest.tokens, manifest.schema) != (versions.TOKENS, versions.LAYOUT):
        raise IndexDamaged(data, "it was made by another version of Dateline")
    for file, (size, _) in manifest.files.items():
        path = folder / file
        if not path.is_file() or path.stat().st_size != size:
            raise IndexDamaged(data, f"{FOLDER}/{name}/{file} is missing or cut short")
    return manifest


def _manifest(values: dict[str, Any]) -> Manifest:
    segments = tuple(SegmentEntry(s["name"], s["documents"], tuple(s["deleted"])) for s in values.pop("segments"))
    return Manifest(segments=segments, **values)


def altered(folder: Path, manifest: Manifest) -> Iterator[str]:
    """The files of a generation whose bytes are not those that were written."""
    for file, (_, expected) in manifest.files.items():
        if _sha256(folder / file) != expected:
            yield file


def begin(data: Path, source: Path | None = None, manifest: Manifest | None = None) -> Path:
    """A new generation's folder: empty, or holding the segments of `source` (by hard link where possible)."""
    index = data / FOLDER
    index.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name[4:]) for path in _generations(index)]
    folder = index / f"gen-{max(numbers, default=0) + 1:06}"
    folder.mkdir()
    names = {entry.name for entry in manifest.segments} if manifest else set()
    for file in sorted(source.iterdir()) if source else ():
        if file.stem in names:
            _link(file, folder / file.name)
    return folder


def commit(
    data: Path, folder: Path, revision: int, releases: int, fingerprint: str, segments: Sequence[SegmentEntry]
) -> None:
    """Make `folder` the live generation: files, then manifest, then pointer, each on the disk before the next."""
    files = {}
    for path in sorted(folder.iterdir()):
        _flush(path)
        files[path.name] = (path.stat().st_size, _sha256(path))
    manifest = Manifest(revision, releases, fingerprint, tuple(segments), files)
    _write(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
    _flush_folder(folder)
    _switch(data, folder.name)
    discard_old(data)


def _switch(data: Path, name: str) -> None:
    index = data / FOLDER
    _write(index / f"{POINTER}.new", name + "\n")
    os.replace(index / f"{POINTER}.new", index / POINTER)
    _flush_folder(index)


def discard_old(data: Path) -> None:
    """Delete generations that nobody needs: all but the newest two, and unfinished ones."""
    index, current = data / FOLDER, pointer(data)
    finished = [path for path in _generations(index) if path.name <= current]
    for path in [*finished[:-KEPT], *(p for p in _generations(index) if p.name > current)]:
        # A reader may hold a file open where the system then forbids deleting; the next commit tries again.
        shutil.rmtree(path, ignore_errors=True)


def _generations(index: Path) -> list[Path]:
    return sorted(path for path in index.glob("gen-*") if path.name[4:].isdigit())


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a file system without hard links
        shutil.copy2(file, target)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    _flush(path)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    # Windows cannot open a folder; there the rename itself is durable.
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
