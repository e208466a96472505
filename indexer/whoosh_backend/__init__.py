"""The search engine: a genuine Whoosh index, evaluated on NumPy arrays. Only this package imports whoosh."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from archive.store import Archive
from indexer.backend import Progress
from indexer.errors import IndexDamaged, IndexMissing
from indexer.whoosh_backend import generations
from indexer.whoosh_backend.backend import WhooshBackend
from indexer.whoosh_backend.checking import disagreements


class WhooshIndexing:
    """How a Whoosh index is made and found; see indexer.backend.Indexing.

    Whoosh itself is imported where an index is made: asking one, and an `add` with nothing new, need not wait for it.
    """

    def open(self, data: Path, refused: Collection[str] = ()) -> WhooshBackend:
        """The live index, or the one before it."""
        return WhooshBackend(data, refused)

    def state(self, data: Path) -> str:
        """The live generation's name."""
        return generations.pointer(data)

    def rebuild(self, archive: Archive, progress: Progress) -> WhooshBackend:
        """A new generation from the archive."""
        from indexer.whoosh_backend import building

        building.rebuild(archive, progress)
        return WhooshBackend(archive.data)

    def update(self, archive: Archive, progress: Progress) -> WhooshBackend:
        """A new generation that holds what changed."""
        if not generations.is_current(archive.data, archive.revision):
            from indexer.whoosh_backend import building

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
            if backend.notice:
                return [f"{folder.name} cannot be opened"]
        except (IndexMissing, IndexDamaged) as error:
            return [str(error)]
        try:
            return disagreements(backend, archive)
        finally:
            backend.close()
