"""How much a clause counts for a document: BM25 of title and body together, plus a part of BM25 of the title.

BM25 with k1 = 1.2 and b = 0.75, and the inverse document frequency that Lucene uses, ln(1 + (N - n + 0.5) /
(n + 0.5)) (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009). A phrase,
a prefix or a pair of near words counts as one term: its documents and occurrences are those of the whole.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.whoosh_backend.columns import Columns
from indexer.whoosh_backend.packing import Numbers
from indexer.whoosh_backend.postings import Postings

K1, B = 1.2, 0.75
TITLE_WEIGHT = 0.4
"""The share of the title's own score that is added; .3 to .5 helped on the collections measured."""

Floats = NDArray[np.float64]


class Scoring:
    """Scores postings against the lengths of one index."""

    def __init__(self, columns: Columns) -> None:
        self.count = len(columns.live)
        self.title = _length_norms(columns.title_length, columns.live)
        self.whole = _length_norms(columns.title_length + columns.body_length, columns.live)

    def scores(self, documents: Numbers, title: Postings, body: Postings) -> Floats:
        """The score of each of `documents` for a clause found so in titles and so in bodies."""
        in_title, in_body = _aligned(documents, title), _aligned(documents, body)
        scores = self._bm25(in_title + in_body, self.whole[documents])
        if len(title.documents):
            scores += TITLE_WEIGHT * self._bm25(in_title, self.title[documents])
        return scores

    def _bm25(self, frequencies: Numbers, norms: Floats) -> Floats:
        holding = np.count_nonzero(frequencies)
        idf = np.log(1 + (self.count - holding + 0.5) / (holding + 0.5))
        return np.asarray(idf * frequencies / (frequencies + norms))


def _aligned(documents: Numbers, postings: Postings) -> Numbers:
    """The frequency in each of `documents`, 0 where there is none."""
    frequencies = np.zeros(len(documents), np.int64)
    frequencies[np.searchsorted(documents, postings.documents)] = postings.frequencies
    return frequencies


def _length_norms(lengths: Numbers, live: Numbers) -> Floats:
    """K1 x (1 - B + B x length / mean length), for every document."""
    mean = lengths[live].mean() if len(live) else 1.0
    return np.asarray(K1 * (1 - B + B * lengths / max(mean, 1e-9)))
