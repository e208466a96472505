"""How much a clause counts for a document: BM25 of title and body together, plus a part of BM25 of the title.

BM25 with k1 = 1.2 and b = 0.75, and the inverse document frequency that Lucene uses, ln(1 + (N - n + 0.5) /
(n + 0.5)) (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). A phrase,
a prefix or a pair of near words counts as one term: its documents and occurrences are those of the whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from indexer.whoosh_backend.columns import Columns
from indexer.whoosh_backend.packing import Numbers
from indexer.whoosh_backend.postings import Postings

K1, B = 1.2, 0.75
TITLE_WEIGHT = 0.4
"""The share of the title's own score that is added; .3 to .5 helped on the collections measured."""

FUNCTION_WEIGHT = 0.2
"""What a function word counts for beside other words; .1 to .3 helped on the collections measured."""

Floats = NDArray[np.float64]


class Scoring:
    """Scores postings against the lengths of one index."""

    def __init__(self, columns: Columns) -> None:
        self.count = len(columns.live)
        self.title = _length_norms(columns.title_length, columns.live)
        self.whole = _length_norms(columns.title_length + columns.body_length, columns.live)

    def scorer(self, holding: int, title: Postings, body: Postings, factor: float = 1.0) -> Callable[[Numbers], Floats]:
        """How documents are scored for a clause that `holding` of them hold, found so in titles and in bodies.

        `factor` is what the clause counts for beside others.
        """
        weight = factor * self._idf(holding)
        title_weight = factor * TITLE_WEIGHT * self._idf(len(title.documents))

        def scores(chosen: Numbers) -> Floats:
            in_body = frequencies(chosen, body)
            if not len(title.documents):
                return weight * _saturated(in_body, self.whole[chosen])
            in_title = frequencies(chosen, title)
            of_whole = weight * _saturated(in_title + in_body, self.whole[chosen])
            return np.asarray(of_whole + title_weight * _saturated(in_title, self.title[chosen]))

        return scores

    def _idf(self, holding: int) -> float:
        return math.log(1 + (self.count - holding + 0.5) / (holding + 0.5))


def _saturated(frequencies: Numbers, norms: Floats) -> Floats:
    return np.asarray(frequencies / (frequencies + norms))


def frequencies(chosen: Numbers, postings: Postings) -> Numbers:
    """The frequency in each of the documents `chosen`, 0 where there is none."""
    if chosen is postings.documents:
        return postings.frequencies
    found = np.zeros(len(chosen), np.int64)
    if not len(postings.documents):
        return found
    if len(chosen) < len(postings.documents):
        at = np.searchsorted(postings.documents, chosen)
        at[at == len(postings.documents)] = 0
        return np.where(postings.documents[at] == chosen, postings.frequencies[at], 0)
    at = np.searchsorted(chosen, postings.documents)
    at[at == len(chosen)] = 0
    there = chosen[at] == postings.documents
    found[at[there]] = postings.frequencies[there]
    return found


def _length_norms(lengths: Numbers, live: Numbers) -> Floats:
    """K1 x (1 - B + B x length / mean length), for every document."""
    mean = lengths[live].mean() if len(live) else 1.0
    return np.asarray(K1 * (1 - B + B * lengths / max(mean, 1e-9)))
