"""`dateline upgrade`: bring an archive of an older version up to date."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.store import migrations
from indexer.maintenance import Rereading, build
from indexer.output import format_count, json_option, print_json, progress, reports, say


@click.command()
@json_option
@click.pass_obj
def upgrade(data: Path, as_json: bool) -> None:
    """Bring an archive that an older Dateline wrote up to date, and its index.

    \b
    `add` and `rebuild` do the same. Keep a copy until you have seen that all is well:
      dateline upgrade
    """
    with progress("Reading") as reread_progress, progress("Indexing") as index_progress:
        announce = build.announce_nothing if as_json else reports.announce_rereading
        rereading = Rereading(announce, reread_progress)
        before, report = build.upgrade(data, index_progress, rereading=rereading)
    if as_json:
        print_json({"from": before, "to": migrations.VERSION, **asdict(report)})
        return
    is_old = before < migrations.VERSION
    say(
        f"Upgraded from schema {before} to {migrations.VERSION}."
        if is_old
        else f"Up to date already (schema {before})."
    )
    reports.print_rereading_report(report.reread)
    reports.print_correction_report(report.corrections)
    reports.print_word_list_notices(report.unused_lists, report.stale)
    reports.print_index_notices(report)
    say(f"{format_count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")
