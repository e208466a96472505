"""What a search may ask of a version that the version itself does not say: its paths, and how many the work has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.release import Version
from archive.store.archive import Archive
from archive.store.sql import in_chunks, placeholders


class VersionDetails(NamedTuple):
    """The paths of a version's files below the added folders, in order; how many versions its work has.

    Also the highest number of these, and that of the current one: numbers of versions that were purged, or are works of
    their own now, are missing among them.
    """

    paths: tuple[str, ...] = ()
    versions: int = 1
    last: int = 1
    current: int = 1


def load_paths(archive: Archive, versions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The paths of these versions (by row), in order.

    Of the current version of a live work those where it stands, of any other those where it ever stood.
    """
    found: dict[int, tuple[str, ...]] = {}
    for chunk in in_chunks(versions):
        rows = archive.select(
            "SELECT DISTINCT l.version, f.shown FROM locations l JOIN files f USING (path) "
            "JOIN versions v USING (version) JOIN works w USING (work) "
            f"WHERE l.version IN ({placeholders(chunk)}) AND l.live >= (w.live AND v.number = w.current) "
            "ORDER BY l.version, f.shown",
            chunk,
        )
        for version, shown in map(tuple, rows):
            found[version] = (*found.get(version, ()), shown)
    return found


def load_details(archive: Archive, versions: Iterable[Version]) -> dict[tuple[str, int], VersionDetails]:
    """The details of some versions, by id and number."""
    wanted = {(version.work, version.number) for version in versions}
    found: dict[tuple[str, int], VersionDetails] = {}
    for chunk in in_chunks(sorted({work for work, _ in wanted})):
        rows = archive.select(
            "SELECT v.version, w.id, v.number, w.current, count(*) OVER (PARTITION BY v.work) AS versions, "
            "max(v.number) OVER (PARTITION BY v.work) AS last FROM works w JOIN versions v USING (work) "
            f"WHERE w.id IN ({placeholders(chunk)})",
            chunk,
        )
        rows = [row for row in rows if (row["id"], row["number"]) in wanted]
        paths = load_paths(archive, [row["version"] for row in rows])
        found |= {
            (row["id"], row["number"]): VersionDetails(
                paths.get(row["version"], ()), row["versions"], row["last"], row["current"]
            )
            for row in rows
        }
    return found
