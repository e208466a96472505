"""Archive and index verified together: what is wrong, which of the two is, and what can be put right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.store import Archive
from archive.store.integrity import inspect
from indexer.engine import EngineSettings, open_engine
from indexer.maintenance import build


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with the archive and with its index, what of it was mended, and what is left; lines for people."""

    archive: tuple[str, ...]
    index: tuple[str, ...]
    mended: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tried: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether something is wrong now."""
        return bool(self.left if self.tried else self.archive or self.index)

    @property
    def is_repaired(self) -> bool:
        """Whether something was wrong, and nothing is now."""
        return self.tried and bool(self.archive or self.index) and not self.left


def verify(data: Path, settings: EngineSettings | None = None) -> Verdict:
    """Look at everything; nothing is changed.

    Raises:
        NoArchive, ArchiveGone, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, DiskProblem: it cannot be opened.
    """
    engine = open_engine(settings or EngineSettings(data))
    with Archive(data) as archive:
        return Verdict(tuple(inspect(archive).lines), tuple(engine.find_damage(archive)))


def repair(data: Path, settings: EngineSettings | None = None) -> Verdict:
    """Look at everything and put right what can be: the record from its originals, the index from the record.

    Raises:
        what `verify` raises, and Busy.
    """
    found = verify(data, settings)
    mended: list[str] = []
    if found.archive:
        mended += build.repair(data)
    if found.index or mended:
        build.rebuild(data, settings=settings)
        mended.append("the index was made anew")
    now = verify(data, settings) if mended else found
    return Verdict(found.archive, found.index, tuple(mended), (*now.archive, *now.index), tried=True)
