"""Ranking quality on judged collections through the seam: any word, and as typed, against Lucene's figures."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest.report import format_table
from benchmarks.ranking.as_typed import ANY, rank_as_typed
from benchmarks.ranking.collections import COLLECTIONS, FOLDER, LUCENE, JudgedCollection
from benchmarks.ranking.indexed import index_collection
from benchmarks.ranking.measures import DEPTH, average_precision, ndcg
from benchmarks.ranking.plain_bm25 import PlainBM25

Means = tuple[float, float]
"""nDCG@10 and MAP, the means over queries."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The means over the judged queries of a collection; `plain`: those of mere BM25 on the very same texts.

    `as_typed` has the means by what is done where all words find few documents or none.
    """

    collection: str
    queries: int
    ndcg: float
    map: float
    plain_ndcg: float
    plain_map: float
    as_typed: dict[str, Means]


def measure_collections(cache: Path) -> list[Quality]:
    """The quality on each collection; none where they are not here."""
    return [measure_quality(read(), cache) for read in COLLECTIONS] if FOLDER.is_dir() else []


def measure_quality(judged: JudgedCollection, cache: Path) -> Quality:
    """Index a collection and rank its documents for each query that has judgments."""
    asked = [query for query in judged.queries if query in judged.grades]
    with index_collection(judged, cache) as collection:
        found = {query: rank_as_typed(collection, judged.queries[query]) for query in asked}
    plain = PlainBM25({number: " ".join(texts) for number, texts in judged.documents.items()})
    baseline = {query: plain.ranking(judged.queries[query], DEPTH) for query in asked}
    kinds = dict.fromkeys(kind for rankings in found.values() for kind in rankings)
    means = {kind: _means(judged, {query: found[query][kind] for query in asked}) for kind in kinds}
    return Quality(judged.name, len(asked), *means[ANY], *_means(judged, baseline), means)


def _means(judged: JudgedCollection, rankings: Mapping[str, Sequence[str]]) -> Means:
    pairs = [(ranking, judged.grades[query]) for query, ranking in rankings.items()]
    return statistics.mean(ndcg(*pair) for pair in pairs), statistics.mean(average_precision(*pair) for pair in pairs)


def mean_ratio(found: Sequence[Quality]) -> Means:
    """The geometric mean over the collections of nDCG@10 and of MAP over Lucene's."""
    ndcgs = [one.ndcg / LUCENE[one.collection][0] for one in found]
    maps = [one.map / LUCENE[one.collection][1] for one in found]
    return statistics.geometric_mean(ndcgs or [math.nan]), statistics.geometric_mean(maps or [math.nan])


def format_qualities(found: Sequence[Quality]) -> str:
    """The figures for people."""
    if not found:
        return f"The judged collections are not here ({FOLDER})."
    rows: list[tuple[object, ...]] = [_line(one) for one in found]
    means = mean_ratio(found)
    rows.append(("mean (at least 1.02)", *[""] * 7, f"{means[0]:.3f}", f"{means[1]:.3f}"))
    head = ["OR mode", "queries", "nDCG@10", "MAP", "plain BM25", "MAP", "Lucene", "MAP", "nDCG/Lucene", "MAP/Lucene"]
    return format_table(head, rows)


def _line(one: Quality) -> tuple[object, ...]:
    lucene = LUCENE[one.collection]
    numbers = (one.ndcg, one.map, one.plain_ndcg, one.plain_map, *lucene, one.ndcg / lucene[0], one.map / lucene[1])
    return (one.collection, one.queries, *(f"{number:.3f}" for number in numbers))


def format_as_typed(found: Sequence[Quality]) -> str:
    """nDCG@10 and MAP of queries as typed, over those of any word by Lucene."""
    if not found:
        return ""
    kinds = list(found[0].as_typed)
    rows: list[tuple[object, ...]] = []
    for one in found:
        ratios = [
            mean / of for kind in kinds for mean, of in zip(one.as_typed[kind], LUCENE[one.collection], strict=True)
        ]
        rows.append((one.collection, *(f"{ratio:.3f}" for ratio in ratios)))
    return format_table(["as typed / Lucene", *(head for kind in kinds for head in (kind, "MAP"))], rows)
