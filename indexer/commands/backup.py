"""`dateline backup`: the record copied into one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.maintenance import backups
from indexer.output import GivenPath, count, json_option, print_json, say


@click.command()
@click.argument("file", type=GivenPath())
@json_option
@click.pass_obj
def backup(data: Path, file: Path, as_json: bool) -> None:
    """Copy the record into FILE, a new tar file: every original, version and correction.

    \b
    Others may read and write meanwhile. An existing FILE is left as it is; so give each its day (in cron):
      dateline backup "/backups/dateline-$(date +%F).tar"
    """
    made = backups.back_up(data, file)
    if as_json:
        print_json(asdict(made))
    else:
        size = sum(size for size, _ in made.manifest.files.values())
        releases = f"{count(made.manifest.releases, 'release')} ({count(made.manifest.versions, 'version')} in all)"
        say(f"{releases} backed up to {file} ({size / 1e6:,.1f} MB), read back and whole.")
        for line in made.damage:
            say(line, fg="yellow")
        if made.damage:
            say("The archive itself is damaged; keep the backup before this one. dateline verify --repair", fg="yellow")
    if made.damage:
        click.get_current_context().exit(6)
