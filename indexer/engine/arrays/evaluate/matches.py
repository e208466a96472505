"""What evaluating a clause gives: the documents that match, and how any of them are scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np

from indexer.engine.arrays.evaluate.scoring import Scores
from indexer.kernels import Documents, Floats


@dataclass(frozen=True, slots=True)
class Proximity:
    """The bonus for words near each other: at most `limit` for any document, and `limits` for some that are given."""

    bonus: Scores
    limit: float
    limits: Scores


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that match, in ascending order, and how any of them are scored.

    Scoring is deferred until it is known which documents need a score: an intersection scores what is left of it, and
    a list by date scores nothing but its page. A score is the sum of the clauses' scores and of a proximity bonus,
    which is expensive to compute.
    """

    documents: Documents
    clause_scores: Scores
    proximity: Proximity | None = None

    def scores(self, subset: Documents) -> Floats:
        """The scores of some of the documents."""
        scores = self.clause_scores(subset)
        return scores if self.proximity is None else scores + self.proximity.bonus(subset)


def match_unscored(documents: Documents) -> Matches:
    """Documents that match what adds nothing to a score."""
    return Matches(documents, lambda subset: np.zeros(len(subset)))


def sum_scores(count: int, parts: Iterable[Floats]) -> Floats:
    """The sum, for so many documents, always from left to right: equal queries then score equal to the last bit."""
    return reduce(np.add, parts, np.zeros(count))
