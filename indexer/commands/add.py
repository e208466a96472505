"""`dateline add`: add a folder to archive and index, or update it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.ingest import SyncReport
from indexer.maintenance import ImportSummary, IndexReport, Rereading, build, load_import_summary
from indexer.output import (
    NonEmptyPath,
    json_option,
    print_add_report,
    print_import_summary,
    print_json,
    progress,
    reports,
    say,
)


@click.command()
@click.argument("folder", type=NonEmptyPath())
@click.option("--workers", default=0, show_default="one a core", help="Processes to read files with.")
@click.option("--allow-empty", is_flag=True, help="Withdraw everything if the folder is now empty.")
@click.option("--follow-links", is_flag=True, help="Follow links in FOLDER that lead outside it.")
@click.option("--restore-purged", metavar="ID", default="", help="Add a purged release again, if FOLDER holds it.")
@json_option
@click.pass_obj
def add(
    data: Path, folder: Path, workers: int, allow_empty: bool, follow_links: bool, restore_purged: str, as_json: bool
) -> None:
    """Bring FOLDER into the archive and index what is new.

    \b
    Only files that changed are opened. Run it again whenever the folder changes:
      dateline add releases/
    """
    with (
        progress("Reading") as parse_progress,
        progress("Reading") as reread_progress,
        progress("Indexing") as index_progress,
    ):
        announce = build.announce_nothing if as_json else reports.announce_rereading
        rereading = Rereading(announce, reread_progress, workers)
        report, index = build.add(
            data, folder, workers=workers, allow_empty=allow_empty, follow_links=follow_links,
            restore_purged=restore_purged.lower(), parse_progress=parse_progress, index_progress=index_progress,
            rereading=rereading,
        )  # fmt: skip
    summary = load_import_summary(data)
    if as_json:
        print_json(_json(folder, report, index, summary))
        return
    print_add_report(report, index)
    if restore_purged and not report.write_stats.restored:
        say(f"{folder} does not hold release {restore_purged}; it stays removed.", fg="yellow")
    print_import_summary(summary)


def _json(folder: Path, report: SyncReport, index: IndexReport, summary: ImportSummary) -> dict[str, object]:
    written = asdict(report.write_stats) | {"works": len(report.write_stats.works)}
    return {
        "folder": str(folder), "files": report.files, "opened": report.opened, "unchanged": report.unchanged,
        "gone": report.gone, "records": report.records, "seconds": round(report.seconds, 3),
        "moved_from": report.moved_from, "absent": report.absent, "through_links": report.through_links,
        "waiting": report.waiting, "written": written, "skipped": [asdict(r) for r in report.skipped],
        "archive": asdict(summary),
        "corrections": asdict(index.corrections), "stale": index.stale, "unused_lists": index.unused_lists,
        "reread": asdict(index.reread), "left_out": index.left_out, "new_format": index.new_format,
    }  # fmt: skip
