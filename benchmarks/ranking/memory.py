"""Rankings of a judged collection in memory: many settings in the time the engine takes for one.

The scores are those of the engine for all words of a query ORed; tests compare the two. What costs time is done once a
collection (postings, positions) or once a `Shape` (BM25 of each part); a setting of weights is then a sum of matrices.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np

from benchmarks.ranking.collections import JudgedCollection
from benchmarks.ranking.measures import DEPTH
from benchmarks.ranking.setting import Setting, Shape, Weights
from indexer import kernels
from indexer.engine.arrays.evaluate import is_function_stem
from indexer.kernels import Floats, PackedPositions
from indexer.kernels.types import POSITION_BITS
from indexer.language import stems, tokenizer

_NOWHERE = np.zeros(0, np.int64)
_PARTS = ("content", "function", "adjacent", "near")


class MemoryIndex:
    """Documents inverted: positions of each stem in titles and bodies, and lengths."""

    def __init__(self, judged: JudgedCollection) -> None:
        self.names = sorted(judged.documents, key=int)
        texts = [judged.documents[name] for name in self.names]
        self._fields = [_positions(text[field] for text in texts) for field in (0, 1)]
        self.lengths = [
            np.array([len(tokenizer.exact_terms(text[field])) for text in texts], np.float64) for field in (0, 1)
        ]

    def positions(self, stem: str) -> tuple[PackedPositions, PackedPositions]:
        """Where a stem stands, in titles and in bodies."""
        title, body = self._fields
        return title.get(stem, _NOWHERE), body.get(stem, _NOWHERE)

    def frequencies(self, positions: tuple[PackedPositions, PackedPositions]) -> tuple[Floats, Floats]:
        """How many of these positions each document has: in its title, and in all."""
        title, body = (
            np.bincount(some >> POSITION_BITS, minlength=len(self.names)).astype(np.float64) for some in positions
        )
        return title, title + body

    def near(self, left: str, right: str, reach: int, *, ordered: bool) -> tuple[PackedPositions, PackedPositions]:
        """The positions of two stems that are near each other."""
        title, body = (
            _near(one, other, reach, ordered=ordered)
            for one, other in zip(self.positions(left), self.positions(right), strict=True)
        )
        return title, body


class MemoryRanking:
    """The queries of a collection that have judgments, ranked with any setting."""

    def __init__(self, judged: JudgedCollection) -> None:
        self.index = MemoryIndex(judged)
        self.queries = [query for query in judged.queries if query in judged.grades]
        self._stems = [_query_stems(judged.queries[query]) for query in self.queries]
        number = {name: at for at, name in enumerate(self.index.names)}
        relevant = [
            (query, number[document], grade)
            for query, name in enumerate(self.queries)
            for document, grade in judged.grades[name].items()
            if grade > 0 and document in number
        ]
        self._rows, self._documents, self._grades = (np.array(part) for part in zip(*relevant, strict=True))
        edges = np.searchsorted(self._rows, np.arange(len(self.queries) + 1)).tolist()
        self._row_slices = [slice(begin, end) for begin, end in pairwise(edges)]
        grades = [sorted((g for g in judged.grades[q].values() if g > 0), reverse=True) for q in self.queries]
        self._counts = np.array([len(some) for some in grades])
        self._ideal = np.array([sum(g / math.log2(r + 2) for r, g in enumerate(some[:10])) for some in grades])
        self.parts = lru_cache(maxsize=2)(self._parts)

    def measure(self, setting: Setting) -> tuple[float, float]:
        """nDCG@10 and MAP with a setting."""
        return self.measure_scores(self.scores(setting))

    def scores(self, setting: Setting) -> Floats:
        """The score of each document (columns) for each query (rows)."""
        return weigh(self.parts(setting.shape), setting.weights)

    def measure_scores(self, scores: Floats) -> tuple[float, float]:
        """nDCG@10 and MAP of scores; a document without a score is not found, equal ones stand in order of number."""
        ranks = self._ranks(scores)
        found = np.isfinite(ranks)
        gains = np.where(ranks <= 10, self._grades / np.log2(ranks + 1), 0.0)
        ndcg = np.bincount(self._rows, gains, len(self.queries)) / np.maximum(self._ideal, 1e-9)
        order = np.lexsort((ranks, self._rows))
        begins = np.searchsorted(self._rows[order], self._rows[order])
        precisions = np.where(found[order], (np.arange(len(order)) - begins + 1) / ranks[order], 0.0)
        average = np.bincount(self._rows[order], precisions, len(self.queries)) / np.maximum(self._counts, 1)
        return float(ndcg.mean()), float(average.mean())

    def _ranks(self, scores: Floats) -> Floats:
        """The rank of each relevant document; infinite for one that is not found, or stands too low."""
        own = scores[self._rows, self._documents]
        ranks = np.full(len(own), np.inf)
        ascending = np.sort(-scores, axis=1)  # sorted without indices, which is much faster; ties are counted below
        for row, here in enumerate(self._row_slices):
            first, end = (np.searchsorted(ascending[row], -own[here], side) for side in ("left", "right"))
            ranks[here] = first + 1
            for tied in np.flatnonzero(end - first > 1) + here.start:
                ranks[tied] += np.count_nonzero(scores[row, : self._documents[tied]] == own[tied])
        ranks[(own <= 0) | (ranks > DEPTH)] = np.inf
        return ranks

    def _parts(self, shape: Shape) -> dict[str, Floats]:
        """BM25 of each part of a score, in the whole and (name with `title`) in the title: queries by documents."""
        bm25 = _BM25(self.index, shape)
        size = (len(self.queries), len(self.index.names))
        parts = {name + field: np.zeros(size) for name in _PARTS for field in ("", " title")}
        for row, query_stems in enumerate(self._stems):
            for stem, times in Counter(query_stems).items():
                title, whole = bm25.word(stem)
                part = "function" if is_function_stem(stem) else "content"
                parts[part][row] += times * whole
                parts[part + " title"][row] += times * title
            for (left, right), times in Counter(_pairs(query_stems, across=shape.across)).items():
                for part, reach in (("adjacent", 1), ("near", shape.reach)):
                    title, whole = bm25.pair(left, right, reach)
                    parts[part][row] += times * whole
                    parts[part + " title"][row] += times * title
        return parts


def weigh(parts: dict[str, Floats], weights: Weights) -> Floats:
    """The scores that are the parts' weighted sum."""
    scores = np.zeros_like(parts["content"])
    shares = {"content": 1.0, "function": weights.function, "adjacent": weights.adjacent, "near": weights.near}
    for name, share in shares.items():
        if share:
            scores += share * parts[name]
            if weights.title:
                scores += share * weights.title * parts[name + " title"]
    return scores


