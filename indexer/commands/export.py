"""`dateline export`: print releases as lines of JSON."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from indexer.output import print_error, print_json
from indexer.search import Searcher, release_to_export_line


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
        ids = _list_ids(data, archive, " ".join(query))
        paths = archive.paths(ids)
        damaged: list[str] = []
        # Every release has, or had, a location.
        are_locations_whole = archive.are_locations_intact() and all(work in paths for work in ids)
        for version in archive.releases(ids, damaged):
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


def _list_ids(data: Path, archive: Archive, query: str) -> list[str]:
    """The ids of the releases to export: all, in order of id, or the hits of a query, in order of rank."""
    if not query:
        return archive.live_ids()
    with Searcher(data) as searcher:
        ids = searcher.ids(query)
        for notice in filter(None, (searcher.notice, searcher.find_limits(query))):
            print_error(notice)
        return ids
