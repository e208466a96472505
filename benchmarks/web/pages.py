"""What pages cost over HTTP: processor time of the server, time until the answer is there, bytes on the wire.

The server runs as people run it, the reader is another process, and Datasette answers over the same texts where it is
installed. Processor time is of the server's processes alone.
"""

from __future__ import annotations

import json
import random
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import urlopen

from benchmarks.contest.report import format_table
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.process_runner import ROOT
from benchmarks.web import datasette
from benchmarks.web.reader import Answer
from benchmarks.web.served import Say, add_stories, cpu_seconds, serve

PAGES = 400
"""Addresses of each kind, all unlike each other."""

CLIENTS = 16
RUSH_S = 15.0
COMMAND_RUNS = 9


@dataclass(frozen=True, slots=True)
class PageFigures:
    """A kind of page: CPU ms of the server, wall ms (median, 95th percentile) and KB on the wire, each of an answer."""

    kind: str
    answers: int
    cpu_ms: float
    median_ms: float
    p95_ms: float
    kb: float


@dataclass(frozen=True, slots=True)
class RushFigures:
    """Many readers at once: answers a second, and how many cores the server kept busy."""

    kind: str
    clients: int
    answers_a_second: float
    cores: float


@dataclass(frozen=True, slots=True)
class WebFigures:
    """All of it; commands by name with the CPU seconds of one run."""

    releases: int
    pages: list[PageFigures]
    rushes: list[RushFigures]
    first_visit_kb: float
    commands: dict[str, float]


def measure_pages(cache: Path, releases: int, say: Say) -> WebFigures:
    """Measure Dateline's pages over so many recombined releases, and Datasette's beside them where it is here."""
    corpus = Corpus.of(cache, releases)
    _, data, stories = add_stories(corpus, "pages", releases, say)
    queries = list(_unlike_queries(stories))
    with serve(data, cache / "pages.log") as (pid, port):
        reader = _Reader(pid, port)
        pages = [*_measure_kinds(reader, queries, say)]
        say(f"{CLIENTS} readers at once")
        rushes = [reader.rush("results pages", _search_addresses(queries))]
        first_visit = _first_visit_kb(reader)
    if datasette.is_here():
        say("Datasette")
        some = _measure_datasette(cache, stories, queries)
        pages += some[0]
        rushes.append(some[1])
    commands = {
        name: _command_cpu(["--data", str(data), *arguments])
        for name, arguments in (("--help", ["--help"]), ("search", ["search", *queries[0].split()]))
    }
    return WebFigures(releases, pages, rushes, first_visit, commands)


def _unlike_queries(stories: Sequence[Story]) -> Iterator[str]:
    """Words of the releases' own titles, each query another."""
    choice = random.Random(7)
    seen: set[str] = set()
    while len(seen) < PAGES:
        words = choice.choice(stories).title.split()
        at = choice.randrange(max(1, len(words) - 1))
        query = " ".join(words[at : at + choice.choice((1, 2, 2, 3))])
        if query not in seen and query.replace(" ", "").isalpha():
            seen.add(query)
            yield query


def _search_addresses(queries: Sequence[str]) -> list[str]:
    return [f"/search?q={quote_plus(query)}" for query in queries]


