"""Builds an index: segments in parallel worker processes, or a few new ones beside the existing."""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import wait
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import numpy as np

from archive import child_process
from archive.release import IndexDocument
from archive.store import Archive, list_works_with_other_versions, load_index_documents, load_other_versions
from indexer.engine.arrays.construction import merge
from indexer.engine.arrays.construction.segment_builder import SegmentBuilder
from indexer.engine.arrays.evaluate import Columns
from indexer.engine.arrays.files import DamagedFile
from indexer.engine.arrays.generations import Manifest, SegmentEntry, generations
from indexer.engine.arrays.segments import INDEX_NAME, SegmentReader, fingerprint, new_segment_id, segment_name
from indexer.engine.protocol import Progress
from indexer.engine.whoosh import write_toc
from indexer.errors import IndexDamaged, IndexMissing

MAX_SEGMENT_WORDS = 10_000_000
"""Tokens after which a segment is written, which bounds a worker's memory whatever the archive's size."""

MAX_TASK_RELEASES = 50_000
"""Releases that one task of a worker indexes."""

Load = Callable[[Archive, Sequence[str]], Iterator[IndexDocument]]
"""What loads the documents of some works: their current versions, or their other ones."""

MIN_PARALLEL = 1500
"""Releases from which on worker processes are started; fewer are indexed in less time than that takes."""


def rebuild(archive: Archive, progress: Progress) -> None:
    """Write a new generation from the archive and make it live; the old one is searched until then.

    Raises:
        OSError: the system refuses a write, or returns other bytes than were written.
    """
    # The revision is read first, so that the next update takes in a release that is added meanwhile.
    revision, works, edited = archive.revision, archive.live_ids(), list_works_with_other_versions(archive)
    with _NewGeneration(archive.data) as folder:
        total = len(works) + len(edited)
        segments = _index_parallel(archive, works, folder, _part(progress, 0, total))
        history = _index_parallel(archive, edited, folder, _part(progress, len(works), total), load_other_versions)
        try:
            _commit(archive, folder, revision, segments, history)
        except DamagedFile as error:
            raise OSError(errno.EIO, f"what was written is read back otherwise: {error}") from error
    generations.discard_damaged_generations(archive.data)


def update(archive: Archive, progress: Progress) -> None:
    """Update the index to the archive's revision: extend the live generation, or rebuild where that is not possible."""
    try:
        is_extended = _extend(archive, progress)
    except (IndexMissing, IndexDamaged, DamagedFile):
        is_extended = False
    if not is_extended:
        rebuild(archive, progress)


def _extend(archive: Archive, progress: Progress) -> bool:
    """Index what changed in new segments beside those of the live generation; False where a rebuild is cheaper.

    Raises:
        IndexMissing, IndexDamaged, DamagedFile: there is no live generation, or a part of it that is read is damaged.
    """
    folder, manifest = generations.read_live(archive.data)
    revision, changed = archive.revision, archive.changed_since(manifest.revision)
    if len(changed) * 2 > manifest.releases:
        return False
    existing, history = (_open_segments(folder, entries) for entries in (manifest.segments, manifest.history))
    works, live = [work for work, _ in changed], [work for work, is_live in changed if is_live]
    with _NewGeneration(archive.data, (folder, manifest)) as target:
        kept, kept_history = (_delete_works(segments, works) for segments in (existing, history))
        edited = list_works_with_other_versions(archive, works)
        total = len(live) + len(edited)
        fresh = _index_parallel(archive, live, target, _part(progress, 0, total))
        fresh_history = _index_parallel(archive, edited, target, _part(progress, len(live), total), load_other_versions)
        _commit(
            archive,
            target,
            revision,
            _merge_while_due(target, kept + fresh),
            _merge_while_due(target, kept_history + fresh_history),
            manifest,
        )
    return True


def _part(progress: Progress, before: int, total: int) -> Progress:
    """The progress of a part of the work that begins after `before` of `total`."""
    return lambda done, _: progress(before + done, total)


def _open_segments(folder: Path, entries: Iterable[SegmentEntry]) -> list[SegmentReader]:
    """Open the segments of a generation.

    Raises:
        DamagedFile: one of their files cannot be read.
    """
    try:
        return [SegmentReader(folder, entry.name, entry.deleted) for entry in entries]
    except OSError as error:
        raise DamagedFile(str(error)) from error


