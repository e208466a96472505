"""An export: the releases that are to be in a file, known beforehand, and how they are read, some at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.release import Version
from archive.store import Archive, load_details
from indexer.errors import ExportBroken, QueryTooLarge
from indexer.query import NO_FILTERS, Filters, Order
from indexer.results import HitList
from indexer.search import Searcher, load_versions

CHUNK = 100
"""Releases in memory at a time."""


class Row(NamedTuple):
    """A release of an export: the version that matched, and the path of its file below the folder that was added."""

    version: Version
    path: str


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be exported: all that `hits` lists, from `archive`. `base` is its address, used in citations."""

    archive: Archive
    hits: HitList
    base: str = ""

    @property
    def total(self) -> int:
        """How many releases it has."""
        return len(self.hits.ids)


@dataclass(slots=True)
class Damage:
    """What an export had to leave out: the releases that could not be read, and whether some path may be wrong."""

    releases: list[str] = field(default_factory=list)
    are_paths_whole: bool = True


def export_search(
    searcher: Searcher, text: str, filters: Filters = NO_FILTERS, order: Order = Order.RELEVANCE, base: str = ""
) -> Export:
    """The export of every hit of a search; of every release, in order of id, where it asks for nothing.

    Raises:
        QueryTooLarge: something of the query would be left out.
    """
    if not text.strip() and not filters and order is Order.RELEVANCE:
        return export_all(searcher.archive, base, searcher.fingerprint)
    hits = searcher.list_hits(text, filters, order)
    if hits.limits:
        raise QueryTooLarge(hits.limits)
    return Export(searcher.archive, hits, base)


def export_all(archive: Archive, base: str = "", fingerprint: str = "") -> Export:
    """The export of every live release, in order of id; it needs no index."""
    return Export(archive, HitList(archive.live_ids(), {}, "*", (), fingerprint), base)


def read_rows(export: Export, damage: Damage | None = None) -> Iterator[list[Row]]:
    """The releases of an export in order, some at a time.

    What cannot be read is left out and noted in `damage`.

    Raises:
        ExportBroken: something cannot be read, and there is no `damage` to note it in.
    """
    ids = export.hits.ids
    for start in range(0, len(ids), CHUNK):
        yield _read_chunk(export, ids[start : start + CHUNK], damage)
    # Last, for it reads two tables whole.
    if not export.archive.are_locations_intact():
        _note_wrong_paths(damage)


def _read_chunk(export: Export, ids: Sequence[str], damage: Damage | None) -> list[Row]:
    unread: list[str] = []
    versions = load_versions(export.archive, ids, export.hits.versions, unread)
    paths = _find_paths(export.archive, versions, export.hits.versions)
    note_unread(unread, damage)
    if any(work not in paths for work in versions):  # every release has, or had, a location
        _note_wrong_paths(damage)
    return [Row(versions[work], paths.get(work, "")) for work in ids if work in versions]


def note_unread(ids: Sequence[str], damage: Damage | None) -> None:
    """Note releases that cannot be read in `damage`.

    Raises:
        ExportBroken: there are some, and there is no `damage`.
    """
    if ids and damage is None:
        raise ExportBroken(f"release {', '.join(ids)}")
    if damage is not None:
        damage.releases += ids


def _note_wrong_paths(damage: Damage | None) -> None:
    if damage is None:
        raise ExportBroken("what the archive says of files")
    damage.are_paths_whole = False


def _find_paths(archive: Archive, versions: Mapping[str, Version], others: Mapping[str, int]) -> dict[str, str]:
    """By id the first path of each version: where a current one stands, where another one stood."""
    found = archive.paths([work for work in versions if work not in others])
    details = load_details(archive, [version for work, version in versions.items() if work in others])
    return found | {work: each.paths[0] for (work, _), each in details.items() if each.paths}
