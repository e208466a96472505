"""BM25 as Lucene computes it and nothing more: what a ranking is measured against where parsing may differ."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from indexer.language import stems, tokenizer

K1, B = 1.2, 0.75


class PlainBM25:
    """An index in memory over texts by name; stemmed terms, all words ORed, a repeated query word counting twice."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._lengths: dict[str, int] = {}
        for name, text in texts.items():
            keys = _stemmed_terms(text)
            self._lengths[name] = len(keys)
            for key, count in Counter(keys).items():
                self._postings[key].append((name, count))
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def ranking(self, text: str, depth: int) -> list[str]:
        """The names of the best texts."""
        scores: dict[str, float] = defaultdict(float)
        for key in _stemmed_terms(text):
            postings = self._postings.get(key, [])
            idf = math.log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for name, count in postings:
                scores[name] += idf * count / (count + K1 * (1 - B + B * self._lengths[name] / self._mean))
        return sorted(scores, key=lambda name: (-scores[name], name))[:depth]


def _stemmed_terms(text: str) -> list[str]:
    return [stem for key in tokenizer.exact_terms(text) for stem in stems(key)]
