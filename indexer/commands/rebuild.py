"""`dateline rebuild`: rebuild the index; with --reread, parse the stored originals again first."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.ingest import ReparseReport
from indexer.maintenance import Rereading, build
from indexer.output import format_count, json_option, make_line_visible, print_json, progress, reports, say


@click.command()
@click.option("--reread", is_flag=True, help="First read the stored originals again, with today’s rules.")
@click.option("--dry-run", is_flag=True, help="With --reread: list what it would change as CSV, and change nothing.")
@click.option("--workers", default=0, show_default="one a core", help="Processes to read originals with.")
@json_option
@click.pass_obj
def rebuild(data: Path, reread: bool, dry_run: bool, workers: int, as_json: bool) -> None:
    """Make the index anew from the archive.

    \b
    Always safe: the old index answers until the new one is whole. Neither needs the folder:
      dateline rebuild
      dateline rebuild --reread
    What reading again would change, a value a line (release, version, field, old, new):
      dateline rebuild --reread --dry-run > changes.csv
    """
    if dry_run:
        if not reread or as_json:
            raise click.UsageError("--dry-run goes with --reread, and prints CSV, not JSON.")
        _print_preview(data, workers)
        return
    reparsed = ReparseReport()
    if reread:
        with progress("Reading") as parse_progress:
            reparsed = build.reparse_originals(data, workers=workers, progress=parse_progress)
    with progress("Reading") as reread_progress, progress("Indexing") as index_progress:
        announce = build.announce_nothing if as_json else reports.announce_rereading
        rereading = Rereading(announce, reread_progress, workers)
        report = build.rebuild(data, index_progress, rereading=rereading)
    if as_json:
        print_json(asdict(report) | ({"reread": asdict(reparsed)} if reread else {}))
    else:
        if reread:
            reports.print_reparse_report(reparsed)
        reports.print_rereading_report(report.reread)
        reports.print_correction_report(report.corrections)
        reports.print_word_list_notices(report.unused_lists, report.stale)
        reports.print_index_notices(report)
        say(f"{format_count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")


def _print_preview(data: Path, workers: int) -> None:
    # Imported here: whoever only rebuilds need not load it.
    from archive.ingest import reparse_preview

    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(reparse_preview.FieldChange._fields)
    with progress("Reading") as parse_progress:
        for change in reparse_preview.preview_changes(data, workers=workers, progress=parse_progress):
            table.writerow([make_line_visible(str(each)) for each in change])
