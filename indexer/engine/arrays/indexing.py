"""The search engine: a genuine Whoosh index, evaluated on NumPy arrays. Only this package imports whoosh."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.store import Archive
from indexer.engine.arrays.generations import Manifest, generations
from indexer.engine.protocol import EngineSettings, Indexed, Progress

if TYPE_CHECKING:
    from indexer.engine.arrays.engine import WhooshBackend


class WhooshEngine:
    """How a Whoosh index is made and found; see indexer.engine.protocol.Engine.

    What evaluates (and NumPy with it) is imported where an index is asked, Whoosh itself where one is made: an `add`
    with nothing new waits for neither.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._data = settings.data

    def open(self) -> WhooshBackend:
        """The live index, or the one before it."""
        from indexer.engine.arrays.engine import WhooshBackend

        return WhooshBackend(self._data)

    def state(self) -> str:
        """The live generation's name."""
        return generations.state(self._data)

    def fingerprint(self, revision: int) -> str:
        """The live generation's digest."""
        manifest = generations.current(self._data, revision)
        return manifest.fingerprint if manifest else ""

    def keep_text(self, name: str, text: str) -> None:
        """Keep a text beside the generations."""
        file = self._data / generations.FOLDER / name
        new = file.with_name(f"{name}.new")
        with contextlib.suppress(OSError):
            new.write_bytes(text.encode())
            os.replace(new, file)

    def read_text(self, name: str) -> str:
        """A text beside the generations."""
        try:
            return (self._data / generations.FOLDER / name).read_bytes().decode()
        except (OSError, ValueError):
            return ""

    def discard_older(self) -> None:
        """Delete the generations before the live one, and what is kept beside them."""
        generations.discard_old(self._data, kept=1)
        generations.discard_kept(self._data)

    def rebuild(self, archive: Archive, progress: Progress) -> Indexed:
        """A new generation from the archive."""
        from indexer.engine.arrays.build import building

        building.rebuild(archive, progress)
        return _live(archive.data)

    def update(self, archive: Archive, progress: Progress) -> Indexed:
        """A new generation that holds what changed."""
        if manifest := generations.current(archive.data, archive.revision):
            return _indexed(manifest)
        from indexer.engine.arrays.build import building

        building.update(archive, progress)
        return _live(archive.data)

    def damage(self, archive: Archive) -> Sequence[str]:
        """What is wrong with the live index, or with one kept to answer for it."""
        from indexer.engine.arrays.build import checking

        return checking.damage(archive)


def _live(data: Path) -> Indexed:
    return _indexed(generations.live(data)[1])


def _indexed(manifest: Manifest) -> Indexed:
    return Indexed(manifest.releases, manifest.fingerprint)
