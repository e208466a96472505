"""`dateline restore`: a backup put back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.maintenance import backups
from indexer.output import GivenPath, count, json_option, print_json, progress, say


@click.command()
@click.argument("file", type=GivenPath())
@click.argument("directory", type=GivenPath())
@json_option
def restore(file: Path, directory: Path, as_json: bool) -> None:
    """Put the backup FILE back into DIRECTORY, which is not there yet or is empty, and make its index.

    \b
    Every address is the same as before:
      dateline restore /backups/dateline-2026-11-29.tar dateline-data
    """
    with progress("Indexing") as building:
        restored = backups.restore(file, directory, building)
    if as_json:
        print_json(asdict(restored))
    else:
        releases = count(restored.index.releases, "release")
        say(f"{releases} restored into {directory}. Fingerprint {restored.index.fingerprint}")
        for line in restored.damage:
            say(line, fg="yellow")
    if restored.damage:
        click.get_current_context().exit(6)
