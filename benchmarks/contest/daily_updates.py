"""Measures a year of daily updates: size of the index, time of an update, and results equal to a fresh build."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.store.archive import Archive
from archive.store.database import FILE_NAME
from archive.store.writing.writer import Writer
from benchmarks.contest.figures import percentile
from benchmarks.contest.questions import TODAY, Question, load_questions
from benchmarks.contest.report import format_table
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.meter import Meter
from benchmarks.peers import dateline
from indexer.engine.protocol import EngineSettings
from indexer.engine.selection import open_engine
from indexer.maintenance import build as builder
from indexer.maintenance.build import no_progress
from indexer.maintenance.writer_lock import hold_writer_lock
from indexer.query import Query
from indexer.search.searcher import Searcher

CORRECTED_PER_DAY = 1
"""Releases that change each day, besides the new ones: corrections of older ones."""

COMPARED_HITS = 200
"""Hits of each question that are compared one by one, with their scores."""


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Figures of a year: releases, bytes of the two indexes, milliseconds of a day's update, answers that differ."""

    days: int
    releases: int
    index_mb: float
    fresh_mb: float
    ratio: float
    day_p50_ms: float
    day_p95_ms: float
    day_worst_ms: float
    asked: int
    differing: list[str]


def measure_year(cache: Path, days: int, daily: int, base: int, say: Callable[[str], None]) -> YearFigures:
    """Index `base` releases, then add `daily` a day for so many days; compare with a rebuild of the same archive."""
    corpus = Corpus.of(cache, base + days * daily)
    corpus.make()
    data, fresh = corpus.folder / "year", corpus.folder / "year-fresh"
    for folder in (data, fresh):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"{days} updates of {daily} releases after {base:,}")
    times = list(_run_days(corpus, data, days, daily, base))
    say("A fresh build of the same archive")
    fresh.mkdir()
    shutil.copy2(data / FILE_NAME, fresh / FILE_NAME)
    builder.rebuild(fresh)
    asked = load_questions(corpus)
    grown, new = dateline.size(data).index / 1e6, dateline.size(fresh).index / 1e6
    return YearFigures(
        days, corpus.size, grown, new, grown / new,
        statistics.median(times), percentile(times, 0.95), max(times),
        len(asked), _differing_questions(data, fresh, asked),
    )  # fmt: skip


def _run_days(corpus: Corpus, data: Path, days: int, daily: int, base: int) -> Iterator[float]:
    """Write each day's releases; yields the milliseconds of each update of the index."""
    stories = corpus.stories()
    dateline.write_stories(data, (next(stories) for _ in range(base)), Meter())
    builder.rebuild(data)
    seen: list[Story] = []
    for day in range(days):
        new = [next(stories) for _ in range(daily)]
        corrected = [
            seen[day * 7 % len(seen)]._replace(body=new[0].body) for _ in range(CORRECTED_PER_DAY if seen else 0)
        ]
        readings = [dateline.parsed_file(story) for story in new] + [
            dateline.parsed_file(s, day + 1) for s in corrected
        ]
        seen += new
        with hold_writer_lock(data), Writer(data) as archive:
            archive.write(readings, [], f"2015-01-01T00:{day // 60:02}:{day % 60:02}Z", 1)
        yield _time_update(data)


def _time_update(data: Path) -> float:
    with hold_writer_lock(data), Archive(data) as archive:
        began = time.perf_counter()
        open_engine(EngineSettings(data)).update(archive, no_progress)
        return (time.perf_counter() - began) * 1e3


def _differing_questions(left: Path, right: Path, asked: list[Question]) -> list[str]:
    """The questions whose total, facets, timeline or first hits (id and score) differ between two data directories."""
    with Searcher(left) as one, Searcher(right) as other:
        found = [] if one.fingerprint == other.fingerprint else ["the fingerprint"]
        return found + [q.text for q in asked if _answer(one, q) != _answer(other, q)]


def _answer(searcher: Searcher, question: Question) -> object:
    found = searcher.backend.find(Query(question.clause))
    hits = [(release, round(score, 6)) for release, score in found.page(0, COMPARED_HITS)]
    page = searcher.search(question.text, limit=0, today=TODAY)
    return hits, found.total, page.facets, page.timeline


def format_figures(figures: YearFigures) -> str:
    """The figures for people."""
    rows = [
        ("releases", figures.releases),
        ("index after the updates, MB", figures.index_mb),
        ("index built afresh, MB", figures.fresh_mb),
        ("ratio (at most 1.3)", figures.ratio),
        ("one update, p50 ms", figures.day_p50_ms),
        ("one update, p95 ms", figures.day_p95_ms),
        ("one update, worst ms", figures.day_worst_ms),
        (f"answers that differ, of {figures.asked}", len(figures.differing)),
    ]
    return "\n".join([format_table([f"{figures.days} days", ""], rows), *figures.differing[:20]])
