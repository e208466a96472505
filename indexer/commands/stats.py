"""`dateline stats`: print counts of the archive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive.store import Archive, counts
from indexer.maintenance import load_import_summary
from indexer.output import format_remark, json_option, print_import_summary, print_json, say


@click.command()
@click.option("--skipped", is_flag=True, help="List every file, or part of one, that could not be read, and why.")
@json_option
@click.pass_obj
def stats(data: Path, skipped: bool, as_json: bool) -> None:
    """Count what the archive holds.

    \b
      dateline stats --skipped
    """
    summary = load_import_summary(data)
    with Archive(data) as archive:
        remarks = counts.remarks(archive, skipped=True)
    if as_json:
        print_json(asdict(summary) | ({"skipped": [asdict(r) for r in remarks]} if skipped else {}))
        return
    print_import_summary(summary)
    for remark in remarks if skipped else ():
        say(format_remark(remark))
