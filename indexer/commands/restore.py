"""`dateline restore`: restore a backup into a new directory."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.maintenance import restore_backup
from indexer.output import NonEmptyPath, format_count, json_option, print_json, progress, say


@click.command()
@click.argument("file", type=NonEmptyPath())
@click.argument("directory", type=NonEmptyPath())
@json_option
def restore(file: Path, directory: Path, as_json: bool) -> None:
    """Put the backup FILE back into DIRECTORY, which is not there yet or is empty, and make its index.

    \b
    Every address is the same as before:
      dateline restore /backups/dateline-2026-11-29.tar dateline-data
    """
    with progress("Indexing") as index_progress:
        report = restore_backup(file, directory, index_progress)
    if as_json:
        print_json(asdict(report))
    else:
        releases = format_count(report.index.releases, "release")
        say(f"{releases} restored into {directory}. Fingerprint {report.index.fingerprint}")
        for line in report.damage:
            say(line, fg="yellow")
    if report.damage:
        click.get_current_context().exit(6)
