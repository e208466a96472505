"""Minutes of mixed load on `dateline serve`, adds and a rebuild among it: errors, memory, answers a second."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest.add_command import write_release
from benchmarks.contest.report import format_table
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.process_runner import process_tree, read_memory_mb, run_python
from benchmarks.web.mixed_load import Client, Tally
from benchmarks.web.served import add_stories, cpu_seconds, serve

ADDED_AT_ONCE = 5
"""New releases of each `add` during the run."""

WARM_UP_PART = 0.2
"""Part of the run after which memory counts as that of the start: caches are filled by then."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment of the run: seconds since its start, answers so far, and of all processes CPU (s) and memory (MB)."""

    at_s: float
    answers: int
    cpu_s: float
    resident_mb: float
    own_mb: float


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """What a run came to. Memory is of all processes: resident, and of it what is no file (`own`)."""

    releases: int
    clients: int
    seconds: float
    answers: dict[str, int]
    errors: int
    listed_errors: list[str]
    refused: int
    adds: int
    died: int
    answers_a_second: float
    cpu_ms_an_answer: float
    kb_an_answer: float
    start_mb: tuple[float, float]
    end_mb: tuple[float, float]


def measure_load(
    cache: Path, releases: int, minutes: float, clients: int, every_s: float, say: Callable[[str], None]
) -> LoadFigures:
    """Serve `releases` releases to `clients` readers for some minutes; new ones come `every_s` seconds."""
    adds = int(minutes * 60 / every_s) + 1
    corpus = Corpus.of(cache, releases + adds * ADDED_AT_ONCE)
    folder, data, first = add_stories(corpus, "load", releases, say)
    stories = itertools.islice(corpus.stories(), releases, None)
    with serve(data, cache / "load.log") as (pid, port):
        run = _Run(pid, port, [story.title for story in first], clients)
        say(f"{clients} clients for {minutes:g} minutes")
        run.go(minutes * 60, lambda number: _change(data, folder, stories, number == adds // 2), every_s, say)
    return run.figures(releases)


def _change(data: Path, folder: Path, stories: Iterator[Story], with_rebuild: bool) -> None:
    for story in itertools.islice(stories, ADDED_AT_ONCE):
        write_release(folder, story)
    run_python(["-m", "indexer", "--data", str(data), "add", str(folder)], quiet=True)
    if with_rebuild:
        run_python(["-m", "indexer", "--data", str(data), "rebuild"], quiet=True)


class _Run:
    """The readers, the changes beside them, and samples of the server's processes."""

    def __init__(self, pid: int, port: int, phrases: list[str], clients: int) -> None:
        self._pid, self._tally, self._end = pid, Tally(), threading.Event()
        self._clients = [Client(port, phrases, seed, self._tally) for seed in range(clients)]
        self._samples: list[Sample] = []
        self._changes = 0
        self._seen: set[int] = set()
        self._died = 0

    def go(self, seconds: float, change: Callable[[int], None], every_s: float, say: Callable[[str], None]) -> None:
        """Let them read for some seconds, changing the archive meanwhile."""
        readers = [threading.Thread(target=client.read_until, args=(self._end,)) for client in self._clients]
        writer = threading.Thread(target=self._change_until_end, args=(change, every_s))
        began = time.monotonic()
        for thread in (*readers, writer):
            thread.start()
        step = max(5.0, seconds / 15)
        while (passed := time.monotonic() - began) < seconds:
            time.sleep(min(step, seconds - passed))
            self._sample(time.monotonic() - began, say)
        self._end.set()
        for thread in (*readers, writer):
            thread.join()

    def _change_until_end(self, change: Callable[[int], None], every_s: float) -> None:
        while not self._end.wait(every_s):
            self._changes += 1
            change(self._changes)

    def _sample(self, at_s: float, say: Callable[[str], None]) -> None:
        pids = process_tree(self._pid)
        self._died += len(self._seen - set(pids))
        self._seen = set(pids)
        sample = Sample(
            at_s, self._tally.answers.total(), cpu_seconds(self._pid),
            sum(map(read_memory_mb, pids)), sum(read_memory_mb(pid, "RssAnon") for pid in pids),
        )  # fmt: skip
        self._samples.append(sample)
        say(f"{at_s:5.0f} s {sample.answers:8,} answers, {sample.resident_mb:.0f} MB, {self._tally.errors} errors")

    def figures(self, releases: int) -> LoadFigures:
        """What it came to."""
        last = self._samples[-1]
        start = next(each for each in self._samples if each.at_s >= last.at_s * WARM_UP_PART)
        count = max(1, last.answers)
        return LoadFigures(
            releases, len(self._clients), last.at_s, dict(self._tally.answers), self._tally.errors,
            self._tally.listed, self._tally.refused, self._changes, self._died, last.answers / last.at_s,
            last.cpu_s * 1000 / count, self._tally.bytes / 1000 / count,
            (start.resident_mb, start.own_mb), (last.resident_mb, last.own_mb),
        )  # fmt: skip


def format_figures(figures: LoadFigures) -> str:
    """The figures for people."""
    rows = [
        ("answers", f"{sum(figures.answers.values()):,}"),
        *((f"  {kind}", f"{count:,}") for kind, count in sorted(figures.answers.items())),
        ("errors (none)", figures.errors),
        ("told to come again (503)", figures.refused),
        ("workers that died (none)", figures.died),
        ("adds meanwhile, and a rebuild", figures.adds),
        ("answers a second", f"{figures.answers_a_second:.0f}"),
        ("CPU ms an answer, of the server", f"{figures.cpu_ms_an_answer:.1f}"),
        ("KB an answer on the wire", f"{figures.kb_an_answer:.1f}"),
        ("MB of all processes, warm and at the end", f"{figures.start_mb[0]:.0f} {figures.end_mb[0]:.0f}"),
        ("  of them no files", f"{figures.start_mb[1]:.0f} {figures.end_mb[1]:.0f}"),
    ]
    head = f"{figures.releases:,} releases, {figures.clients} clients, {figures.seconds:.0f} s"
    return "\n".join([format_table([head, ""], rows), *figures.listed_errors])
