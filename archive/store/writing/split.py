"""Works of which several versions stand in folders, taken apart: one version keeps the work, each other begins its own.

Which keeps it: the first version, whose bytes the id comes from. Where that stands nowhere, a version whose
predecessor (what stood at its location before) does not stand either; of several, one that came before this sync, then
the one whose line began last, then the first by path. A version that leaves takes along the earlier ones that stood
only where it stood.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.store.locations import LocationKey


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a work: its row, its number, and where it stands (`live`) or stood, by the revisions of `since`."""

    version: int
    number: int
    digest: str
    added: str
    locations: dict[LocationKey, int]
    live: frozenset[LocationKey]


Line = list[Stored]
"""A version that stands, after the earlier ones that belong to it alone."""


def lines_to_split(versions: Sequence[Stored], newest: int) -> list[Line]:
    """The lines of a work (its versions, by number) that become works of their own.

    `newest` is the row of the last version there was before this sync.
    """
    standing = [version for version in versions if version.live]
    if len(standing) < 2:
        return []
    lines = [_line(version, versions) for version in standing]
    kept = _kept(lines, versions, newest)
    taken = {version.version for version in kept}
    split = []
    for line in lines:
        if line is not kept:
            split.append([version for version in line if version.version not in taken])
            taken |= {version.version for version in line}
    return split


def _kept(lines: Sequence[Line], versions: Sequence[Stored], newest: int) -> Line:
    first = next((line for line in lines if line[-1].number == 1), None)
    if first:
        return first
    # Of the versions that stand, the one with the lowest number has no predecessor that stands.
    free = [line for line in lines if not ((before := _predecessor(line[-1], versions)) and before.live)]
    old = [line for line in free if line[-1].version <= newest] or free
    began = max(line[0].added for line in old)
    return min((line for line in old if line[0].added == began), key=lambda line: _first_path(line[-1], versions))


def _first_path(version: Stored, versions: Sequence[Stored]) -> tuple[list[str], str]:
    """The first location at which a version followed another, in the order in which a folder is walked."""
    followed = [each for each in version.locations if next(_before(version, each, versions), None)]
    return min((path.split(os.sep), key) for path, key in followed or version.locations)


def _line(version: Stored, versions: Sequence[Stored]) -> Line:
    line, before = [version], _predecessor(version, versions)
    while before and before.number > 1 and not before.live and before.locations.keys() <= version.locations.keys():
        line.insert(0, before)
        before = _predecessor(before, versions)
    return line


def _predecessor(version: Stored, versions: Sequence[Stored]) -> Stored | None:
    """The earlier version that stood last at a location of this one's before it."""
    found = [each for location in version.locations for each in _before(version, location, versions)]
    return max(found, default=(0, 0, None), key=lambda each: each[:2])[2]


def _before(version: Stored, location: LocationKey, versions: Sequence[Stored]) -> Iterator[tuple[int, int, Stored]]:
    """The earlier versions that stood at a location before this one, each after when it did and its number."""
    for each in versions:
        since = each.locations.get(location)
        if since is not None and each.number < version.number and since <= version.locations[location]:
            yield since, each.number, each
