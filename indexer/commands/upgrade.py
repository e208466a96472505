"""`dateline upgrade`: an archive of an older version brought up to date."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.store import migrations
from indexer.maintenance import build
from indexer.output import count, json_option, print_json, progress, reports, say


@click.command()
@json_option
@click.pass_obj
def upgrade(data: Path, as_json: bool) -> None:
    """Bring an archive that an older Dateline wrote up to date, and its index.

    \b
    `add` and `rebuild` do the same. Keep a copy until you have seen that all is well:
      dateline upgrade
    """
    with progress("Indexing") as building:
        before, report = build.upgrade(data, building)
    if as_json:
        print_json({"from": before, "to": migrations.VERSION, **asdict(report)})
        return
    old = before < migrations.VERSION
    say(f"Brought from schema {before} to {migrations.VERSION}." if old else f"Up to date already (schema {before}).")
    reports.print_corrections(report.corrections)
    reports.print_lists(report.unused_lists, report.stale)
    say(f"{count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")
