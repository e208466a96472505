"""`dateline verify`: whether archive and index are as they were written, and agree."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.maintenance import Verdict, verifying
from indexer.output import json_option, print_json, say, visible_line


@click.command()
@click.option("--repair", is_flag=True, help="Put right what is damaged, from the originals and the archive.")
@json_option
@click.pass_obj
def verify(data: Path, repair: bool, as_json: bool) -> None:
    """Check the archive's bytes and that the index says what the archive says.

    \b
    Ends with exit code 6 where something is damaged and was not repaired:
      dateline verify --repair
    """
    verdict = verifying.repair(data) if repair else verifying.verify(data)
    if as_json:
        print_json(
            {
                "archive": verdict.archive,
                "index": verdict.index,
                "mended": verdict.mended,
                "left": verdict.left,
                "repaired": verdict.is_repaired,
            }
        )
    else:
        _print(verdict)
    if verdict.is_damaged:
        click.get_current_context().exit(6)


def _print(verdict: Verdict) -> None:
    for line in (*verdict.archive, *verdict.index):
        say(visible_line(line))
    for line in verdict.mended:
        say(visible_line(f"Repaired: {line}."))
    for line in verdict.left:
        say(visible_line(f"Not repaired: {line}"))
    if verdict.left and verdict.mended:
        say("What is not repaired is kept as it is. A backup restored into an empty directory has it whole.")
    if not verdict.archive and not verdict.index:
        say("All is well.")
