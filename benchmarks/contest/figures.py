"""The entries of a run made into figures: by class, by contestant, and as ratios."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.contest.all_peers import ContestantFigures

ACTIONS = ("ten", "page")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below or at which `share` of them lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000 * len(ordered)) // 1000) - 1)]


def by_class(entries: Sequence[ContestantFigures]) -> list[dict[str, Any]]:
    """A row a class and a last one over all: mean, p50 and p95 of each contestant in ms; worst for the first first."""
    groups = list(dict.fromkeys(answer["group"] for answer in entries[0].answers))
    rows = [{"class": group, **_row(entries, group)} for group in groups]
    rows.sort(key=lambda row: -max(row["page_ratios"].values(), default=row[entries[0].name]["page"]["mean"]))
    return [*rows, {"class": "all", **_row(entries, "")}]


def _row(entries: Sequence[ContestantFigures], group: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        entry.name: {what: _percentiles(entry.times(what, group)) for what in ACTIONS} for entry in entries
    }
    first, *others = (entry.name for entry in entries)
    for what in ACTIONS:
        row[f"{what}_ratios"] = {name: row[first][what]["mean"] / row[name][what]["mean"] for name in others}
        row[f"{what}_p95_ratios"] = {name: row[first][what]["p95"] / row[name][what]["p95"] for name in others}
    return row


def _percentiles(times: list[float]) -> dict[str, float]:
    return {"mean": statistics.mean(times), "p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def by_contestant(entries: Sequence[ContestantFigures]) -> list[dict[str, Any]]:
    """A row a contestant: building, size, memory, opening, first answers."""
    return [_summary(entry) for entry in entries]


def _summary(entry: ContestantFigures) -> dict[str, Any]:
    build, size = entry.build, entry.build["size"]
    workers = build["memory"]["workers_mb"]
    return {
        "contestant": entry.name,
        "build_wall_s": build["total"]["wall"],
        "build_cpu_s": build["total"]["cpu"],
        "parts": build["parts"],
        "build_peak_mb": build["memory"]["peak_mb"],
        "worker_peak_mb": max(workers, default=0.0),
        "index_mb": size["index"] / 1e6,
        "texts_mb": size["texts"] / 1e6,
        "disk_mb": (size["index"] + size["texts"] + size["together"]) / 1e6,
        "open_ms": entry.opening["open"],
        "first_answer_ms": entry.opening["first"],
        "first_page_ms": _percentiles(entry.times("first")),
        "page_wall_ms": _percentiles(entry.times("page", clock="wall")),
        "resident_mb": entry.memory,
    }


def ratios(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """The first contestant's figures over each other's."""
    first, *others = rows
    keys = ("build_wall_s", "build_cpu_s", "build_peak_mb", "index_mb", "disk_mb", "open_ms")
    return {
        other["contestant"]: {key: first[key] / other[key] for key in keys if other[key] and first[key]}
        for other in others
    }
