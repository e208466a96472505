"""`dateline explain`: show every field of a file or a release with its evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import click

from archive.ingest import parse_file, user_lexicon
from archive.parsed import FolderFile
from archive.release import Corrected, Release, as_dict
from archive.store import Archive
from indexer.output import json_option, print_error, print_field_corrections, print_json, say


@click.command()
@click.argument("what", metavar="FILE|ID")
@click.option(
    "--version", "number", type=click.IntRange(1), help="Explain this version of a release, not the current one."
)
@json_option
@click.pass_obj
def explain(data: Path, what: str, number: int | None, as_json: bool) -> None:
    """Show every field of a file or a release with its evidence.

    \b
    A file need not be in the archive:
      dateline explain release.txt
    """
    corrections: tuple[Corrected, ...]
    if Path(what).is_file():
        user_lexicon.use_lexicon(data)
        releases, corrections = _parse_file(Path(what)), ()
    else:
        with Archive(data) as archive:
            version = archive.find_version(what.lower(), number)
        releases, corrections = [version.release], version.corrections
    for release in releases:
        _explain(release, corrections, as_json)


def _parse_file(path: Path) -> list[Release]:
    status = path.stat()
    file = FolderFile(str(path), path.name, status.st_size, status.st_mtime_ns)
    parsed = parse_file(file, dt.date.today())
    for skip in parsed.skipped:
        print_error(f"{path}{', ' + skip.where if skip.where else ''}: {skip.reason}")
    return [record.release for record in parsed.records]


def _explain(release: Release, corrections: tuple[Corrected, ...], as_json: bool) -> None:
    if as_json:
        print_json(as_dict(release) | {"corrections": [asdict(each) for each in corrections]})
        return
    say(release.title, bold=True)
    print_field_corrections(corrections)
    _print_evidence(release)


def _print_evidence(release: Release) -> None:
    """Print every candidate value, chosen or not, with its rule and words; then the people with kind and role."""
    for one in sorted(release.evidence, key=lambda e: (e.field, not e.chosen, -e.confidence)):
        where = f"{one.part.value} {one.start}–{one.end}" if one.start >= 0 else one.part.value
        sign = "✓" if one.chosen else "·"
        words = " ".join(one.words.split())
        say(f"{sign} {one.field:<8} {one.value}  [{one.rule.sentence}, {where}, {one.confidence:.0%}]  “{words}”")
    for person in release.people:
        say(f"✓ person   {person.name}  [{person.kind.value}{', ' + person.role if person.role else ''}]")
