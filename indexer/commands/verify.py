"""`dateline verify`: verify archive and index, and repair them."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.maintenance import VerifyReport, repair_all, verify_all
from indexer.output import json_option, make_line_visible, print_json, say


@click.command()
@click.option("--repair", is_flag=True, help="Repair what is damaged from the originals and the archive.")
@json_option
@click.pass_obj
def verify(data: Path, repair: bool, as_json: bool) -> None:
    """Check the archive's bytes and that the index says what the archive says.

    \b
    Ends with exit code 6 where something is damaged and was not repaired:
      dateline verify --repair
    """
    report = repair_all(data) if repair else verify_all(data)
    if as_json:
        print_json(
            {
                "archive": report.archive,
                "index": report.index,
                "mended": report.mended,
                "left": report.left,
                "repaired": report.is_repaired,
            }
        )
    else:
        _print(report)
    if report.is_damaged:
        click.get_current_context().exit(6)


def _print(report: VerifyReport) -> None:
    for line in (*report.archive, *report.index):
        say(make_line_visible(line))
    for line in report.mended:
        say(make_line_visible(f"Repaired: {line}."))
    for line in report.left:
        say(make_line_visible(f"Not repaired: {line}"))
    if report.left and report.mended:
        say("What could not be repaired is left as it is. To get it back, restore a backup into an empty directory.")
    if not report.archive and not report.index:
        say("All is well.")
