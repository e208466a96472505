"""The index on disk: `index/gen-<n>/` folders, and a pointer that makes one of them live.

A generation is written beside the live one, flushed to the disk, and only then named in the pointer, which
is replaced in one atomic step. A change of a few releases is a generation too: its folder begins as hard
links to the files of the one before, which Whoosh never changes once written. Damage to one file may therefore be in
both: an earlier generation replaces the live one only after every byte of it was verified.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.fsync import fsync_file, fsync_folder
from indexer.engine.arrays.generations import known_damage
from indexer.engine.arrays.generations.digest_line import append_digest, strip_digest
from indexer.engine.arrays.generations.manifest import (
    Manifest,
    OtherIndexVersion,
    SegmentEntry,
    format_manifest,
    parse_manifest,
)
from indexer.errors import IndexDamaged, IndexMissing

FOLDER, POINTER, MANIFEST = "index", "CURRENT", "generation.json"

_DISCARDED = ".discarded"
"""The end of a folder's name while it is being deleted."""

MAX_GENERATIONS = 2
"""Generations kept: the live one, and the one before it, which readers may still have open or fall back on."""


def read_pointer(data: Path) -> str:
    """The name of the live generation; "" where there is none.

    Raises:
        IndexDamaged: the pointer does not match its digest.
    """
    try:
        content = (data / FOLDER / POINTER).read_text("ascii")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise IndexDamaged(data, f"{FOLDER}/{POINTER} cannot be read") from error
    name = strip_digest(content)
    if name is None:
        name = content.strip()  # layouts before 6 had no digest; a truncated digest does not match the pattern below
    # Nothing but a generation of this very folder is ever opened: Whoosh's files are pickles.
    if not re.fullmatch(r"gen-\d{6,}", name):
        raise IndexDamaged(data, f"{FOLDER}/{POINTER} was altered after it was written")
    return name


def live_name(data: Path) -> str:
    """The name of the live generation; "" where there is none or the pointer is damaged."""
    try:
        return read_pointer(data)
    except IndexDamaged:
        return ""


def read_live(data: Path) -> tuple[Path, Manifest]:
    """The folder and manifest of the live generation, whose files all exist in their full size.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: it is incomplete, or another version of Dateline wrote it.
    """
    name = read_pointer(data)
    if not name:
        raise IndexMissing(data)
    folder = data / FOLDER / name
    return folder, _read_complete_manifest(data, folder)


def is_outdated(data: Path) -> bool:
    """Whether another version of Dateline made the live generation."""
    try:
        read_live(data)
    except (IndexMissing, IndexDamaged) as error:
        return isinstance(error.__cause__, OtherIndexVersion)
    return False


def live_manifest_at(data: Path, revision: int) -> Manifest | None:
    """The manifest of the live generation if it is complete and of this revision of the archive, else None."""
    try:
        _, manifest = read_live(data)
    except (IndexMissing, IndexDamaged):
        return None
    return manifest if manifest.revision == revision else None


def earlier_folders(data: Path) -> list[Path]:
    """The folders of the generations before the live one, newest first; empty where the pointer is damaged."""
    name = live_name(data)
    return [path for path in reversed(_generation_folders(data / FOLDER)) if path.name < name]


def verify_generation(data: Path, folder: Path) -> Manifest:
    """Verify every byte of a generation against its manifest, and return the manifest.

    Raises:
        IndexDamaged: a byte differs, or another version of Dateline wrote it.
    """
    manifest = _read_complete_manifest(data, folder)
    for problem in altered_files(folder, manifest):
        known_damage.remember(folder, problem)
        raise IndexDamaged(data, problem)
    return manifest


def _read_complete_manifest(data: Path, folder: Path) -> Manifest:
    """Return the manifest of a generation after checking that its files exist in the sizes that it lists."""
    if problem := known_damage.recall(folder):
        raise IndexDamaged(data, problem)
    name = f"{FOLDER}/{folder.name}"
    try:
        manifest = parse_manifest((folder / MANIFEST).read_text("utf-8"))
    except OtherIndexVersion as error:
        raise IndexDamaged(data, "it was made by another version of Dateline") from error
    except OSError as error:
        raise IndexDamaged(data, f"{name}/{MANIFEST} cannot be read") from error
    except ValueError as error:
        raise IndexDamaged(data, f"{name}/{MANIFEST} was altered after it was written") from error
    for file, (size, _) in manifest.files.items():
        path = folder / file
        if not path.is_file() or path.stat().st_size != size:
            raise IndexDamaged(data, f"{name}/{file} is missing or has not the size it was written with")
    return manifest


