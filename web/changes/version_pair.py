"""Two versions of a release that an address asks to be compared."""

from __future__ import annotations

from dataclasses import dataclass

from archive.release import Version
from archive.store import Archive
from indexer.comparison import Comparison, compare_versions
from web.urls import LAST_VERSION


@dataclass(frozen=True, slots=True)
class VersionPair:
    """A version and the one it is compared with; None where there is none before it. `notice` is "" or in words.

    `is_chosen` says that the address names both; they may be of two releases, where one of them moved.
    """

    before: Version | None
    version: Version
    notice: str = ""
    is_chosen: bool = False

    @property
    def is_same(self) -> bool:
        """Whether a version is to be compared with itself."""
        return self.before is not None and self.before.digest == self.version.digest

    def compare(self) -> Comparison:
        """What is different; nothing where there is no version before."""
        return compare_versions(self.before or self.version, self.version)


def find_pair(archive: Archive, release_id: str, number: int, requested: str) -> VersionPair:
    """The version `number` of a release beside another one, by default the one before it that exists.

    A version that is of another release now is that one's, beside what was before it there.

    Raises:
        UnknownRelease: there is no such release, or no such version of it.
        ReleasePurged: one of them was taken out.
    """
    version = archive.find_version(release_id, min(number, LAST_VERSION))
    requested = requested.strip()
    if requested.isascii() and requested.isdigit():
        chosen = archive.find_version(release_id, min(int(requested[:9]), LAST_VERSION))
        return VersionPair(chosen, version, is_chosen=True)
    earlier = [each for each in archive.versions(version.work) if each.number < version.number]
    notice = f"“{requested[:40]}” is not the number of a version; it was left out." if requested else ""
    before = archive.find_version(version.work, earlier[-1].number) if earlier else None
    return VersionPair(before, version, notice)
