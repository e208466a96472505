"""The score of a document for a clause: BM25 of title and body together, plus a part of BM25 of the title.

Both parts have one inverse document frequency, that of title and body together: what a word tells does not grow by
its being rare in titles. With a frequency of its own a title weighs the more the less its words are those of titles,
which is harmful where a title is merely the first words of a text.

The weights are the best on all four judged collections together, each as it is and with its titles taken away, made
up or cut short; with one collection left out the others choose the same or a step away (`python -m benchmarks
leave-one-out`). k1 and b are the usual ones: the collections prefer 1.5 and .6, which gained nothing on one left out.

BM25 with k1 = 1.2 and b = 0.75, and the inverse document frequency that Lucene uses, ln(1 + (N - n + 0.5) /
(n + 0.5)) (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). A phrase,
a prefix or a pair of near words counts as one term: its documents and occurrences are those of the whole.

Proximity bonus: each two neighbouring content words of a query add a part of the BM25 of their phrase, and a part of
the BM25 of their proximity match within eight words (the sequential dependence model of Metzler and Croft, "A Markov
Random Field Model for Term Dependencies", 2005). A pair's inverse document frequency is the sum of its words', as if
they were independent, so that it is known without matching the pair. It ranked the collections measured as well as the
pairs' true frequencies did.
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
"""The weight of the title's own score; from .2 to .5 little changes on the collections measured."""

FUNCTION_WEIGHT = 0.2
"""The weight of a function word; from .1 to .4 little changes on the collections measured."""

PROXIMITY_WEIGHTS = ((1, True, 0.05), (8, False, 0.1))
"""Of each kind of pair: the greatest distance in words, whether only in query order, and the weight."""

Scores = Callable[[Documents], Floats]
"""Returns the scores of documents, which ascend."""


_FUNCTION_STEMS = frozenset(map(stem, FUNCTION_WORDS))


def is_function_stem(key: str) -> bool:
    """Whether this is the stem of a function word (a stop word that is indexed all the same)."""
    return key in _FUNCTION_STEMS


class Scoring:
    """Scores postings against the lengths of one index."""

    def __init__(self, columns: Columns) -> None:
        self.count = len(columns.live)
        self._norms = (
            _length_norms(columns.title_length, columns.live),
            _length_norms(columns.title_length + columns.body_length, columns.live),
        )

    def scorer(self, document_count: int, title: Postings, body: Postings, factor: float = 1.0) -> Scores:
        """The scorer of a clause that matches `document_count` documents, with these postings in titles and in bodies.

        `factor` is the weight of the clause.
        """
        return self.weighted_scorer(title, body, factor * self.idf(document_count))

    def weighted_scorer(self, title: Postings, body: Postings, weight: float) -> Scores:
        """The scorer of these postings in titles and in bodies, with a given weight instead of a frequency."""
        weights = (TITLE_WEIGHT * weight, weight)
        return lambda subset: kernels.bm25(subset, title, body, self._norms, weights)

    def max_score(self, weight: float) -> float:
        """The upper bound of the scores of `weighted_scorer`: BM25 approaches its weight as frequencies grow."""
        return weight * (TITLE_WEIGHT + 1)

    def idf(self, document_count: int) -> float:
        """The inverse document frequency of what matches so many documents."""
        return math.log(1 + (self.count - document_count + 0.5) / (document_count + 0.5))


def _length_norms(lengths: Documents, live: Documents) -> Floats:
    """K1 x (1 - B + B x length / mean length), for every document."""
    mean = lengths[live].mean() if len(live) else 1.0
    return np.asarray(K1 * (1 - B + B * lengths / max(mean, 1e-9)))
