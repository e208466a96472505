"""The search engine: a genuine Whoosh index, evaluated on NumPy arrays. Only this package imports whoosh."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.store import Archive
from indexer.backend import Progress
from indexer.errors import IndexDamaged, IndexMissing
from indexer.whoosh_backend import building, generations
from indexer.whoosh_backend.backend import WhooshBackend
from indexer.whoosh_backend.checking import disagreements


class WhooshIndexing:
    """How a Whoosh index is made and found; see indexer.backend.Indexing."""

    def open(self, data: Path) -> WhooshBackend:
        """The live index."""
        return WhooshBackend(data)

    def state(self, data: Path) -> str:
        """The live generation's name."""
        return generations.pointer(data)

    def rebuild(self, archive: Archive, progress: Progress) -> WhooshBackend:
        """A new generation from the archive."""
        building.rebuild(archive, progress)
        return WhooshBackend(archive.data)

    def update(self, archive: Archive, progress: Progress) -> WhooshBackend:
        """A new generation that holds what changed."""
        building.update(archive, progress)
        return WhooshBackend(archive.data)

    def damage(self, archive: Archive) -> Sequence[str]:
        """What is wrong with the live index."""
        try:
            folder, manifest = generations.live(archive.data)
            altered = list(generations.altered(folder, manifest))
            if altered:
                return [f"index/{folder.name}/{file} was altered after it was written" for file in altered]
            backend = WhooshBackend(archive.data)
        except (IndexMissing, IndexDamaged) as error:
            return [str(error)]
        try:
            return disagreements(backend, archive)
        finally:
            backend.close()
