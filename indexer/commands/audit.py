"""`dateline audit`: list the values that need review."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.store import Archive, ReviewItem, ReviewKind
from archive.store import review as auditing
from indexer.output import json_option, print_json, say


@click.command()
@click.option("--kind", type=click.Choice([reason.value for reason in ReviewKind]), help="Only this kind.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(0), help="Of each kind; 0 is all.")
@json_option
@click.pass_obj
def audit(data: Path, kind: str | None, limit: int, as_json: bool) -> None:
    """List what was read and may be wrong, with the correction that would settle it.

    \b
      dateline audit --kind two-dates --limit 0
    """
    with Archive(data) as archive:
        counts = auditing.count_review_items(archive)
        wanted = [ReviewKind(kind)] if kind else list(counts)
        found = {reason: auditing.list_review_items(archive, reason, most=limit or -1) for reason in wanted}
    if as_json:
        print_json({
            reason.value: {"total": counts[reason], "doubtful": [_item_json(each) for each in found[reason]]}
            for reason in wanted
        })  # fmt: skip
        return
    for reason in wanted:
        say(f"{reason}: {auditing.MEANINGS[reason]} ({counts[reason]:,})")
        for each in found[reason]:
            say(f"  {_item_line(each)}")


def _item_json(each: ReviewItem) -> dict[str, Any]:
    said = {key: value for key, value in asdict(each).items() if value and key not in ("kind", "rule")}
    if each.rule:
        said |= each.rule.as_dict()
    return said | {"correction": each.correction}


def _item_line(each: ReviewItem) -> str:
    if each.person:
        return f"{each.person}: {', '.join(each.spellings)}"
    value = f"{each.value or 'none'}{f' or {each.other}' if each.other else ''}"
    words = f"  “{' '.join(each.words.split())}”" if each.words else ""
    return f"{each.work} {each.field}: {value}  {each.title}{words}"
