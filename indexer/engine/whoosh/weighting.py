"""The array engine's scores as a Whoosh weighting model: a search by stock Whoosh scores alike.

Whoosh scores each field by itself and adds; the array engine has one score of both together. So the model returns the
whole score of a word with its posting in the body, or in the title where the body has none.
"""

from __future__ import annotations

import math
from typing import Any

from whoosh import scoring

from indexer.engine.arrays.evaluate import FUNCTION_WEIGHT, K1, TITLE_WEIGHT, B, is_function_stem

_FIELDS = ("title_loose", "body_loose")

Frequencies = dict[int, float]


class ReleaseBM25(scoring.WeightingModel):
    """BM25 of title and body together and of the title once more, for the fields `title_loose` and `body_loose`.

    The proximity bonus does not fit into Whoosh's sum of fields and is left out.
    """

    def __init__(self) -> None:
        self._means: dict[Any, tuple[int, float, float]] = {}

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> WordScorer:
        """The scorer of one word in one of the two fields."""
        index = searcher.get_parent().reader()
        if index not in self._means:
            self._means[index] = _live_and_mean_lengths(index)
        return WordScorer(searcher, fieldname, text, *self._means[index])


def _live_and_mean_lengths(index: Any) -> tuple[int, float, float]:
    """The number of live documents, and the mean lengths of their titles and of title and body together."""
    live = [number for number in range(index.doc_count_all()) if not index.is_deleted(number)]
    titles, bodies = (sum(index.doc_field_length(number, field) for number in live) for field in ("title", "body"))
    return len(live), titles / max(len(live), 1), (titles + bodies) / max(len(live), 1)


class WordScorer(scoring.BaseScorer):
    """Scores the documents that contain a stem."""

    def __init__(
        self, searcher: Any, fieldname: str, text: bytes, count: int, mean_title: float, mean_whole: float
    ) -> None:
        # Documents are those of one segment; document frequencies and mean lengths are those of the whole index.
        segment, index = searcher.reader(), searcher.get_parent().reader()
        self._in_title, self._in_body = (_frequencies(segment, field, text) for field in _FIELDS)
        self._of_body = fieldname == "body_loose"
        self._length = segment.doc_field_length
        self._mean_title, self._mean_whole = mean_title, mean_whole
        in_title, in_body = (_frequencies(index, field, text) for field in _FIELDS)
        factor = FUNCTION_WEIGHT if is_function_stem(text.decode()) else 1.0
        self._weight = factor * _idf(count, len(in_title.keys() | in_body.keys()))
        self._title_weight = TITLE_WEIGHT * self._weight

    def supports_block_quality(self) -> bool:
        """No: the maximal score of a block of postings is not known."""
        return False

    def score(self, matcher: Any) -> float:
        """The score of the matcher's current document; 0 in the title where the body has a posting."""
        number = matcher.id()
        if not self._of_body and number in self._in_body:
            return 0.0
        in_title = self._in_title.get(number, 0.0)
        in_all = in_title + self._in_body.get(number, 0.0)
        title = self._length(number, "title")
        whole = title + self._length(number, "body")
        score = self._weight * in_all / (in_all + _norm(whole, self._mean_whole))
        return score + self._title_weight * in_title / (in_title + _norm(title, self._mean_title))


def _idf(count: int, document_count: int) -> float:
    return math.log(1 + (count - document_count + 0.5) / (document_count + 0.5))


def _frequencies(reader: Any, field: str, text: bytes) -> Frequencies:
    """The frequency of the stem in each document; empty where it does not occur."""
    if (field, text) not in reader:
        return {}
    frequencies: Frequencies = {}
    matcher = reader.postings(field, text)
    while matcher.is_active():
        frequencies[matcher.id()] = matcher.weight()
        matcher.next()
    return frequencies


def _norm(length: int, mean: float) -> float:
    return K1 * (1 - B + B * length / max(mean, 1e-9))
