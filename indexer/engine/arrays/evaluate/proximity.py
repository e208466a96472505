"""The proximity bonus: what neighbouring words of a query add to the score of a document that has them near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial, reduce
from itertools import islice, pairwise

import numpy as np

from indexer import deadline, kernels
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.matches import Proximity, sum_scores
from indexer.engine.arrays.evaluate.near import near_positions
from indexer.engine.arrays.evaluate.postings import Postings, PostingSource
from indexer.engine.arrays.evaluate.scoring import PROXIMITY_WEIGHTS, Scoring, is_function_stem
from indexer.engine.arrays.evaluate.text_matcher import TextMatcher
from indexer.kernels import Documents, Floats, PackedPositions
from indexer.language import stem
from indexer.query import Clause, Near, TextClause, Word

MAX_PAIRS = 255
"""Different pairs of neighbouring words of a query that have a proximity bonus; the later ones have none."""

_SHARE = sum(share for _, _, share in PROXIMITY_WEIGHTS)
"""The part of a pair's weight that all kinds of nearness add together."""

_Positions = Mapping[TextClause, Sequence[PackedPositions]]
"""The positions of each word in titles and in bodies."""


class ProximityScorer:
    """Scores words of a query near each other in one opened index. Safe to use from many threads."""

    def __init__(self, source: PostingSource, dictionary: Dictionary, texts: TextMatcher, scoring: Scoring) -> None:
        self._source, self._dictionary, self._texts, self._scoring = source, dictionary, texts, scoring

    def proximity(self, clauses: Sequence[Clause]) -> Proximity | None:
        """The proximity bonus for neighbouring words of a query; None where there are no two."""
        words = [c for c in clauses if isinstance(c, Word) and not c.title and not is_function_stem(stem(c.term))]
        times = islice(Counter(pairwise(words)).items(), MAX_PAIRS)
        weights = {(left, right): n * (self._idf(left) + self._idf(right)) for (left, right), n in times}
        if not weights:
            return None
        limits = {pair: self._scoring.max_score(_SHARE * weight) for pair, weight in weights.items()}
        bonus = partial(self._bonus, list(dict.fromkeys(words)), weights)
        return Proximity(bonus, sum(limits.values()), partial(self._limits, limits))

    def _idf(self, word: Word) -> float:
        return self._scoring.idf(len(self._texts.match(word).documents))

    def _bonus(self, words: Sequence[Word], weights: Mapping[tuple[Word, Word], float], subset: Documents) -> Floats:
        """What the pairs of words add to the score of each document of the subset, each by its weight."""
        if deadline.is_over():
            return np.zeros(len(subset))
        positions: _Positions = {word: self._positions(word, subset) for word in words}
        return sum_scores(
            len(subset),
            (
                self._score_near(Near(left, right, distance, ordered), positions, share * weight, subset)
                for (left, right), weight in weights.items()
                for distance, ordered, share in PROXIMITY_WEIGHTS
            ),
        )

    def _limits(self, limits: Mapping[tuple[Word, Word], float], subset: Documents) -> Floats:
        """What the pairs may add that a document has both words of, for each document of the subset."""
        sums = np.zeros(len(subset))
        for pair, limit in limits.items():
            both = reduce(kernels.intersect, (self._texts.match(word).documents for word in pair), subset)
            sums[np.searchsorted(subset, both)] += limit
        return sums

    def _positions(self, word: Word, subset: Documents) -> list[PackedPositions]:
        fields = ("title", "body")
        return [self._source.positions(field, self._dictionary.expand(word, field), subset) for field in fields]

    def _score_near(self, near: Near, positions: _Positions, weight: float, subset: Documents) -> Floats:
        """The bonus for two words near each other, whose positions in titles and in bodies are given."""
        fields = zip(positions[near.left], positions[near.right], strict=True)
        title, body = (
            Postings(*kernels.count_by_document(near_positions(near, left, right))) for left, right in fields
        )
        return self._scoring.weighted_scorer(title, body, weight)(subset)
