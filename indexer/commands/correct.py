"""`dateline correct`: correct a field of a release or a person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.corrections import PERSON_FIELDS, RELEASE_FIELDS, InvalidCorrection, parse_correction
from archive.errors import CorrectionRefused
from archive.release import Kind
from archive.store import Archive
from indexer.maintenance import build
from indexer.output import json_option, print_json, progress, reports


@click.command()
@click.argument("what", metavar="ID|SLUG|NAME")
@click.argument("field")
@click.argument("value", default="")
@click.option("--by", required=True, help="Who makes the correction.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--version",
    type=click.IntRange(1),
    help="For a release: only this version (otherwise all versions, present and future).",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind if kind is not Kind.UNRESOLVED]),
    help="With person: in what way the release names them.",
)
@click.option("--role", default="", help="With person: their office.")
@click.option("--spelling", default="", help="With another: the spelling that is someone else's.")
@click.option("--in", "releases", multiple=True, help="With another: a release in which it is (may be repeated).")
@click.option("--source", "subject", flag_value="source", help="NAME is a source: correct it in every release.")
@click.option("--place", "subject", flag_value="place", help="NAME is a place: correct it in every release.")
@json_option
@click.pass_obj
def correct(
    data: Path, what: str, field: str, value: str, by: str, reason: str, version: int | None, kind: str | None,
    role: str, spelling: str, releases: tuple[str, ...], subject: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Put right a FIELD of a release (ID), a person (SLUG), a source or a place (NAME), and apply it.

    \b
    Writes to corrections.toml in the data directory; taking it out there takes it back:
      dateline correct 3k9x0m2v7q date 2011-01-20 --by "R. Lee" --reason "misprint"
      dateline correct jon-smith same-as john-smith --by "R. Lee"
      dateline correct --source "Dept. of State" same-as "U.S. Department of State" --by "R. Lee"
      dateline correct --place "Elsinor" name "Elsinore" --by "R. Lee"
    """
    required: dict[str, Any] = {
        subject or _subject(data, what, field): what, "field": field, "value": value, "by": by, "reason": reason
    }  # fmt: skip
    optional = {"version": version, "kind": kind, "role": role, "spelling": spelling, "releases": list(releases)}
    try:
        correction = parse_correction(required | {key: value for key, value in optional.items() if value}, 0)
    except InvalidCorrection as refused:
        raise CorrectionRefused(f"{refused.reason}. Nothing was written.") from refused
    with progress("Indexing") as index_progress:
        report = build.correct(data, correction, index_progress)
    if as_json:
        print_json(asdict(report))
    else:
        reports.print_correction_report(report.corrections)


def _subject(data: Path, what: str, field: str) -> str:
    """Whether `what` is an id or a slug: by the field, and where both have it, by what the archive holds."""
    if field in RELEASE_FIELDS and field in PERSON_FIELDS:
        with Archive(data) as archive:
            return "release" if archive.existing_works([what.lower()]) else "person"
    return "person" if field in PERSON_FIELDS else "release"
