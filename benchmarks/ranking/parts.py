"""The ranking with and without each of its parts, and with one parameter changed: what each is worth, and how flat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.contest.report import format_table
from benchmarks.ranking.judged_sets import JudgedSet, Ratios, mean_ratios
from benchmarks.ranking.setting import BEFORE, ENGINE, PLAIN, Setting
from benchmarks.ranking.variants import AS_IT_IS


@dataclass(frozen=True, slots=True)
class PartFigures:
    """A setting's mean ratios by change of the titles, and the least ratio of any set."""

    name: str
    ratios: dict[str, Ratios]
    least: float


def settings_by_name() -> dict[str, Setting]:
    """The engine's setting, the one before, those without a part, and those with one parameter changed.

    Those of one shape follow each other, so that BM25 is computed once for them.
    """
    return {
        "the engine's": ENGINE,
        "without the title": _weigh(title=0.0),
        "without function words' weight": _weigh(function=1.0),
        "without proximity": _weigh(adjacent=0.0, near=0.0),
        "only the title": replace(PLAIN, weights=replace(PLAIN.weights, title=ENGINE.weights.title)),
        "only function words' weight": replace(PLAIN, weights=replace(PLAIN.weights, function=ENGINE.weights.function)),
        "only proximity": _weigh(title=0.0, function=1.0),
        "none (plain BM25)": PLAIN,
        "title .2": _weigh(title=0.2), "title .6": _weigh(title=0.6),
        "function words .1": _weigh(function=0.1), "function words .4": _weigh(function=0.4),
        "pairs half": _weigh(adjacent=ENGINE.weights.adjacent / 2, near=ENGINE.weights.near / 2),
        "pairs twice": _weigh(adjacent=ENGINE.weights.adjacent * 2, near=ENGINE.weights.near * 2),
        "before": BEFORE,
        "k1 .9": _shape(k1=0.9), "k1 1.6": _shape(k1=1.6), "b .5": _shape(b=0.5), "b .9": _shape(b=0.9),
        "titles not in the length": _shape(title_in_length=False),
        "pairs not across function words": _shape(across=False),
        "near within 4": _shape(reach=4), "near within 16": _shape(reach=16),
    }  # fmt: skip


def _weigh(**changed: float) -> Setting:
    return replace(ENGINE, weights=replace(ENGINE.weights, **changed))


def _shape(**changed: float) -> Setting:
    return replace(ENGINE, shape=replace(ENGINE.shape, **changed))  # type: ignore[arg-type]  # of the fields' types


def measure_parts(sets: Sequence[JudgedSet]) -> list[PartFigures]:
    """Every setting on every set."""
    return [_measure(name, setting, sets) for name, setting in settings_by_name().items()] if sets else []


def _measure(name: str, setting: Setting, sets: Sequence[JudgedSet]) -> PartFigures:
    found = [(one.change, one.ratios(setting)) for one in sets]
    changes = dict.fromkeys(change for change, _ in found)
    means = {change: mean_ratios([ratios for other, ratios in found if other == change]) for change in changes}
    return PartFigures(name, means, min(min(ratios) for _, ratios in found))


def format_parts(figures: Sequence[PartFigures]) -> str:
    """The figures for people: ratios of nDCG@10 and MAP to Lucene's, or to plain BM25's where titles are changed."""
    if not figures:
        return ""
    changes = list(figures[0].ratios)
    head = ["setting"]
    for change in changes:
        head += [change if change != AS_IT_IS else "as they are", "MAP"]
    rows = [
        (one.name, *(f"{ratio:.3f}" for change in changes for ratio in one.ratios[change]), f"{one.least:.3f}")
        for one in figures
    ]
    return format_table([*head, "least"], rows)
