"""`dateline upgrade`: an archive of an older version brought up to date."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive import schema
from indexer import build, reports
from indexer.numbers import count
from indexer.options import json_option, print_json
from indexer.terminal import progress, say


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
        print_json({"from": before, "to": schema.VERSION, **asdict(report)})
        return
    old = before < schema.VERSION
    say(f"Brought from schema {before} to {schema.VERSION}." if old else f"Up to date already (schema {before}).")
    reports.print_corrections(report.corrections)
    reports.print_lists(report.unused_lists, report.stale)
    say(f"{count(report.releases, 'release')} indexed. Fingerprint {report.fingerprint}")
