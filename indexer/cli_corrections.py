"""The commands of corrections: `audit` says what may be wrong, `correct` puts right, `corrections` lists and checks."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive import audit as auditing
from archive.audit import Doubt, Doubtful
from archive.corrections import FILE_NAME, OF_PERSON, OF_RELEASE, Correction, Field
from archive.corrections.checking import Refused, checked
from archive.corrections.plan import plan
from archive.corrections.toml_file import read
from archive.errors import CorrectionRefused
from archive.release import Kind
from archive.store import Archive
from indexer import build, terminal
from indexer.options import json_option, print_json


@click.command()
@click.argument("what", metavar="ID|SLUG")
@click.argument("field")
@click.argument("value", default="")
@click.option("--by", required=True, help="Who corrects it.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--version", type=click.IntRange(1), help="Of a release: only this version (all, those to come included)."
)
@click.option(
    "--kind", type=click.Choice([kind.value for kind in Kind]), help="With person: in what way the release names them."
)
@click.option("--role", default="", help="With person: their office.")
@click.option("--spelling", default="", help="With another: the spelling that is someone else's.")
@click.option("--in", "releases", multiple=True, help="With another: a release in which it is (may be repeated).")
@json_option
@click.pass_obj
def correct(
    data: Path, what: str, field: str, value: str, by: str, reason: str, version: int | None, kind: str | None,
    role: str, spelling: str, releases: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Put right a FIELD of a release (ID) or a person (SLUG), and apply it.

    \b
    Writes to corrections.toml in the data directory; taking it out there takes it back:
      dateline correct 3k9x0m2v7q date 2011-01-20 --by "R. Lee" --reason "misprint"
      dateline correct jon-smith same-as john-smith --by "R. Lee"
    """
    said: dict[str, Any] = {
        _subject(data, what, field): what, "field": field, "value": value, "by": by, "reason": reason
    }  # fmt: skip
    extra = {"version": version, "kind": kind, "role": role, "spelling": spelling, "releases": list(releases)}
    try:
        correction = checked(said | {key: given for key, given in extra.items() if given}, 0)
    except Refused as refused:
        raise CorrectionRefused(f"{refused.reason}. Nothing was written.") from refused
    with terminal.progress("Indexing") as building:
        report = build.correct(data, correction, building)
    if as_json:
        print_json(asdict(report))
    else:
        terminal.print_corrections(report.corrections)


def _subject(data: Path, what: str, field: str) -> str:
    """Whether an id or a slug is meant: by the field, and where both have it, by what the archive knows."""
    if field in OF_RELEASE and field in OF_PERSON:
        with Archive(data) as archive:
            return "release" if archive.known_works([what.lower()]) else "person"
    return "person" if field in OF_PERSON else "release"


@click.command()
@json_option
@click.pass_obj
def corrections(data: Path, as_json: bool) -> None:
    """List the corrections, and check each against the archive; nothing is changed.

    \b
    Ends with exit code 11 where one cannot hold:
      dateline corrections
    """
    with Archive(data) as archive:
        found = read(data / FILE_NAME)
        planned = plan(found, archive.known_works, archive.known_people)
    if as_json:
        print_json({
            "corrections": [_json(each) for each in found.corrections],
            "problems": [asdict(problem) for problem in planned.problems],
        })  # fmt: skip
    else:
        for each in found.corrections:
            click.echo(_line(each))
        terminal.print_problems(planned.problems)
        if not found.corrections and not planned.problems:
            click.echo(f"No corrections yet. `dateline correct` writes them to {data / FILE_NAME}.")
    if any(not problem.remark for problem in planned.problems):
        click.get_current_context().exit(CorrectionRefused.code)


def _json(each: Correction) -> dict[str, Any]:
    return {key: value for key, value in asdict(each).items() if value not in ("", (), 0) or key == "value"}


def _line(each: Correction) -> str:
    about = (each.release or each.person) + (f" version {each.version}" if each.version else "")
    value = f" {each.value or '(none)'}" if each.release or each.field is not Field.NOT_PERSON else ""
    which = f" where spelt “{each.spelling}”" if each.spelling else ""
    which += f" in {', '.join(each.releases)}" if each.releases else ""
    return f"line {each.line}: {about} {each.field}{value}{which}, by {each.by}" + (
        f" ({each.reason})" if each.reason else ""
    )


@click.command()
@click.option("--kind", type=click.Choice([doubt.value for doubt in Doubt]), help="Only this kind.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(0), help="Of each kind; 0 is all.")
@json_option
@click.pass_obj
def audit(data: Path, kind: str | None, limit: int, as_json: bool) -> None:
    """List what was read and may be wrong, with the correction that would settle it.

    \b
      dateline audit --kind two-dates --limit 0
    """
    with Archive(data) as archive:
        counts = auditing.counts(archive)
        wanted = [Doubt(kind)] if kind else list(counts)
        found = {doubt: auditing.doubtful(archive, doubt, most=limit or -1) for doubt in wanted}
    if as_json:
        print_json({
            doubt.value: {"total": counts[doubt], "doubtful": [_doubtful_json(each) for each in found[doubt]]}
            for doubt in wanted
        })  # fmt: skip
        return
    for doubt in wanted:
        click.echo(f"{doubt}: {auditing.MEANINGS[doubt]} ({counts[doubt]:,})")
        for each in found[doubt]:
            click.echo(f"  {_doubtful_line(each)}")


def _doubtful_json(each: Doubtful) -> dict[str, Any]:
    said = {key: value for key, value in asdict(each).items() if value and key != "doubt"}
    return said | {"correction": each.correction}


def _doubtful_line(each: Doubtful) -> str:
    if each.person:
        return f"{each.person}: {', '.join(each.spellings)}"
    value = f"{each.value or 'none'}{f' or {each.other}' if each.other else ''}"
    words = f"  “{' '.join(each.words.split())}”" if each.words else ""
    return f"{each.work} {each.field}: {value}  {each.title}{words}"
