"""Verifies archive and index together, and repairs what can be repaired."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.store import Archive
from archive.store.integrity import inspect
from indexer.engine import EngineSettings, open_engine
from indexer.maintenance import build


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Damage of archive and index, and what a repair mended and left: lines for people.

    `tried` says that a repair was tried; `left` is then the damage that remains.
    """

    archive: tuple[str, ...]
    index: tuple[str, ...]
    mended: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    tried: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether there is damage now."""
        return bool(self.left if self.tried else self.archive or self.index)

    @property
    def is_repaired(self) -> bool:
        """Whether there was damage, and is none now."""
        return self.tried and bool(self.archive or self.index) and not self.left


def verify_all(data: Path, settings: EngineSettings | None = None) -> VerifyReport:
    """Verify archive and index; nothing is changed.

    Raises:
        NoArchive, ArchiveGone, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, DiskProblem: it cannot be opened.
    """
    engine = open_engine(settings or EngineSettings(data))
    with Archive(data) as archive:
        return VerifyReport(tuple(inspect(archive).lines), tuple(engine.find_damage(archive)))


def repair_all(data: Path, settings: EngineSettings | None = None) -> VerifyReport:
    """Verify, and repair: the archive from its originals, the index from the archive.

    Raises:
        what `verify_all` raises, and Busy.
    """
    before = verify_all(data, settings)
    mended: list[str] = []
    if before.archive:
        mended += build.repair(data)
    if before.index or mended:
        build.rebuild(data, settings=settings)
        mended.append("the index was rebuilt")
    after = verify_all(data, settings) if mended else before
    return VerifyReport(before.archive, before.index, tuple(mended), (*after.archive, *after.index), tried=True)
