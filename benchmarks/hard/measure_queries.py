"""Asks each hostile query in a process of its own; measures processor time, memory, and the size of what it gives."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from archive.child_process import SPAWN_CONTEXT
from benchmarks.contest.report import format_table
from benchmarks.hard.queries import QUERIES, make_query
from benchmarks.process_runner import read_memory_mb
from indexer.query import Phrase, Prefix
from indexer.search import Searcher
from web import create_app

MAX_CPU_S, MAX_MORE_MB, MAX_KB = 2.0, 200.0, 100.0
"""The limits: seconds of processor time, MB of memory beyond that of an open archive, KB of a page and of its JSON."""

TIMEOUT_S = 300.0
"""Wall-clock seconds after which a query is given up."""

WORDS = 1500
"""Words of the archive that queries are made of, the commonest."""


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """What one query took: the page, then the JSON of the same search; `outcome` is what was left out, in words."""

    name: str
    query_bytes: int
    cpu_s: float
    json_cpu_s: float
    more_mb: float
    page_kb: float
    json_kb: float
    hits: int
    outcome: str

    @property
    def within(self) -> bool:
        """Whether it kept to the limits."""
        size, cpu = max(self.page_kb, self.json_kb), max(self.cpu_s, self.json_cpu_s)
        return 0 < cpu <= MAX_CPU_S and self.more_mb <= MAX_MORE_MB and size <= MAX_KB


def common_words(data: Path) -> list[str]:
    """The commonest words of an archive, those in most releases first."""
    with Searcher(data) as searcher:
        forms = searcher.backend.forms([Prefix(letter) for letter in "abcdefghijklmnopqrstuvwxyz"])
        words = [word for some in forms for word in some if word.isalpha()]
        frequencies = searcher.backend.frequencies([Phrase((word,)) for word in words])
        counts = {word: each.documents for word, each in zip(words, frequencies, strict=True)}
    return sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]


def measure_queries(data: Path, only: Sequence[str] = ()) -> Iterator[QueryFigures]:
    """Ask the queries whose names hold one of `only`, or all."""
    common = common_words(data)
    for name in QUERIES:
        if not only or any(each in name for each in only):
            yield _measure(data, name, make_query(name, common))


def format_figures(figures: Sequence[QueryFigures]) -> str:
    """The figures as a table, then how many kept to the limits."""
    head = ["query", "bytes", "page s", "JSON s", "MB more", "page KB", "JSON KB", "hits", "", "left out"]
    rows = [
        [each.name, each.query_bytes, each.cpu_s, each.json_cpu_s, each.more_mb, each.page_kb, each.json_kb, each.hits,
         "" if each.within else "OVER", each.outcome]
        for each in figures
    ]  # fmt: skip
    within = sum(each.within for each in figures)
    limits = f"{MAX_CPU_S:.0f} s, {MAX_MORE_MB:.0f} MB more and {MAX_KB:.0f} KB"
    return f"{format_table(head, rows)}\n\n{within} of {len(figures)} within {limits}"


def _measure(data: Path, name: str, text: str) -> QueryFigures:
    mine, theirs = SPAWN_CONTEXT.Pipe(duplex=False)
    child = SPAWN_CONTEXT.Process(target=_ask, args=(str(data), text, theirs))
    child.start()
    theirs.close()
    size = len(text.encode())
    try:
        if not mine.poll(TIMEOUT_S):
            return QueryFigures(name, size, TIMEOUT_S, 0, 0, 0, 0, 0, "given up")
        return QueryFigures(name, size, *mine.recv())
    except EOFError:
        return QueryFigures(name, size, 0, 0, 0, 0, 0, 0, "ended the process")
    finally:
        child.kill()
        child.join()


def _ask(data: str, text: str, answer: Connection) -> None:
    """Ask one query as a browser and as a program, and send what it took."""
    client = create_app(Path(data)).test_client()
    client.get("/search", query_string={"q": "the harbor"})
    before = read_memory_mb("self", "VmRSS")
    started = time.process_time()
    page = client.get("/search", query_string={"q": text})
    between = time.process_time()
    found = client.get("/search.json", query_string={"q": text})
    ended = time.process_time()
    value = found.get_json()
    answer.send((
        between - started, ended - between, read_memory_mb("self", "VmHWM") - before,
        len(page.data) / 1000, len(found.data) / 1000, value["total"], (value["partial"] or "")[:100],
    ))  # fmt: skip
