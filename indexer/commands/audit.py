"""`dateline audit`: list the values that need review."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.store import Archive, Doubt, Doubtful
from archive.store import review as review
from indexer.output import json_option, print_json, say


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
        counts = review.counts(archive)
        kinds = [Doubt(kind)] if kind else list(counts)
        values = {doubt: review.doubtful(archive, doubt, most=limit or -1) for doubt in kinds}
    if as_json:
        print_json({
            doubt.value: {"total": counts[doubt], "doubtful": [_doubtful_json(each) for each in values[doubt]]}
            for doubt in kinds
        })  # fmt: skip
        return
    for doubt in kinds:
        say(f"{doubt}: {review.MEANINGS[doubt]} ({counts[doubt]:,})")
        for each in values[doubt]:
            say(f"  {_doubtful_line(each)}")


def _doubtful_json(each: Doubtful) -> dict[str, Any]:
    fields = {key: value for key, value in asdict(each).items() if value and key != "doubt"}
    return fields | {"correction": each.correction}


def _doubtful_line(each: Doubtful) -> str:
    if each.person:
        return f"{each.person}: {', '.join(each.spellings)}"
    value = f"{each.value or 'none'}{f' or {each.other}' if each.other else ''}"
    words = f"  “{' '.join(each.words.split())}”" if each.words else ""
    return f"{each.work} {each.field}: {value}  {each.title}{words}"
