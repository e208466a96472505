"""Making an index: segments side by side in worker processes, or a few new ones beside those that are there."""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import wait
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any

import numpy as np

from archive import child_process
from archive.store import load_index_documents
from archive.store import Archive
from indexer.engine.protocol import Progress
from indexer.errors import IndexDamaged, IndexMissing
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.build import merging
from indexer.engine.arrays.files import BadArrays
from indexer.engine.whoosh import write_toc
from indexer.engine.arrays.evaluate import Columns
from indexer.engine.arrays.generations import Manifest, SegmentEntry
from indexer.engine.arrays.segments import fingerprint
from indexer.engine.arrays.build.segment_builder import SegmentBuilder
from indexer.engine.arrays.segments import INDEX_NAME, SegmentReader, new_segment_id, segment_name

SEGMENT_WORDS = 10_000_000
"""Words after which a segment is written: what bounds a worker's memory, whatever the archive's size."""

PORTION = 50_000
"""Releases that one task of a worker indexes, at most."""

FEW = 1500
"""Below this many releases, starting processes takes longer than indexing."""


def rebuild(archive: Archive, progress: Progress) -> None:
    """Write a new generation from the archive and make it live; the old one answers until then.

    Raises:
        OSError: the system refuses a write, or returns other bytes than were written.
    """
    # The revision is read first: a release added meanwhile is then seen by the next update.
    revision, works = archive.revision, archive.live_ids()
    with _generation(archive.data) as folder:
        segments = _segments_of(archive, works, folder, progress)
        try:
            _finish(archive, folder, revision, segments)
        except BadArrays as error:
            raise OSError(errno.EIO, f"what was written is read back otherwise: {error}") from error
    generations.discard_damaged(archive.data)


def update(archive: Archive, progress: Progress) -> None:
    """Take in what changed since the live generation; a rebuild where there is none to build upon."""
    try:
        is_done = _extend(archive, progress)
    except (IndexMissing, IndexDamaged, BadArrays):
        is_done = False
    if not is_done:
        rebuild(archive, progress)


def _extend(archive: Archive, progress: Progress) -> bool:
    """Take in what changed, in new segments beside those of the live generation; False where that is not worth it.

    Raises:
        IndexMissing, IndexDamaged, BadArrays: there is none, or a part of it that is read is damaged.
    """
    folder, manifest = generations.live(archive.data)
    revision, changed = archive.revision, archive.changed_since(manifest.revision)
    if len(changed) * 2 > manifest.releases:
        return False
    there = _open_segments(folder, manifest.segments)
    with _generation(archive.data, (folder, manifest)) as target:
        kept = _without(there, [work for work, _ in changed])
        fresh = _segments_of(archive, [work for work, live in changed if live], target, progress)
        _finish(archive, target, revision, _merged(target, kept + fresh), manifest)
    return True


def _open_segments(folder: Path, entries: Iterable[SegmentEntry]) -> list[SegmentReader]:
    """Open the segments of a generation.

    Raises:
        BadArrays: one of their files cannot be read.
    """
    try:
        return [SegmentReader(folder, entry.name, entry.deleted) for entry in entries]
    except OSError as error:
        raise BadArrays(str(error)) from error


class _generation:  # noqa: N801 (used like a function)
    """A new generation's folder, deleted again when something goes wrong."""

    def __init__(self, data: Path, source: tuple[Path, Manifest] | None = None) -> None:
        self._folder = generations.begin(data, source)

    def __enter__(self) -> Path:
        return self._folder

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _segments_of(archive: Archive, works: list[str], folder: Path, progress: Progress) -> list[SegmentEntry]:
    """Index these works into new segments, in worker processes where there are enough of them."""
    workers = os.cpu_count() or 1
    if len(works) < FEW or workers == 1:
        return _index(archive, works, folder, lambda done: progress(done, len(works)))
    size = min(PORTION, -(-len(works) // workers))
    portions = [works[start : start + size] for start in range(0, len(works), size)]
    done = child_process.SPAWN_CONTEXT.Value("q", 0)
    with child_process.create_pool(min(workers, len(portions)), _remember, done) as pool:
        tasks = [pool.submit(_index_portion, archive.data, portion, folder) for portion in portions]
        waiting = set(tasks)
        while waiting:
            waiting = wait(waiting, timeout=0.2).not_done
            progress(done.value, len(works))
        return [entry for task in tasks for entry in task.result()]


_done: Synchronized[int] | None = None


def _remember(done: Synchronized[int]) -> None:
    """In a worker: keep the counter that all workers share."""
    global _done
    _done = done
    # What is built is rows and arrays, without cycles; looking for some took a fifth of the time.
    gc.disable()


def _index_portion(data: Path, works: list[str], folder: Path) -> list[SegmentEntry]:
    def advance(count: int) -> None:
        if _done is not None and count % 100 == 0:
            with _done.get_lock():
                _done.value += 100

    with Archive(data) as archive:
        return _index(archive, works, folder, advance)


def _index(archive: Archive, works: Sequence[str], folder: Path, advance: Callable[[int], None]) -> list[SegmentEntry]:
    written: list[SegmentEntry] = []
    builder = SegmentBuilder()
    for done, entry in enumerate(load_index_documents(archive, works), 1):
        builder.add(entry)
        if builder.size >= SEGMENT_WORDS:
            written.append(_written(builder, folder))
            builder = SegmentBuilder()
        advance(done)
    if builder.rows:
        written.append(_written(builder, folder))
    return written


def _written(builder: SegmentBuilder, folder: Path) -> SegmentEntry:
    segment_id = new_segment_id()
    builder.write(folder, segment_id)
    return SegmentEntry(segment_name(segment_id), len(builder.rows), ())


def _without(segments: Sequence[SegmentReader], works: Sequence[str]) -> list[SegmentEntry]:
    """The segments with these works deleted in them; a segment with nothing left goes."""
    wanted = np.array([work.encode() for work in works], dtype=np.bytes_)
    entries = []
    for segment in segments:
        gone = np.flatnonzero(np.isin(segment.docs.array("id"), wanted)).tolist()
        deleted = tuple(sorted({*segment.deleted, *gone}))
        if len(deleted) < len(segment):
            entries.append(SegmentEntry(segment.name, len(segment), deleted))
    return entries


def _merged(folder: Path, entries: list[SegmentEntry]) -> list[SegmentEntry]:
    """The entries after all merges that are due."""
    while True:
        opened = _open_segments(folder, entries)
        due = merging.to_merge(opened)
        if not due:
            return entries
        segment_id, names = new_segment_id(), {segment.name for segment in due}
        count = merging.merge(due, folder, segment_id)
        entries = [entry for entry in entries if entry.name not in names]
        entries.append(SegmentEntry(segment_name(segment_id), count, ()))


def _finish(
    archive: Archive, folder: Path, revision: int, entries: list[SegmentEntry], source: Manifest | None = None
) -> None:
    _drop_unused(folder, {entry.name for entry in entries})
    write_toc(folder, entries)
    digests = Columns(_open_segments(folder, entries)).digests()
    generations.commit(archive.data, folder, revision, len(digests), fingerprint(digests), entries, source)


def _drop_unused(folder: Path, names: set[str]) -> None:
    for path in folder.glob(f"{INDEX_NAME}_*"):
        if path.stem not in names:
            path.unlink()

