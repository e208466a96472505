"""Where a release stands among the hits of a query, and the hits before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.release import Version
from archive.store import Archive
from indexer.engine import ResultSet
from indexer.search import history


class Neighbour(NamedTuple):
    """A hit beside another: its id and title, and the number of its version as `Hit.linked_version` has it."""

    id: str
    title: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ResultPosition:
    """The rank of a release among the hits of a query, from 1, and its neighbours."""

    rank: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None


def find_position(archive: Archive, results: ResultSet, release_id: str) -> ResultPosition | None:
    """The position of a release among these results, or None when it is not one of them."""
    at = results.position(release_id)
    if at is None:
        return None
    previous = results.page(at - 1, 1) if at else ()
    following = results.page(at + 1, 1)
    versions = history.load_hits(archive, results, [hit[0] for hit in (*previous, *following)], [])
    return ResultPosition(at + 1, results.total, _neighbour(previous, versions), _neighbour(following, versions))


def _neighbour(page: Sequence[tuple[str, float]], versions: dict[str, Version]) -> Neighbour | None:
    for release_id, _ in page:
        if version := versions.get(release_id):
            number = None if version.current and version.live else version.number
            return Neighbour(release_id, version.release.title, number)
    return None
