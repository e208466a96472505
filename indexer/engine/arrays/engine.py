"""The array engine: makes and opens an index that NumPy evaluates and stock Whoosh can read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.store import Archive
from indexer.engine.arrays.generations import Manifest, generations
from indexer.engine.protocol import EngineSettings, IndexSummary, Progress

if TYPE_CHECKING:
    from indexer.engine.arrays.backend import ArrayBackend


class ArrayEngine:
    """The engine over the generations of one data directory; see indexer.engine.protocol.Engine.

    The evaluator (and NumPy with it) is imported where an index is opened, Whoosh where one is built, so that an `add`
    with nothing new imports neither.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._data = settings.data
        self._pointer = str(settings.data / generations.FOLDER / generations.POINTER)
        self._state: tuple[tuple[int, int, int], str] = ((0, 0, 0), "")

    def open(self) -> ArrayBackend:
        """Open the live generation, or an earlier one where it is damaged."""
        from indexer.engine.arrays.backend import ArrayBackend

        return ArrayBackend(self._data)

    def state(self) -> str:
        """The live generation's name; its pointer is read only where another file took its place."""
        try:
            found = os.stat(self._pointer)
        except OSError:
            return ""
        identity = (found.st_ino, found.st_mtime_ns, found.st_size)
        if identity != self._state[0]:
            self._state = (identity, generations.live_name(self._data))
        return self._state[1]

    def fingerprint(self, revision: int) -> str:
        """The live generation's fingerprint."""
        manifest = generations.live_manifest_at(self._data, revision)
        return manifest.fingerprint if manifest else ""

    def keep_text(self, name: str, text: str) -> None:
        """Keep a text beside the generations."""
        file = self._data / generations.FOLDER / name
        new = file.with_name(f"{name}.new")
        with contextlib.suppress(OSError):
            new.write_bytes(text.encode())
            os.replace(new, file)

    def read_text(self, name: str) -> str:
        """Read a text that is kept beside the generations."""
        try:
            return (self._data / generations.FOLDER / name).read_bytes().decode()
        except (OSError, ValueError):
            return ""

    def discard_older(self) -> None:
        """Delete the generations before the live one, and the texts kept beside them."""
        generations.discard_old_generations(self._data, kept=1)
        generations.discard_kept_texts(self._data)

    def rebuild(self, archive: Archive, progress: Progress) -> IndexSummary:
        """Build a new generation from the archive."""
        from indexer.engine.arrays.construction import build_index

        is_outdated = generations.is_outdated(archive.data)
        build_index.rebuild(archive, progress)
        return _summarise_live(archive.data)._replace(is_new_format=is_outdated)

    def update(self, archive: Archive, progress: Progress) -> IndexSummary:
        """Build a new generation with the changes since the live one."""
        if manifest := generations.live_manifest_at(archive.data, archive.revision):
            return _summarise(manifest)
        from indexer.engine.arrays.construction import build_index

        is_outdated = generations.is_outdated(archive.data)
        build_index.update(archive, progress)
        return _summarise_live(archive.data)._replace(is_new_format=is_outdated)

    def find_damage(self, archive: Archive) -> Sequence[str]:
        """A line for each fault of the live generation, or of an earlier one kept to replace it."""
        from indexer.engine.arrays import verify_index

        return verify_index.find_damage(archive)


def _summarise_live(data: Path) -> IndexSummary:
    return _summarise(generations.read_live(data)[1])


def _summarise(manifest: Manifest) -> IndexSummary:
    return IndexSummary(manifest.releases, manifest.fingerprint)
