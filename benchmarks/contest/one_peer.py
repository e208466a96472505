"""One contestant in a process of its own: builds, opens or answers, and writes the figures as JSON.

`python -m benchmarks.contest.one_peer NAME build|open|ask CACHE SIZE SEED FOLDER RESULT [RUNS]`
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.contest.questions import Question, load_questions
from benchmarks.corpus.synthetic import Corpus
from benchmarks.meter import Meter
from benchmarks.peers.peer import OpenIndex, import_contestant
from benchmarks.process_runner import read_memory_mb

RUNS = 3
"""Timed runs over all questions; a question's figure is the median of its runs."""


def measure_build(name: str, corpus: Corpus, folder: Path, _: int) -> dict[str, Any]:
    """Seconds by part, and bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    meter = Meter()
    module = import_contestant(name)
    module.build(corpus, folder, meter)
    parts = {part: asdict(spent) for part, spent in meter.parts.items()}
    return {"parts": parts, "total": asdict(meter.total), "size": asdict(module.size(folder))}


def measure_open(name: str, corpus: Corpus, folder: Path, _: int) -> dict[str, Any]:
    """Milliseconds until it is open, and until the first answer after that; the engine is imported before."""
    module = import_contestant(name)
    question = load_questions(corpus)[0]
    began = time.perf_counter()
    index = module.open_index(folder)
    there = time.perf_counter()
    index.ten_best(index.prepare(question))
    return {"open": (there - began) * 1e3, "first": (time.perf_counter() - there) * 1e3}


def measure_queries(name: str, corpus: Corpus, folder: Path, runs: int) -> dict[str, Any]:
    """For every question its numbers and milliseconds, and the memory at the end (MB)."""
    asked = load_questions(corpus)
    index = import_contestant(name).open_index(folder)
    prepared = [index.prepare(question) for question in asked]
    answers = [_first_page(index, question, one) for question, one in zip(asked, prepared, strict=True)]
    for what, action in (("ten", index.ten_best), ("page", index.page)):
        times = [[_time_action(index, action, one) for one in prepared] for _ in range(runs)]
        for number, answer in enumerate(answers):
            answer[what] = {clock: statistics.median(one[number][clock] for one in times) for clock in ("cpu", "wall")}
    memory = {line: read_memory_mb("self", line) for line in ("VmHWM", "VmRSS", "RssAnon", "RssFile")}
    return {"answers": answers, "memory": memory}


def _first_page(index: OpenIndex, question: Question, prepared: Any) -> dict[str, Any]:
    began = time.process_time()
    page = index.page(prepared)
    spent = (time.process_time() - began) * 1e3
    best = len(index.ten_best(prepared))
    return {"group": question.group, "text": question.text, "numbers": page.numbers, "hits": [page.hits, best],
            "snippets": sum(map(bool, page.snippets)), "first": spent}  # fmt: skip


def _time_action(index: OpenIndex, action: Callable[[Any], Any], prepared: Any) -> dict[str, float]:
    index.forget()
    wall, cpu = time.perf_counter(), time.process_time()
    action(prepared)
    return {"cpu": (time.process_time() - cpu) * 1e3, "wall": (time.perf_counter() - wall) * 1e3}


def main(name: str, action: str, cache: str, size: str, seed: str, folder: str, result: str, runs: str = "3") -> None:
    """Do one thing and write what it gave."""
    actions = {"build": measure_build, "open": measure_open, "ask": measure_queries}
    found = actions[action](name, Corpus.of(Path(cache), int(size), int(seed)), Path(folder), int(runs))
    Path(result).write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
