"""`dateline purge`: take a release out for good."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from indexer.maintenance import purge_and_reindex
from indexer.output import json_option, print_json, progress, say


@click.command()
@click.argument("release_id", metavar="ID")
@click.option("--reason", required=True, help="Why; the address will show it.")
@click.option("--version", type=click.IntRange(1), help="Only this version.")
@json_option
@click.pass_obj
def purge(data: Path, release_id: str, reason: str, version: int | None, as_json: bool) -> None:
    """Take a release out for good: bytes, text, evidence, corrections and index entries.

    \b
    Its address says from then on that it was removed, when and why. The file it came from is yours and is not
    touched; `add` does not take the same bytes in again, unless with --restore-purged ID:
      dateline purge 3k9x0m2v7q --reason "court order of 3 May 2026"
    """
    if not reason.strip():
        raise click.UsageError("Say why with --reason: the address will show it.")
    with progress("Indexing") as index_progress:
        purged = purge_and_reindex(data, release_id.lower(), version, reason.strip(), index_progress)
    if as_json:
        print_json(asdict(purged))
        return
    numbers = ", ".join(map(str, purged.numbers))
    what = f"Release {purged.id}" if purged.whole else f"Version {numbers} of release {purged.id}"
    say(f"{what} {'had already been removed; what was left of it is now gone' if purged.already else 'was removed'}.")
    say("The file it came from was not touched.")
    say("Earlier backups still hold it: delete them, or purge it again after restoring one.")
