"""`dateline forget`: remove an added folder from the list."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path

import click

from archive.store.writing import ForgetReport
from indexer.maintenance import build
from indexer.output import NonEmptyPath, format_count, json_option, print_json, progress, say


@click.command()
@click.argument("folder", type=NonEmptyPath())
@json_option
@click.pass_obj
def forget(data: Path, folder: Path, as_json: bool) -> None:
    """Withdraw the releases that stand only in FOLDER, an added folder.

    \b
    Nothing is deleted: their pages stay, and adding the folder again brings them back.
    The folder need not be there any more:
      dateline forget old-releases/
    """
    with progress("Indexing") as index_progress:
        report, _ = build.forget(data, folder, index_progress)
    if as_json:
        print_json(asdict(report))
    else:
        _print(report)


def _print(report: ForgetReport) -> None:
    if report.inside:
        say(f"{report.folder} is forgotten. It lies in {report.inside}, which was added too: nothing is withdrawn.")
        return
    files, releases = format_count(report.files, "file"), format_count(report.withdrawn, "release")
    say(
        f"{report.folder} is forgotten: {files}, {releases} withdrawn. "
        f"Nothing was deleted; dateline add {shlex.quote(report.folder)} brings all back."
    )
