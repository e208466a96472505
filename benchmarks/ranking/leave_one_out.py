"""The choice of the ranking's parameters by leaving one collection out in turn.

For each collection the setting that is best on the other three is applied to the one left out, so that a figure says
what the way of choosing is worth on texts that it never saw. A collection's changed sets are left out with it.

Best is not the peak: a setting is worth the mean of itself and of its neighbours in the grid, one step away in one
parameter. On 30 to 225 queries a peak is luck; a plain that is high and flat is not.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from benchmarks.contest.report import format_table
from benchmarks.ranking.judged_sets import JudgedSet, Ratios, mean_ratios
from benchmarks.ranking.setting import BEFORE, ENGINE, Setting, Shape, Weights
from benchmarks.ranking.variants import AS_IT_IS

K1S, BS, TITLE_IDFS = (0.9, 1.2, 1.5), (0.6, 0.75, 0.9), (False, True)
TITLES, FUNCTIONS = (0.0, 0.2, 0.3, 0.4, 0.5), (0.1, 0.2, 0.4)
PAIRS = ((0.0, 0.0), (0.0, 0.1), (0.05, 0.1), (0.1, 0.1), (0.1, 0.2))
"""The weights of adjacent and of near pairs, the lighter first."""

Place = tuple[int, ...]
"""Where a setting stands in the grid: its step along each parameter."""


Logs = Mapping[Place, float]
"""Of each setting the mean logarithm of its ratios: both measures and all sets of a collection count alike."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A collection that was left out, the setting chosen on the others, and its ratios on each set of this one."""

    collection: str
    chosen: Setting
    ratios: dict[str, Ratios]
    engine: dict[str, Ratios]


@dataclass(frozen=True, slots=True)
class Study:
    """What was chosen with each collection left out, and on all of them."""

    left_out: list[LeftOut]
    chosen: Setting


def make_grid() -> dict[Place, Setting]:
    """All settings that are tried; those of one shape stand together."""
    axes: list[Sequence[object]] = [K1S, BS, TITLE_IDFS, TITLES, FUNCTIONS, PAIRS]
    places = product(*(range(len(axis)) for axis in axes))
    return {place: _setting(*place) for place in places}


def _setting(k1: int, b: int, title_idf: int, title: int, function: int, pair: int) -> Setting:
    shape = Shape(K1S[k1], BS[b], TITLE_IDFS[title_idf])
    return Setting(shape, Weights(TITLES[title], FUNCTIONS[function], *PAIRS[pair]))


def with_standard_bm25(grid: Mapping[Place, Setting]) -> dict[Place, Setting]:
    """The part of the grid in which k1 and b are the engine's, those that BM25 usually has."""
    return {
        place: setting
        for place, setting in grid.items()
        if (setting.shape.k1, setting.shape.b) == (ENGINE.shape.k1, ENGINE.shape.b)
    }


def measure_grid(
    sets: Sequence[JudgedSet], grid: Mapping[Place, Setting], say: Callable[[str], None]
) -> dict[str, Logs]:
    """The mean logarithm of every setting's ratios on each collection."""
    logs: dict[str, Logs] = {}
    for judged in dict.fromkeys(one.collection for one in sets):
        say(f"{judged}: {len(grid)} settings")
        own = [one for one in sets if one.collection == judged]
        measured = [{place: _log_ratio(one, setting) for place, setting in grid.items()} for one in own]
        logs[judged] = {place: statistics.fmean(each[place] for each in measured) for place in grid}
    return logs


def leave_out(sets: Sequence[JudgedSet], grid: Mapping[Place, Setting], logs: Mapping[str, Logs]) -> Study:
    """Choose in a grid, or a part of the one measured, with each collection left out and with none."""
    logs = {collection: {place: one[place] for place in grid} for collection, one in logs.items()}
    left_out = []
    for collection in logs:
        chosen = grid[choose([logs[other] for other in logs if other != collection])]
        own = [one for one in sets if one.collection == collection]
        ratios, engine = ({one.change: one.ratios(which) for one in own} for which in (chosen, ENGINE))
        left_out.append(LeftOut(collection, chosen, ratios, engine))
    return Study(left_out, grid[choose(list(logs.values()))])


def _log_ratio(judged: JudgedSet, setting: Setting) -> float:
    """The mean logarithm of both ratios, which count alike."""
    return statistics.fmean(map(math.log, judged.ratios(setting)))


def choose(logs: Sequence[Logs]) -> Place:
    """The place in the grid that is best together with its neighbours, collections counting alike."""
    means = {place: statistics.fmean(one[place] for one in logs) for place in logs[0]}
    return max(means, key=lambda place: (_plateau(means, place), place))


def _plateau(means: Logs, place: Place) -> float:
    # At the edge of the grid a setting stands in for the neighbour that it lacks, so that edges have no advantage.
    return statistics.fmean([means[place], *(means.get(other, means[place]) for other in _neighbours(place))])


def _neighbours(place: Place) -> Iterator[Place]:
    for axis, step in product(range(len(place)), (-1, 1)):
        yield (*place[:axis], place[axis] + step, *place[axis + 1 :])


def format_study(found: Study) -> str:
    """The figures for people."""
    rows: list[tuple[object, ...]] = []
    for one in found.left_out:
        for change, ratios in one.ratios.items():
            rows.append((one.collection, change, *_pair(ratios), *_pair(one.engine[change]), describe(one.chosen)))
    chosen = [one.ratios[AS_IT_IS] for one in found.left_out]
    engine = [one.engine[AS_IT_IS] for one in found.left_out]
    rows.append(("mean, as they are", "", *_pair(mean_ratios(chosen)), *_pair(mean_ratios(engine)), ""))
    every = [(ratios, one.engine[change]) for one in found.left_out for change, ratios in one.ratios.items()]
    chosen, engine = [pair[0] for pair in every], [pair[1] for pair in every]
    rows.append(("mean of all", "", *_pair(mean_ratios(chosen)), *_pair(mean_ratios(engine)), ""))
    rows.append(("least of all", "", *_pair(_least(chosen)), *_pair(_least(engine)), ""))
    head = ["left out", "its titles", "nDCG ratio", "MAP ratio", "engine", "MAP", "chosen on the others"]
    settings = {"chosen on all": found.chosen, "the engine's": ENGINE, "before": BEFORE}
    lines = [f"{name}: {describe(setting)}" for name, setting in settings.items()]
    return "\n".join([format_table(head, rows), "", *lines])


def describe(setting: Setting) -> str:
    """A setting in one line."""
    shape, weights = setting.shape, setting.weights
    idf = "titles' idf" if shape.title_idf else "idf"
    pairs = f"pairs {weights.adjacent:g} and {weights.near:g}"
    return f"k1 {shape.k1:g}, b {shape.b:g}, title {weights.title:g} ({idf}), function {weights.function:g}, {pairs}"


def _pair(ratios: Ratios) -> tuple[str, str]:
    return f"{ratios[0]:.3f}", f"{ratios[1]:.3f}"


def _least(ratios: Sequence[Ratios]) -> Ratios:
    return min(one[0] for one in ratios), min(one[1] for one in ratios)
