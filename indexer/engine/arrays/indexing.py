"""The search engine: a genuine Whoosh index, evaluated on NumPy arrays. Only this package imports whoosh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.store import Archive
from indexer.engine.arrays.generations import Manifest, generations
from indexer.engine.protocol import Indexed, Progress

if TYPE_CHECKING:
    from indexer.engine.arrays.engine import WhooshBackend


class WhooshIndexing:
    """How a Whoosh index is made and found; see indexer.engine.protocol.Indexing.

    What evaluates (and NumPy with it) is imported where an index is asked, Whoosh itself where one is made: an `add`
    with nothing new waits for neither.
    """

    def open(self, data: Path) -> WhooshBackend:
        """The live index, or the one before it."""
        from indexer.engine.arrays.engine import WhooshBackend

        return WhooshBackend(data)

    def folder(self, data: Path) -> Path:
        """The folder of the generations."""
        return data / generations.FOLDER

    def state(self, data: Path) -> str:
        """The live generation's name."""
        return generations.state(data)

    def fingerprint(self, data: Path, revision: int) -> str:
        """The live generation's digest."""
        manifest = generations.current(data, revision)
        return manifest.fingerprint if manifest else ""

    def discard_older(self, data: Path) -> None:
        """Delete the generations before the live one."""
        generations.discard_old(data, kept=1)

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
