"""`dateline audit`: list the values that need review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive.store import Archive, ReviewItem, ReviewKind
from archive.store import review as auditing
from archive.store.review import ReviewGroup
from indexer.output import format_count, json_option, print_json, say


@click.command()
@click.option("--kind", type=click.Choice([reason.value for reason in ReviewKind]), help="Only this kind.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(0), help="How many of each kind; 0 for all.")
@json_option
@click.pass_obj
def audit(data: Path, kind: str | None, limit: int, as_json: bool) -> None:
    """List what was read and may be wrong, with the correction that would settle it.

    \b
      dateline audit --kind two-dates --limit 0
    """
    with Archive(data) as archive:
        wanted = [ReviewKind(kind)] if kind else list(ReviewKind)
        found = {reason: auditing.list_review_items(archive, reason) for reason in wanted}
        grouped = {reason: auditing.group_review_items(items) for reason, items in found.items()}
        counts = {reason: auditing.count_values(archive, reason, groups) for reason, groups in grouped.items()}
    if as_json:
        print_json({
            reason.value: {
                "total": len(found[reason]),
                "doubtful": [_item_json(each) for each in found[reason][: limit or None]],
                **counts[reason]._asdict(),
                "groups": [_group_json(each) for each in grouped[reason][: limit or None]],
            }
            for reason in wanted
        })  # fmt: skip
        return
    for reason, groups in grouped.items():
        count = counts[reason]
        more = f" in {format_count(count.releases, 'release')}" if count.releases != count.values else ""
        say(f"{reason}: {auditing.MEANINGS[reason]} ({count.values:,}{more})")
        for group in groups[: limit or None]:
            for line in _group_lines(group, limit or None):
                say(f"  {line}")


def _item_json(each: ReviewItem) -> dict[str, Any]:
    said = {key: value for key, value in asdict(each).items() if value and key not in ("kind", "rule")}
    if each.rule:
        said |= each.rule.as_dict()
    return said | {"correction": each.correction}


def _group_json(group: ReviewGroup) -> dict[str, Any]:
    said = {"field": group.field, "value": group.value, "person": group.person, "source": group.source}
    rule = group.rule.as_dict() if group.rule else {}
    works = [each.work for each in group.items if each.work]
    settled = {"correction": group.correction, "command": group.command}
    return {**said, **rule, "releases": group.releases, "works": works, **settled}


def _group_lines(group: ReviewGroup, limit: int | None) -> Iterator[str]:
    """A line for a value that stands in many releases; for others one for what they have in common, and one each."""
    releases = format_count(group.releases, "release")
    if group.person:
        yield f"{group.person}: {', '.join(group.items[0].spellings)} ({releases})"
    elif group.value:
        yield f"{group.field}: {group.value} ({releases})"
    elif len(group.items) == 1:
        yield _item_line(group.items[0])
    else:
        rule = f", {group.rule.sentence}" if group.rule else ""
        yield f"{group.source or 'no source'}{rule} ({releases})"
        yield from (f"  {_item_line(each)}" for each in group.items[:limit])


def _item_line(each: ReviewItem) -> str:
    value = f"{each.value or 'none'}{f' or {each.other}' if each.other else ''}"
    words = f"  “{' '.join(each.words.split())}”" if each.words else ""
    return f"{each.work} {each.field}: {value}  {each.title}{words}"
