"""Changes of the archive with what a list shows of each: the release, and the first words that were changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.errors import ReleaseDamaged
from archive.release import Version
from archive.store import Archive
from archive.store.listings import Change, ChangeKind
from indexer.comparison import Comparison, Excerpt, compare_versions, first_changes

MAX_COMPARED_CHARS = 2_000_000
"""Characters compared for one list, which take some two seconds; edits of longer texts are listed without words."""


@dataclass(frozen=True, slots=True)
class ListedChange:
    """A change, the version that it led to, and how that differs from the one before.

    `comparison` is None for a withdrawal, and for an edit whose texts were too long to be compared for a list.
    """

    change: Change
    version: Version
    comparison: Comparison | None = None
    title: tuple[Excerpt, ...] = ()
    body: tuple[Excerpt, ...] = ()

    @property
    def is_edit(self) -> bool:
        """Whether the release was edited, and not withdrawn."""
        return self.change.kind is ChangeKind.EDITED


def describe_changes(archive: Archive, changes: Iterable[Change], shown: int) -> list[ListedChange]:
    """These changes, each with its first `shown` changes of words; without those whose release is damaged."""
    left, found = MAX_COMPARED_CHARS, []
    for change in changes:
        try:
            version = archive.find_version(change.work, change.number)
            before = archive.find_version(change.work, change.before) if change.before else None
        except ReleaseDamaged:
            continue
        if before is None:
            found.append(ListedChange(change, version))
            continue
        left -= len(before.release.body) + len(version.release.body)
        found.append(_compare(change, before, version, shown) if left >= 0 else ListedChange(change, version))
    return found


def _compare(change: Change, before: Version, version: Version, shown: int) -> ListedChange:
    comparison = compare_versions(before, version)
    title, body = (tuple(first_changes(pieces, shown)) for pieces in (comparison.title, comparison.body))
    return ListedChange(change, version, comparison, title, body)
