"""Ranking quality on judged collections: all words of a query ORed, through the seam, against Lucene's figures."""

from __future__ import annotations

import math
import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest.report import format_table
from benchmarks.corpus.synthetic import Story
from benchmarks.meter import Meter
from benchmarks.peers import dateline
from benchmarks.ranking.collections import COLLECTIONS, FOLDER, JudgedCollection
from benchmarks.ranking.measures import average_precision, ndcg
from benchmarks.ranking.plain_bm25 import PlainBM25
from indexer.language import tokenizer
from indexer.maintenance import build as builder
from indexer.query import Query, Word, any_of
from indexer.search.searcher import Searcher

LUCENE = {"Cranfield": (0.374, 0.295), "CACM": (0.503, 0.366), "CISI": (0.384, 0.218), "MED": (0.690, 0.526)}
"""nDCG@10 and MAP of Lucene's BM25 (1.2, 0.75) with Porter2 and no stop words, measured once (ENGINE.md)."""

DEPTH = 1_000
"""Hits of a query that are judged, as trec_eval does."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The means over the judged queries of a collection; `plain`: those of mere BM25 on the very same texts."""

    collection: str
    queries: int
    ndcg: float
    map: float
    plain_ndcg: float
    plain_map: float


def measure_collections(cache: Path) -> list[Quality]:
    """The quality on each collection; none where they are not here."""
    return [measure_quality(read(), cache) for read in COLLECTIONS] if FOLDER.is_dir() else []


def measure_quality(judged: JudgedCollection, cache: Path) -> Quality:
    """Index a collection and rank its documents for each query that has judgments."""
    data = cache / "ranking" / judged.name
    shutil.rmtree(data, ignore_errors=True)
    numbers = sorted(judged.documents, key=int)
    stories = (Story(int(n), *judged.documents[n], "", "", "", ()) for n in numbers)
    dateline.write_stories(data, stories, Meter())
    builder.rebuild(data)
    asked = [query for query in judged.queries if query in judged.grades]
    with Searcher(data) as searcher:
        paths = searcher.archive.paths(searcher.archive.live_ids())
        number = {release: str(int(Path(path).stem)) for release, path in paths.items()}
        rankings = {query: [number[r] for r in _rank(searcher, judged.queries[query])] for query in asked}
    plain = PlainBM25({number: " ".join(texts) for number, texts in judged.documents.items()})
    baseline = {query: plain.ranking(judged.queries[query], DEPTH) for query in asked}
    return Quality(judged.name, len(asked), *_means(judged, rankings), *_means(judged, baseline))


def _means(judged: JudgedCollection, rankings: dict[str, list[str]]) -> tuple[float, float]:
    """nDCG@10 and MAP."""
    pairs = [(ranking, judged.grades[query]) for query, ranking in rankings.items()]
    return statistics.mean(ndcg(*pair) for pair in pairs), statistics.mean(average_precision(*pair) for pair in pairs)


def _rank(searcher: Searcher, text: str) -> list[str]:
    """The best releases for any of the words; a word that stands twice in the query counts twice."""
    words = any_of([Word(key) for key in tokenizer.exact_terms(text)])
    return [release for release, _ in searcher.backend.find(Query(words)).page(0, DEPTH)]


def mean_ratio(found: Sequence[Quality]) -> tuple[float, float]:
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
