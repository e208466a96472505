"""Writing an index with Whoosh: a whole new generation, or a new one that differs in a few releases."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index

from archive.release import Version
from archive.store import Archive
from indexer.backend import Progress
from indexer.errors import IndexDamaged, IndexMissing
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.columns import columns
from indexer.whoosh_backend.schema import document, schema

MEMORY_MB = 256
"""What Whoosh may hold in memory before it writes a run of postings to the disk."""


def rebuild(archive: Archive, progress: Progress) -> None:
    """Write a new generation from the archive and make it live; the old one answers until then."""
    # The revision is read first: a release added meanwhile is then seen by the next update.
    revision, works = archive.revision, archive.live_ids()
    folder = generations.begin(archive.data)
    try:
        index = whoosh_index.create_in(str(folder), schema())
        writer = index.writer(limitmb=MEMORY_MB)
        _add(writer, archive.releases(works), len(works), progress)
        writer.commit()
        _finish(archive, folder, revision)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def update(archive: Archive, progress: Progress) -> None:
    """Bring the index up to date; a rebuild where there is none that can be used."""
    try:
        folder, manifest = generations.live(archive.data)
    except (IndexMissing, IndexDamaged):
        rebuild(archive, progress)
        return
    if manifest.revision == archive.revision:
        return
    revision, changed = archive.revision, archive.changed_since(manifest.revision)
    if len(changed) * 2 > manifest.releases:
        rebuild(archive, progress)
        return
    target = generations.begin(archive.data, folder)
    try:
        writer = whoosh_index.open_dir(str(target)).writer(limitmb=MEMORY_MB)
        for work, _ in changed:
            writer.delete_by_term("id", work)
        live = [work for work, stands in changed if stands]
        _add(writer, archive.releases(live), len(live), progress)
        writer.commit()
        _finish(archive, target, revision)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _add(writer: Any, versions: Iterable[Version], total: int, progress: Progress) -> None:
    try:
        for done, version in enumerate(versions, 1):
            writer.add_document(**document(version))
            progress(done, total)
    except BaseException:
        writer.cancel()
        raise


def _finish(archive: Archive, folder: Path, revision: int) -> None:
    reader = whoosh_index.open_dir(str(folder)).reader()
    try:
        digests = columns(reader).digests
    finally:
        reader.close()
    _drop_unused(folder)
    generations.commit(archive.data, folder, revision, len(digests), fingerprint(digests))


def _drop_unused(folder: Path) -> None:
    """Delete the tables of contents of earlier commits, which Whoosh leaves behind where it may not delete."""
    newest = max(folder.glob("_MAIN_*.toc"), key=lambda path: int(path.stem.rsplit("_", 1)[1]))
    for path in folder.glob("_MAIN_*.toc"):
        if path != newest:
            os.unlink(path)


def fingerprint(digests: Iterable[str]) -> str:
    """The digest of the logical content: of the releases' digests in order, 16 hex digits of SHA-256."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()[:16]
