"""`dateline export`: write every release, or every hit of a search, as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import click

from archive.errors import DatelineError
from archive.store import Archive
from indexer.export import Damage, Export, ExportFormat, export_all, export_search, write_export
from indexer.output import print_error, write_output, write_whole_file
from indexer.public_address import parse_public_address, public_address_option
from indexer.query import Filters, Order
from indexer.search import Searcher
from indexer.search_options import search_options


@click.command()
@click.argument("query", nargs=-1)
@click.option(
    "--format", "shape", type=click.Choice([each.value for each in ExportFormat]), default="jsonl", show_default=True
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write (otherwise standard output)."
)
@public_address_option("The archive’s public address, for citations.", parse_public_address)
@search_options
@click.pass_obj
def export(
    data: Path, query: tuple[str, ...], shape: str, output: Path | None, url: str, filters: Filters, order: Order
) -> None:
    """Write every release, or all that match QUERY, as a file.

    \b
      dateline export --format jsonl > releases.jsonl
      dateline export fog signal --from 2004 --format zip --output fog.zip
    """
    kind, damage = ExportFormat(shape), Damage()
    with ExitStack() as opened:
        exported = _open_export(opened, data, " ".join(query), filters, order, url)
        if exported.hits.notice:
            print_error(exported.hits.notice)
        chunks = write_export(exported, kind, damage)
        if output:
            write_whole_file(output, chunks)
        else:
            _write_output(kind, chunks)
    _report(data, damage)


def _open_export(opened: ExitStack, data: Path, query: str, filters: Filters, order: Order, base: str) -> Export:
    """The export of a search; that of everything needs no index."""
    try:
        searcher = opened.enter_context(Searcher(data))
    except DatelineError:
        if query.strip() or filters or order is not Order.RELEVANCE:
            raise
        return export_all(opened.enter_context(Archive(data)), base)
    return export_search(searcher, query, filters, order, base)


def _write_output(kind: ExportFormat, chunks: Iterable[bytes]) -> None:
    if kind is ExportFormat.ZIP and sys.stdout.buffer.isatty():
        raise click.UsageError("A ZIP file cannot be shown in a terminal. Give it a name: --output FILE")
    for chunk in chunks:
        write_output(chunk)


def _report(data: Path, damage: Damage) -> None:
    """Say what was left out or may be wrong, and end with 6 where something is."""
    if damage.releases:
        print_error(
            f"Left out, because it is damaged or missing in the archive: {', '.join(damage.releases)}. "
            f"To repair it: dateline --data {data} verify --repair"
        )
    if not damage.are_paths_whole:
        print_error(
            "The archive’s record of files is damaged, so a path here may be wrong. A backup has the right ones."
        )
    if damage.releases or not damage.are_paths_whole:
        click.get_current_context().exit(6)
