"""What a contestant is: a module with four functions, and the values they give."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from benchmarks.contest.questions import Question
from benchmarks.corpus.synthetic import Corpus
from benchmarks.meter import Meter

MODULES = {
    "dateline": "benchmarks.peers.dateline",
    "fts5": "benchmarks.peers.fts5",
    "tantivy": "benchmarks.peers.tantivy_engine",
    "whoosh": "benchmarks.peers.stock_whoosh",
}

MAX_CORPUS_SIZE = {"whoosh": 20_000}
"""The largest corpus a contestant is made to index: stock Whoosh would take a quarter of an hour for 200,000."""

MAX_RUNS = {"whoosh": 1}
"""Timed runs at most: one of stock Whoosh takes minutes."""

TOP_K = 10
"""Hits on a page, and values shown of a facet."""

Counts = list[tuple[str, int]]
"""Values and how many matches have each; "" for those that have none."""


@dataclass(slots=True)
class Page:
    """A results page: the exact total, the shown hits with a snippet each, facets and timeline of all matches."""

    total: int
    hits: int
    snippets: list[str]
    facets: dict[str, Counts]
    years: Counts

    @property
    def numbers(self) -> dict[str, Any]:
        """What must be equal for all contestants. Of a facet, the counts of its commonest values: ties vary."""
        commonest = {name: _commonest(counts) for name, counts in self.facets.items()}
        return {"total": self.total, "years": sorted(self.years), **commonest}


def _commonest(counts: Counts) -> list[int]:
    return sorted((count for value, count in counts if value), reverse=True)[: TOP_K - 1]


@dataclass(slots=True)
class Sizes:
    """Bytes on disk: of the index, of the texts, or of both together where they cannot be told apart."""

    index: int = 0
    texts: int = 0
    together: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All of it."""
        return self.index + self.texts + self.together


class OpenIndex(Protocol):
    """An index opened for questions, one thread."""

    def prepare(self, question: Question) -> Any:
        """The question in the contestant's own form; not timed."""

    def forget(self) -> None:
        """Drop answers that are remembered, so that the next question is worked out anew."""

    def ten_best(self, prepared: Any) -> Sequence[Any]:
        """The ids of the ten best hits."""

    def page(self, prepared: Any) -> Page:
        """A whole results page."""

    def close(self) -> None:
        """Let go of the files."""


class Contestant(Protocol):
    """A module of this package."""

    def build(self, corpus: Corpus, folder: Path, meter: Meter) -> None:
        """Index the corpus into an empty folder."""

    def size(self, folder: Path) -> Sizes:
        """Bytes on disk."""

    def open_index(self, folder: Path) -> OpenIndex:
        """Open what was built."""


def import_contestant(name: str) -> Contestant:
    """The contestant of this name; its engine is imported only now."""
    return cast(Contestant, importlib.import_module(MODULES[name]))


def bytes_below(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