class _NewGeneration:
    """A context manager for a new generation's folder, which an exception deletes."""

    def __init__(self, data: Path, source: tuple[Path, Manifest] | None = None) -> None:
        self._folder = generations.create_folder(data, source)

    def __enter__(self) -> Path:
        return self._folder

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            shutil.rmtree(self._folder, ignore_errors=True)


def _index_parallel(
    archive: Archive, works: list[str], folder: Path, progress: Progress, load: Load = load_index_documents
) -> list[SegmentEntry]:
    """Index these works into new segments, in worker processes where there are at least MIN_PARALLEL."""
    workers = os.cpu_count() or 1
    if len(works) < MIN_PARALLEL or workers == 1:
        return _index(archive, works, folder, lambda done: progress(done, len(works)), load)
    size = min(MAX_TASK_RELEASES, -(-len(works) // workers))
    chunks = [works[start : start + size] for start in range(0, len(works), size)]
    done = child_process.SPAWN_CONTEXT.Value("q", 0)
    with child_process.create_pool(min(workers, len(chunks)), _start_worker, done) as pool:
        tasks = [pool.submit(_index_task, archive.data, chunk, folder, load) for chunk in chunks]
        pending = set(tasks)
        while pending:
            pending = wait(pending, timeout=0.2).not_done
            progress(done.value, len(works))
        return [entry for task in tasks for entry in task.result()]


_done: Synchronized[int] | None = None


def _start_worker(done: Synchronized[int]) -> None:
    """Initialise a worker: keep the counter that all workers share, and turn cyclic garbage collection off."""
    global _done
    _done = done
    # Rows and arrays have no reference cycles, and searching for some is slow with so many objects.
    gc.disable()


def _index_task(data: Path, works: list[str], folder: Path, load: Load) -> list[SegmentEntry]:
    def advance(count: int) -> None:
        if _done is not None and count % 100 == 0:
            with _done.get_lock():
                _done.value += 100

    with Archive(data) as archive:
        return _index(archive, works, folder, advance, load)


def _index(
    archive: Archive, works: Sequence[str], folder: Path, advance: Callable[[int], None], load: Load
) -> list[SegmentEntry]:
    segments: list[SegmentEntry] = []
    builder = SegmentBuilder()
    done, last = 0, ""
    for entry in load(archive, works):
        builder.add(entry)
        if builder.size >= MAX_SEGMENT_WORDS:
            segments.append(_write_segment(builder, folder))
            builder = SegmentBuilder()
        if entry.work != last:  # one work may have several documents
            done, last = done + 1, entry.work
            advance(done)
    if builder.rows:
        segments.append(_write_segment(builder, folder))
    return segments


def _write_segment(builder: SegmentBuilder, folder: Path) -> SegmentEntry:
    segment_id = new_segment_id()
    builder.write(folder, segment_id)
    return SegmentEntry(segment_name(segment_id), len(builder.rows), ())


def _delete_works(segments: Sequence[SegmentReader], works: Sequence[str]) -> list[SegmentEntry]:
    """The entries of the segments with these works deleted; a segment without live documents is dropped."""
    ids = np.array([work.encode() for work in works], dtype=np.bytes_)
    entries = []
    for segment in segments:
        matches = np.flatnonzero(np.isin(segment.docs.array("id"), ids)).tolist()
        deleted = tuple(sorted({*segment.deleted, *matches}))
        if len(deleted) < len(segment):
            entries.append(SegmentEntry(segment.name, len(segment), deleted))
    return entries


def _merge_while_due(folder: Path, entries: list[SegmentEntry]) -> list[SegmentEntry]:
    """Merge until no merge is due; the entries of the segments then."""
    while True:
        due = merge.select_merge(_open_segments(folder, entries))
        if not due:
            return entries
        segment_id, names = new_segment_id(), {segment.name for segment in due}
        count = merge.merge_segments(due, folder, segment_id)
        entries = [entry for entry in entries if entry.name not in names]
        entries.append(SegmentEntry(segment_name(segment_id), count, ()))


def _commit(
    archive: Archive,
    folder: Path,
    revision: int,
    entries: list[SegmentEntry],
    history: list[SegmentEntry],
    source: Manifest | None = None,
) -> None:
    _drop_unused(folder, {entry.name for entry in (*entries, *history)})
    write_toc(folder, entries)
    digests = Columns(_open_segments(folder, entries)).digests()
    generations.commit_generation(
        archive.data, folder, revision, len(digests), fingerprint(digests), entries, source, history
    )


def _drop_unused(folder: Path, names: set[str]) -> None:
    for path in folder.glob(f"{INDEX_NAME}_*"):
        if path.stem not in names:
            path.unlink()
