"""`dateline corrections`: the corrections listed, each checked against the archive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.corrections import FILE_NAME, Correction, Field
from archive.corrections.plan import plan_for
from archive.corrections.toml_file import read
from archive.errors import CorrectionRefused
from archive.store import Archive
from indexer import reports
from indexer.options import json_option, print_json


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
        planned = plan_for(archive, found)
    if as_json:
        print_json({
            "corrections": [_json(each) for each in found.corrections],
            "problems": [asdict(problem) for problem in planned.problems],
        })  # fmt: skip
    else:
        for each in found.corrections:
            click.echo(_line(each))
        reports.print_problems(planned.problems)
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