class _BM25:
    """BM25 with one shape over one index; words and pairs are computed once."""

    def __init__(self, index: MemoryIndex, shape: Shape) -> None:
        self._index, self._shape = index, shape
        title, body = index.lengths
        whole = title + body if shape.title_in_length else body
        self._norms = [shape.k1 * (1 - shape.b + shape.b * some / max(some.mean(), 1e-9)) for some in (title, whole)]
        self.word, self.pair = lru_cache(maxsize=None)(self._word), lru_cache(maxsize=None)(self._pair)

    def _word(self, stem: str) -> tuple[Floats, Floats]:
        title, whole = self._index.frequencies(self._index.positions(stem))
        of_whole = self._idf(whole)
        return self._score(title, whole, self._idf(title) if self._shape.title_idf else of_whole, of_whole)

    def _pair(self, left: str, right: str, reach: int) -> tuple[Floats, Floats]:
        found = self._index.near(left, right, reach, ordered=reach == 1)
        title, whole = self._index.frequencies(found)
        weight = sum(self._idf(self._index.frequencies(self._index.positions(stem))[1]) for stem in (left, right))
        return self._score(title, whole, weight, weight)

    def _score(self, title: Floats, whole: Floats, of_title: float, of_whole: float) -> tuple[Floats, Floats]:
        return of_title * title / (title + self._norms[0] + 1e-300), of_whole * whole / (whole + self._norms[1])

    def _idf(self, frequencies: Floats) -> float:
        count = np.count_nonzero(frequencies)
        return math.log(1 + (len(frequencies) - count + 0.5) / (count + 0.5))


def _pairs(stems: list[str], *, across: bool) -> list[tuple[str, str]]:
    """The neighbouring content words of a query; `across`: also those with function words between them."""
    if across:
        return list(pairwise(stem for stem in stems if not is_function_stem(stem)))
    return [pair for pair in pairwise(stems) if not any(map(is_function_stem, pair))]


def _near(left: PackedPositions, right: PackedPositions, reach: int, *, ordered: bool) -> PackedPositions:
    windows = [(1, reach)] if ordered else [(-reach, -1), (1, reach)]
    if len(left) > len(right):  # the kernel takes the shorter first
        left, right, windows = right, left, sorted((-high, -low) for low, high in windows)
    return kernels.near_positions(left, right, windows)


def _positions(texts: Iterator[str]) -> dict[str, PackedPositions]:
    found: dict[str, list[int]] = defaultdict(list)
    for document, text in enumerate(texts):
        for position, term in enumerate(tokenizer.exact_terms(text)):
            for stem in stems(term):
                found[stem].append(document << POSITION_BITS | position)
    return {stem: np.array(some, np.int64) for stem, some in found.items()}


def _query_stems(text: str) -> list[str]:
    """The stems that the words of a query are looked up by."""
    return [stems(term)[0] for term in tokenizer.exact_terms(text) if stems(term)]