def _measure_kinds(reader: _Reader, queries: Sequence[str], say: Say) -> Iterator[PageFigures]:
    """Each kind of page; the first address of a kind is read once before, so that no import is counted."""
    searches = _search_addresses(queries)
    hits = json.loads(reader.body("/search.json?q=the&limit=100"))
    releases = [hit["url"] for hit in hits["hits"]]
    for page in range(2, 1 + PAGES // 100):
        releases += [hit["url"] for hit in json.loads(reader.body(f"/search.json?q=the&limit=100&page={page}"))["hits"]]
    kinds = {
        "results, unlike queries": searches,
        "results, the same again": [searches[0]] * PAGES,
        "release": releases,
        "no hits": [f"/search?q=zyzzy{number}+{quote_plus(query)}" for number, query in enumerate(queries)],
        "/people": [f"/people?page={number}" for number in range(1, 21)],
        "/facets/person": [f"/facets/person?q={quote_plus(query)}" for query in queries[:100]],
        "/sources": ["/sources"] * 20,
        "start page": ["/"] * 100,
    }
    for kind, addresses in kinds.items():
        say(kind)
        reader.read([addresses[0]])
        yield reader.measure(kind, addresses)
    (first,) = reader.read([searches[0]])
    yield reader.measure("results, asked whether they changed", [f"{searches[0]}\t{first.etag}"] * PAGES)


def _measure_datasette(
    cache: Path, stories: Sequence[Story], queries: Sequence[str]
) -> tuple[list[PageFigures], RushFigures]:
    database = cache / "texts.db"
    datasette.make_database(database, stories)
    with datasette.serve(database, cache / "datasette.log") as (pid, port):
        reader = _Reader(pid, port)
        searches = [datasette.SEARCH.format(quote_plus(query)) for query in queries]
        kinds = {
            "Datasette: results, unlike queries": searches,
            "Datasette: release": [datasette.RELEASE.format(story.number) for story in stories[:PAGES]],
        }
        for addresses in kinds.values():
            reader.read(addresses[:1])
        return [reader.measure(kind, of_kind) for kind, of_kind in kinds.items()], reader.rush("Datasette", searches)


def _first_visit_kb(reader: _Reader) -> float:
    """The start page with all that it loads, on the wire."""
    page = reader.body("/").decode()
    loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src)="([^"]+)"', page)
    return sum(answer.size for answer in reader.read(["/", *loaded])) / 1000


class _Reader:
    """Reads from one server by a process of its own, and takes the time of the server's."""

    def __init__(self, pid: int, port: int) -> None:
        self._pid, self._port = pid, port

    def measure(self, kind: str, addresses: Sequence[str]) -> PageFigures:
        """Read them one after the other.

        Raises:
            RuntimeError: one was not answered.
        """
        before = cpu_seconds(self._pid)
        answers = self.read(addresses)
        spent = cpu_seconds(self._pid) - before
        times = sorted(answer.ms for answer in answers)
        return PageFigures(
            kind, len(answers), spent * 1000 / len(answers), statistics.median(times), times[len(times) * 95 // 100],
            statistics.mean(answer.size for answer in answers) / 1000,
        )  # fmt: skip

    def rush(self, kind: str, addresses: Sequence[str]) -> RushFigures:
        """Read them with many readers at once."""
        before = cpu_seconds(self._pid)
        answers = self.read(addresses, CLIENTS, RUSH_S)
        spent = cpu_seconds(self._pid) - before
        return RushFigures(kind, CLIENTS, len(answers) / RUSH_S, spent / RUSH_S)

    def read(self, addresses: Sequence[str], connections: int = 1, seconds: float = 0) -> list[Answer]:
        """The answers; each must be one of 200 and 304."""
        command = [sys.executable, "-m", "benchmarks.web.reader", str(self._port), str(connections), str(seconds)]
        done = subprocess.run(
            command, cwd=ROOT, input="\n".join(addresses), check=True, stdout=subprocess.PIPE, text=True
        )
        answers = [Answer(**json.loads(line)) for line in done.stdout.splitlines()]
        if failed := [answer for answer in answers if answer.status not in (200, 304)]:
            raise RuntimeError(f"{failed[0].address} answered {failed[0].status}, and {len(failed) - 1} others so")
        return answers

    def body(self, address: str) -> bytes:
        """The body at an address."""
        with urlopen(f"http://127.0.0.1:{self._port}{address}") as answer:
            return bytes(answer.read())


def _command_cpu(arguments: Sequence[str]) -> float:
    """CPU seconds of one run of the command, the median of several."""
    spent = []
    for _ in range(COMMAND_RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [Path(sys.executable).parent / "dateline", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent)


def format_figures(figures: WebFigures) -> str:
    """The figures for people."""
    pages = ([each.kind, each.cpu_ms, each.median_ms, each.p95_ms, each.kb] for each in figures.pages)
    rushes = ([f"{each.kind}, {each.clients} readers", each.answers_a_second, each.cores] for each in figures.rushes)
    others: list[tuple[str, float]] = [("a first visit, KB", figures.first_visit_kb)]
    others += [(f"dateline {name}, CPU s", spent) for name, spent in figures.commands.items()]
    head = f"{figures.releases:,} releases"
    return "\n\n".join(
        [
            format_table([head, "CPU ms", "median ms", "p95 ms", "KB"], pages),
            format_table(["", "answers a second", "cores busy"], rushes),
            format_table(["", ""], others),
        ]
    )