def altered_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    """A line for each file of a generation that does not match its SHA-256; reads them all."""
    for file, (_, expected) in manifest.files.items():
        try:
            matches = _sha256(folder / file) == expected
        except OSError as error:
            yield f"{FOLDER}/{folder.name}/{file} cannot be read: {error.strerror or error}"
        else:
            if not matches:
                yield f"{FOLDER}/{folder.name}/{file} was altered after it was written"


def create_folder(data: Path, source: tuple[Path, Manifest] | None = None) -> Path:
    """Create a new generation's folder: empty, or with the segments of `source` (by hard link where possible)."""
    index = data / FOLDER
    index.mkdir(parents=True, exist_ok=True)
    numbers = [int(path.name[4:]) for path in _generation_folders(index)]
    folder = index / f"gen-{max(numbers, default=0) + 1:06}"
    folder.mkdir()
    if source:
        for name in source[1].segment_files():
            _link_or_copy(source[0] / name, folder / name)
    return folder


def commit_generation(
    data: Path,
    folder: Path,
    revision: int,
    releases: int,
    fingerprint: str,
    segments: Sequence[SegmentEntry],
    source: Manifest | None = None,
    history: Sequence[SegmentEntry] = (),
) -> None:
    """Make `folder` the live generation: files, then manifest, then pointer, each on the disk before the next.

    `releases` and `fingerprint` are of `segments`; `history` are those of other versions. `source` is the manifest of
    the generation whose segments it links to.

    Raises:
        IndexDamaged: a linked file does not match its SHA-256 there.
    """
    files = {}
    for path in sorted(folder.iterdir()):
        fsync_file(path)
        files[path.name] = (path.stat().st_size, _sha256(path))
    for name, written in source.segment_files().items() if source else ():
        # A new digest would make the damage look like what was written.
        if files.get(name, written) != written:
            raise IndexDamaged(data, f"{FOLDER}/{folder.name}/{name} was altered after it was written")
    manifest = Manifest(revision, releases, fingerprint, tuple(segments), files, tuple(history))
    _write(folder / MANIFEST, format_manifest(manifest))
    fsync_folder(folder)
    _switch_pointer(data, folder.name)
    discard_old_generations(data)


def _switch_pointer(data: Path, name: str) -> None:
    index = data / FOLDER
    _write(index / f"{POINTER}.new", append_digest(name))
    os.replace(index / f"{POINTER}.new", index / POINTER)
    fsync_folder(index)


def discard_old_generations(data: Path, kept: int = MAX_GENERATIONS) -> None:
    """Delete all generations but the newest `kept` that have a manifest."""
    index, live = data / FOLDER, read_pointer(data)
    finished = [path for path in _generation_folders(index) if path.name <= live and (path / MANIFEST).exists()]
    for path in [*_generation_folders(index), *index.glob(f"gen-*{_DISCARDED}")]:
        if path not in finished[-kept:]:
            _delete_folder(path)


def discard_damaged_generations(data: Path) -> None:
    """Delete the earlier generations that are damaged and so cannot replace the live one."""
    for folder in earlier_folders(data):
        try:
            verify_generation(data, folder)
        except IndexDamaged:
            _delete_folder(folder)


def discard_kept_texts(data: Path) -> None:
    """Delete the texts that are kept beside the generations."""
    for path in (data / FOLDER).iterdir():
        if path.is_file() and path.name not in (POINTER, f"{POINTER}.new"):
            path.unlink(missing_ok=True)


def _delete_folder(folder: Path) -> None:
    """Delete a generation; one that is left half deleted has no generation's name any more."""
    discarded = folder if folder.suffix == _DISCARDED else folder.with_name(f"{folder.name}{_DISCARDED}")
    # A reader may hold a file open where the system then forbids moving and deleting; the next commit tries again.
    with contextlib.suppress(OSError):
        folder.rename(discarded)
        shutil.rmtree(discarded, ignore_errors=True)


def _generation_folders(index: Path) -> list[Path]:
    return sorted(path for path in index.glob("gen-*") if path.name[4:].isdigit())


def _link_or_copy(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # a file system without hard links
        shutil.copy2(file, target)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    fsync_file(path)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
