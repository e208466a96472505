"""`dateline export`: print releases as lines of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from archive.release import Version
from archive.store import Archive, load_details
from indexer.output import print_error, print_json
from indexer.search import Searcher, load_versions, release_to_export_line

_CHUNK = 500
"""Releases in memory at a time."""


@click.command()
@click.argument("query", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.pass_obj
def export(data: Path, query: tuple[str, ...], shape: str) -> None:
    """Print every release (or all that match QUERY), one JSON object a line.

    \b
      dateline export --format jsonl > releases.jsonl
    """
    with Archive(data) as archive:
        ids, others = _list_hits(data, archive, " ".join(query))
        paths = archive.paths(ids)
        damaged: list[str] = []
        # Every release has, or had, a location.
        are_locations_whole = archive.are_locations_intact() and all(work in paths for work in ids)
        for chunk in (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)):
            versions = load_versions(archive, chunk, others, damaged)
            paths |= _paths_of_others(archive, [each for each in versions.values() if each.work in others])
            for version in (versions[work] for work in chunk if work in versions):
                print_json(release_to_export_line(version, paths.get(version.work, "")), indent=None)
    if damaged:
        print_error(
            f"Left out, since what the archive says of it is damaged or missing: {', '.join(damaged)}. "
            f"To repair it: dateline --data {data} verify --repair"
        )
    if not are_locations_whole:
        print_error("What the archive says of files is damaged: a path here may be wrong. A backup has it whole.")
    if damaged or not are_locations_whole:
        click.get_current_context().exit(6)


def _list_hits(data: Path, archive: Archive, query: str) -> tuple[list[str], Mapping[str, int]]:
    """The ids of the releases to export: all, in order of id, or the hits of a query, in order of rank.

    And the version of those of which another than the current one, or that of a withdrawn release, was found.
    """
    if not query:
        return archive.live_ids(), {}
    with Searcher(data) as searcher:
        ids, others = searcher.ids(query), searcher.other_versions(query)
        for notice in filter(None, (searcher.notice, searcher.find_limits(query))):
            print_error(notice)
        return ids, others


def _paths_of_others(archive: Archive, versions: Sequence[Version]) -> dict[str, str]:
    """By id the path at which each of these versions stood, the first in order."""
    return {work: details.paths[0] for (work, _), details in load_details(archive, versions).items() if details.paths}
