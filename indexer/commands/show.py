"""`dateline show`: print one release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from archive.release import Location, Version
from archive.store import Archive
from indexer.output import json_option, make_line_visible, print_field_corrections, print_json, say
from indexer.search import release_path, release_to_json


@click.command()
@click.argument("release_id")
@click.option("--version", "number", type=click.IntRange(1), help="Show this version instead of the current one.")
@json_option
@click.pass_obj
def show(data: Path, release_id: str, number: int | None, as_json: bool) -> None:
    """Print one release.

    \b
      dateline show 3k9x0m2v7q
    """
    with Archive(data) as archive:
        version = archive.find_version(release_id.lower(), number)
        locations = archive.locations(version)
        if as_json:
            print_json(release_to_json(version, archive.versions(version.work), locations))
        else:
            _print_release(version, locations)


def _print_release(version: Version, locations: Sequence[Location]) -> None:
    """Print a release for people: its fields and corrections, then its text and locations."""
    release = version.release
    say(release.title, bold=True)
    facts = [release.published.iso if release.published else "no date", release.place, release.source, release.byline]
    say(" · ".join(fact for fact in facts if fact), dim=True)
    if not version.live:
        say("Withdrawn: the file it came from is gone. The text is kept.", fg="yellow")
    print_field_corrections(version.corrections)
    say()
    say(release.body)
    say()
    for location in locations:
        say(f"{make_line_visible(location.path)}{' (gone)' if not location.live else ''}", dim=True)
    say(release_path(version.work, release.title), dim=True)
