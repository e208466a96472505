"""`dateline backup`: back up the archive into one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.maintenance import back_up
from indexer.output import NonEmptyPath, format_count, json_option, print_json, say


@click.command()
@click.argument("file", type=NonEmptyPath())
@json_option
@click.pass_obj
def backup(data: Path, file: Path, as_json: bool) -> None:
    """Copy the record into FILE, a new tar file: every original, version and correction.

    \b
    Others may read and write meanwhile. An existing FILE is left as it is; so give each its day (in cron):
      dateline backup "/backups/dateline-$(date +%F).tar"
    """
    report = back_up(data, file)
    if as_json:
        print_json(asdict(report))
    else:
        manifest = report.manifest
        size = sum(size for size, _ in manifest.files.values())
        releases = f"{format_count(manifest.releases, 'release')} ({format_count(manifest.versions, 'version')} in all)"
        say(f"{releases} backed up to {file} ({size / 1e6:,.1f} MB), read back and checked.")
        for line in report.damage:
            say(line, fg="yellow")
        if report.damage:
            say(
                "The archive itself is damaged: keep the backup before this one. To repair: dateline verify --repair",
                fg="yellow",
            )
    if report.damage:
        click.get_current_context().exit(6)
