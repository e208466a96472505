"""Decides how a mixed work is split: one live version keeps the work, each other begins its own.

Which keeps it: the first version, whose bytes the id comes from. Where that stands nowhere, a version whose
predecessor (what stood at its location before) does not stand either; of several, one that came before this sync, then
the one whose lineage began last, then the first by path. A version that leaves takes along the earlier ones that stood
only where it stood.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.store.locations import LocationKey


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version of a work: its row, its number, and where it stands (`live`) or stood, by the revisions of `since`."""

    version: int
    number: int
    digest: str
    added: str
    locations: dict[LocationKey, int]
    live: frozenset[LocationKey]


Lineage = list[StoredVersion]
"""A live version, after the earlier ones that belong to it alone."""


def lineages_to_split(versions: Sequence[StoredVersion], newest: int) -> list[Lineage]:
    """The lineages of a work (its versions, by number) that become works of their own.

    `newest` is the row of the last version there was before this sync.
    """
    standing = [version for version in versions if version.live]
    if len(standing) < 2:
        return []
    lines = [_lineage_of(version, versions) for version in standing]
    kept = _choose_kept(lines, versions, newest)
    taken = {version.version for version in kept}
    split = []
    for line in lines:
        if line is not kept:
            split.append([version for version in line if version.version not in taken])
            taken |= {version.version for version in line}
    return split


def _choose_kept(lines: Sequence[Lineage], versions: Sequence[StoredVersion], newest: int) -> Lineage:
    first = next((line for line in lines if line[-1].number == 1), None)
    if first:
        return first
    # Of the versions that stand, the one with the lowest number has no predecessor that stands.
    free = [line for line in lines if not ((before := _predecessor(line[-1], versions)) and before.live)]
    old = [line for line in free if line[-1].version <= newest] or free
    began = max(line[0].added for line in old)
    return min((line for line in old if line[0].added == began), key=lambda line: _first_path(line[-1], versions))


def _first_path(version: StoredVersion, versions: Sequence[StoredVersion]) -> tuple[list[str], str]:
    """The first location at which a version followed another, in the order in which a folder is walked."""
    followed = [each for each in version.locations if next(_earlier_at(version, each, versions), None)]
    return min((path.split(os.sep), key) for path, key in followed or version.locations)


def _lineage_of(version: StoredVersion, versions: Sequence[StoredVersion]) -> Lineage:
    line, before = [version], _predecessor(version, versions)
    while before and before.number > 1 and not before.live and before.locations.keys() <= version.locations.keys():
        line.insert(0, before)
        before = _predecessor(before, versions)
    return line


def _predecessor(version: StoredVersion, versions: Sequence[StoredVersion]) -> StoredVersion | None:
    """The earlier version that stood last at a location of this one's before it."""
    found = [each for location in version.locations for each in _earlier_at(version, location, versions)]
    return max(found, default=(0, 0, None), key=lambda each: each[:2])[2]


def _earlier_at(
    version: StoredVersion, location: LocationKey, versions: Sequence[StoredVersion]
) -> Iterator[tuple[int, int, StoredVersion]]:
    """The earlier versions that stood at a location before this one, each after when it did and its number."""
    for each in versions:
        since = each.locations.get(location)
        if since is not None and each.number < version.number and since <= version.locations[location]:
            yield since, each.number, each
