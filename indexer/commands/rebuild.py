"""`dateline rebuild`: the index made anew, the stored originals read again before it if asked."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.ingest import ReparseReport
from indexer.maintenance import build
from indexer.output import count, json_option, print_json, progress, reports, say


@click.command()
@click.option("--reread", is_flag=True, help="First read the stored originals again, where better rules may say more.")
@click.option("--workers", default=0, show_default="one a core", help="Processes that read, with --reread.")
@json_option
@click.pass_obj
def rebuild(data: Path, reread: bool, workers: int, as_json: bool) -> None:
    """Make the index anew from the archive.

    \b
    Always safe: the old index answers until the new one is whole. Neither needs the folder:
      dateline rebuild
      dateline rebuild --reread
    """
    read = ReparseReport()
    if reread:
        with progress("Reading") as reading:
            read = build.reread(data, workers=workers, progress=reading)
    with progress("Indexing") as building:
        report = build.rebuild(data, building)
    if as_json:
        print_json(asdict(report) | ({"reread": asdict(read)} if reread else {}))
    else:
        if reread:
            reports.print_reread(read)
        reports.print_corrections(report.corrections)
        reports.print_lists(report.unused_lists, report.stale)
        reports.print_left_out(report.left_out)
        say(f"{count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")
