"""The judged sets: each collection as it is and with each change to its titles, and what a ranking is held against."""

from __future__ import annotations

import statistics
from collections.abc import Collection
from dataclasses import dataclass

from benchmarks.ranking.collections import COLLECTIONS, FOLDER, LUCENE, JudgedCollection
from benchmarks.ranking.memory import MemoryRanking
from benchmarks.ranking.setting import PLAIN, Setting
from benchmarks.ranking.variants import AS_IT_IS, vary

Ratios = tuple[float, float]
"""nDCG@10 and MAP over those of the reference."""


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A collection, what was changed in it, its rankings, and nDCG@10 and MAP of the reference.

    That is Lucene's ranking for a collection as it is, and plain BM25 over the same texts for a changed one.
    """

    collection: str
    change: str
    ranking: MemoryRanking
    reference: tuple[float, float]

    def ratios(self, setting: Setting) -> Ratios:
        """How good a setting is here."""
        ndcg, average = self.ranking.measure(setting)
        return ndcg / self.reference[0], average / self.reference[1]


def read_judged_sets() -> list[JudgedSet]:
    """All sets; none where the collections are not here."""
    collections = [read() for read in COLLECTIONS] if FOLDER.is_dir() else []
    return [judged_set for judged in collections for judged_set in make_judged_sets(judged)]


def make_judged_sets(judged: JudgedCollection) -> list[JudgedSet]:
    """The sets of one collection."""
    sets = []
    for change, varied in vary(judged):
        ranking = MemoryRanking(varied)
        reference = LUCENE[judged.name] if change == AS_IT_IS else ranking.measure(PLAIN)
        sets.append(JudgedSet(judged.name, change, ranking, reference))
    return sets


def mean_ratios(ratios: Collection[Ratios]) -> Ratios:
    """The geometric means of both measures."""
    ndcgs, averages = zip(*ratios, strict=True)
    return statistics.geometric_mean(ndcgs), statistics.geometric_mean(averages)
