"""How much a clause counts for a document: BM25 of title and body together, plus a part of BM25 of the title.

BM25 with k1 = 1.2 and b = 0.75, and the inverse document frequency that Lucene uses, ln(1 + (N - n + 0.5) /
(n + 0.5)) (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). A phrase,
a prefix or a pair of near words counts as one term: its documents and occurrences are those of the whole.

Words that stand together say more than words apart: each two neighbouring words of content in a query add a part of
what their pair would count for side by side, and a part of what it would count for within eight words (the
sequential dependence of Metzler and Croft, "A Markov Random Field Model for Term Dependencies", 2005). A pair's inverse
document frequency is the sum of its words': what it would be if they met by chance. So only the documents that can be
among the best are looked at for pairs, and it ranked the collections measured as well as counting all pairs did.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.postings import Postings
from indexer.kernels import Documents, Floats
from indexer.language import FUNCTION_WORDS, stem

K1, B = 1.2, 0.75
TITLE_WEIGHT = 0.4
"""The share of the title's own score that is added; .3 to .5 helped on the collections measured."""

FUNCTION_WEIGHT = 0.2
"""What a function word counts for beside other words; .1 to .3 helped on the collections measured."""

TOGETHER = ((1, True, 0.05), (8, False, 0.1))
"""How far apart two neighbours of the query may stand, whether in its order, and what that counts for."""

Scores = Callable[[Documents], Floats]
"""Gives the scores of some documents, ascending."""


_FUNCTION_STEMS = frozenset(map(stem, FUNCTION_WORDS))


def is_function_stem(key: str) -> bool:
    """Whether the word with this loose key says how a sentence is built rather than what it is about."""
    return key in _FUNCTION_STEMS


class Scoring:
    """Scores postings against the lengths of one index."""

    def __init__(self, columns: Columns) -> None:
        self.count = len(columns.live)
        self._norms = (
            _length_norms(columns.title_length, columns.live),
            _length_norms(columns.title_length + columns.body_length, columns.live),
        )

    def scorer(self, holding: int, title: Postings, body: Postings, factor: float = 1.0) -> Scores:
        """How documents are scored for a clause that `holding` of them hold, found so in titles and in bodies.

        `factor` is what the clause counts for beside others.
        """
        weights = (factor * TITLE_WEIGHT * self.idf(len(title.documents)), factor * self.idf(holding))
        return lambda chosen: kernels.bm25(chosen, title, body, self._norms, weights)

    def weighed(self, title: Postings, body: Postings, weight: float) -> Scores:
        """How documents are scored for what is found so in titles and in bodies, and counts `weight`."""
        weights = (TITLE_WEIGHT * weight, weight)
        return lambda chosen: kernels.bm25(chosen, title, body, self._norms, weights)

    def most(self, weight: float) -> float:
        """What something that counts `weight` can give a document at most: found so ever so often, title and body."""
        return weight * (TITLE_WEIGHT + 1)

    def idf(self, holding: int) -> float:
        """The inverse document frequency of what so many documents hold."""
        return math.log(1 + (self.count - holding + 0.5) / (holding + 0.5))


def _length_norms(lengths: Documents, live: Documents) -> Floats:
    """K1 x (1 - B + B x length / mean length), for every document."""
    mean = lengths[live].mean() if len(live) else 1.0
    return np.asarray(K1 * (1 - B + B * lengths / max(mean, 1e-9)))
