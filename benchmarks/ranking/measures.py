"""How good a ranking is: nDCG@10 and average precision, as trec_eval computes them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

DEPTH = 1_000
"""Hits of a query that are judged, as trec_eval does."""


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulative gain at `depth` (trec_eval's ndcg_cut).

    The gain of a document is its grade (0 when it is not judged, or judged not relevant), divided by
    log2(rank + 1); the sum is divided by that of the best ranking there could be. 0 where nothing is relevant.
    Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
    """
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    ideal = _discounted_gain(best[:depth])
    return _discounted_gain([max(0, grades.get(document, 0)) for document in ranking[:depth]]) / ideal if ideal else 0.0


def _discounted_gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def average_precision(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Average precision (trec_eval's map, of one query).

    The mean over all relevant documents of the precision at the rank where each stands; 0 for one that was
    not found. Relevant is what has a grade above 0.
    """
    relevant = {document for document, grade in grades.items() if grade > 0}
    found, total = 0, 0.0
    for rank, document in enumerate(ranking, 1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant) if relevant else 0.0
