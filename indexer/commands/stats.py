"""`dateline stats`: what the archive holds."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.store import Archive, counts
from indexer.maintenance import arrival
from indexer.output import json_option, print_arrival, print_json, remark_line, say


@click.command()
@click.option("--skipped", is_flag=True, help="List every file or part that could not be read, and why.")
@json_option
@click.pass_obj
def stats(data: Path, skipped: bool, as_json: bool) -> None:
    """Count what the archive holds.

    \b
      dateline stats --skipped
    """
    report = arrival(data)
    with Archive(data) as archive:
        remarks = counts.remarks(archive, skipped=True)
    if as_json:
        print_json(asdict(report) | ({"skipped": [asdict(r) for r in remarks]} if skipped else {}))
        return
    print_arrival(report)
    for remark in remarks if skipped else ():
        say(remark_line(remark))
