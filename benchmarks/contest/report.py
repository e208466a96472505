"""The figures as text: a table of builds, a table of classes, and the disagreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.contest.all_peers import ContestantFigures, Disagreement
from benchmarks.contest.figures import by_class, by_contestant, ratios

MAX_DISAGREEMENT_LINES = 20
"""Disagreements that are printed; the rest are counted."""


def format_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns as wide as they need to be, the first to the left, the others to the right."""
    cells = [list(head), *([_format_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = (
        [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        for row in cells
    )
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _format_cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def format_report(entries: Sequence[ContestantFigures], found: Sequence[Disagreement]) -> str:
    """The whole report on a run."""
    return "\n\n".join([*_builds(entries), *_classes(entries), _agreement(entries, found)])


def _builds(entries: Sequence[ContestantFigures]) -> Iterator[str]:
    rows = by_contestant(entries)
    head = ["", "build wall s", "CPU s", "peak MB", "worker MB", "index MB", "texts MB", "disk MB", "open ms",
            "1st answer ms", "resident MB", "anonymous MB", "1st pages p95 ms", "page wall p95 ms"]  # fmt: skip
    keys = ("build_wall_s", "build_cpu_s", "build_peak_mb", "worker_peak_mb", "index_mb", "texts_mb", "disk_mb",
            "open_ms", "first_answer_ms")  # fmt: skip
    yield format_table(head, (
        [row["contestant"], *(row[key] for key in keys), row["resident_mb"]["VmRSS"], row["resident_mb"]["RssAnon"],
         row["first_page_ms"]["p95"], row["page_wall_ms"]["p95"]]
        for row in rows
    ))  # fmt: skip
    parts = [(f"{row['contestant']}: {part}", spent["wall"], spent["cpu"])
             for row in rows for part, spent in row["parts"].items()]  # fmt: skip
    yield format_table(["building, by part", "wall s", "CPU s"], parts)
    if len(rows) > 1:
        yield format_table(
            [f"{rows[0]['contestant']} over", *next(iter(ratios(rows).values()))],
            ([name, *values.values()] for name, values in ratios(rows).items()),
        )


def _classes(entries: Sequence[ContestantFigures]) -> Iterator[str]:
    rows = by_class(entries)
    names = [entry.name for entry in entries]
    for what, title in (("page", "whole page, CPU ms"), ("ten", "ten best, CPU ms")):
        head = [title, *(f"{name} {column}" for name in names for column in ("mean", "p50", "p95"))]
        head += [f"{names[0]}/{name}" for name in names[1:]] + [f"p95/{name}" for name in names[1:]]
        yield format_table(head, ([row["class"], *_numbers(row, names, what)] for row in rows))


def _numbers(row: dict[str, Any], names: Sequence[str], what: str) -> Iterator[float]:
    for name in names:
        yield from row[name][what].values()
    yield from row[f"{what}_ratios"].values()
    yield from row[f"{what}_p95_ratios"].values()


def _agreement(entries: Sequence[ContestantFigures], found: Sequence[Disagreement]) -> str:
    asked = len(entries[0].answers)
    if not found:
        return f"Totals, facets and timelines agree on all {asked} questions."
    lines = [
        f"{one.name}, {one.group}, {one.text}: {one.number} {one.found}, expected {one.expected}"
        + (f" ({one.reason})" if one.reason else "")
        for one in found[:MAX_DISAGREEMENT_LINES]
    ]
    return "\n".join([f"{len(found)} disagreements over {asked} questions:", *lines])
