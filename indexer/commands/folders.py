"""`dateline folders`: list the added folders."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.store import Archive
from archive.store.writing import AddedFolder, list_folders
from indexer.output import format_count, json_option, print_json, say


@click.command()
@json_option
@click.pass_obj
def folders(data: Path, as_json: bool) -> None:
    """List the folders that were added, and what came from each.

    \b
    What lies in an added folder inside another is counted once, in the inner one:
      dateline folders
    """
    with Archive(data) as archive:
        added = list_folders(archive)
    if as_json:
        print_json([asdict(each) for each in added])
        return
    for each in added:
        _print(each)
    if not added:
        say("No folder has been added yet. Add one with: dateline add FOLDER")


def _print(folder: AddedFolder) -> None:
    say(folder.path, bold=True)
    not_read = f"{format_count(folder.skipped, 'file')} not read"
    say(f"  {format_count(folder.releases, 'release')} in {format_count(folder.files, 'file')}, {not_read}")
    say(f"  first added {_format_moment(folder.added)}, last seen {_format_moment(folder.seen)}")
    if not folder.is_there:
        say("  Not there now: it was moved or deleted, or its disk is not mounted.", fg="yellow")


def _format_moment(text: str) -> str:
    """A time in UTC for people; "" is from an archive that did not store it."""
    return f"{text[:10]} {text[11:16]} UTC" if text else "before dates were kept"
