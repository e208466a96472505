"""`dateline corrections`: list the corrections, each checked against the archive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.corrections import FILE_NAME, Correction, CorrectionField, read_corrections
from archive.errors import CorrectionRefused
from archive.store import Archive
from archive.store.reconciling import people_files, plan_for_archive
from indexer.maintenance import build, raises_disk_problem
from indexer.output import json_option, print_json, progress, reports, say


@click.command()
@click.option(
    "--accept", is_flag=True, help="Accept the corrections and word lists as they are now, even if some are missing."
)
@click.option("--put-back", is_flag=True, help="Restore files that are missing or empty to what was last applied.")
@json_option
@click.pass_obj
def corrections(data: Path, accept: bool, put_back: bool, as_json: bool) -> None:
    """List the corrections, and check each against the archive; nothing is changed.

    \b
    Ends with exit code 11 where one cannot hold. Where corrections.toml or lexicon/ has vanished or was emptied,
    what was last applied holds on until you say which it is to be:
      dateline corrections --put-back
      dateline corrections --accept
    """
    if accept and put_back:
        raise click.UsageError("--accept and --put-back are opposites; give one of them.")
    if accept:
        with progress("Indexing") as index_progress:
            report = build.accept(data, index_progress)
        if as_json:
            print_json(asdict(report))
        else:
            reports.print_correction_report(report.corrections)
            reports.print_word_list_notices(report.unused_lists, report.stale)
            say("Accepted: the files now in the data directory apply.")
        return
    if put_back:
        _put_back(data, as_json)
        return
    with Archive(data) as archive:
        missing = people_files.choose_files(data, people_files.load_applied_from(archive.connection))
        corrections_file = read_corrections(data / FILE_NAME)
        plan = plan_for_archive(archive, corrections_file)
    if as_json:
        print_json({
            "corrections": [_json(each) for each in corrections_file.corrections],
            "problems": [asdict(problem) for problem in plan.problems],
            "missing": [*missing.corrections, *missing.lists],
        })  # fmt: skip
    else:
        for each in corrections_file.corrections:
            say(_line(each))
        for line in (*missing.corrections, *missing.lists):
            say(line, fg="yellow")
        reports.print_problems(plan.problems)
        if not corrections_file.corrections and not plan.problems and not missing.corrections:
            say(f"No corrections yet. `dateline correct` writes them to {data / FILE_NAME}.")
    if missing.corrections or missing.lists or any(not problem.remark for problem in plan.problems):
        click.get_current_context().exit(CorrectionRefused.code)


def _put_back(data: Path, as_json: bool) -> None:
    with Archive(data) as archive:
        files = people_files.load_applied_from(archive.connection)
    with raises_disk_problem(data):
        written = people_files.put_back(data, files)
    if as_json:
        print_json({"written": written})
    else:
        say(
            f"Restored as last applied: {', '.join(written)}."
            if written
            else "No file is missing; nothing was written."
        )


def _json(each: Correction) -> dict[str, Any]:
    return {key: value for key, value in asdict(each).items() if value not in ("", (), 0) or key == "value"}


def _line(each: Correction) -> str:
    about = (each.release or each.person) + (f" version {each.version}" if each.version else "")
    value = f" {each.value or '(none)'}" if each.release or each.field is not CorrectionField.NOT_PERSON else ""
    which = f" where spelt “{each.spelling}”" if each.spelling else ""
    which += f" in {', '.join(each.releases)}" if each.releases else ""
    return f"line {each.line}: {about} {each.field}{value}{which}, by {each.by}" + (
        f" ({each.reason})" if each.reason else ""
    )
