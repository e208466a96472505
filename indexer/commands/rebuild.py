"""`dateline rebuild`: rebuild the index; with --reread, parse the stored originals again first."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.ingest import ReparseReport
from indexer.maintenance import build
from indexer.output import format_count, json_option, print_json, progress, reports, say


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
    reparsed = ReparseReport()
    if reread:
        with progress("Reading") as parse_progress:
            reparsed = build.reparse_originals(data, workers=workers, progress=parse_progress)
    with progress("Indexing") as index_progress:
        report = build.rebuild(data, index_progress)
    if as_json:
        print_json(asdict(report) | ({"reread": asdict(reparsed)} if reread else {}))
    else:
        if reread:
            reports.print_reparse_report(reparsed)
        reports.print_correction_report(report.corrections)
        reports.print_word_list_notices(report.unused_lists, report.stale)
        reports.print_left_out_notice(report.left_out)
        say(f"{format_count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")
