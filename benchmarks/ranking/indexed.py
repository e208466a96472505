"""A judged collection in a real index, and its documents ranked through the seam."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpus.synthetic import Story
from benchmarks.meter import Meter
from benchmarks.peers import dateline
from benchmarks.ranking.collections import JudgedCollection
from benchmarks.ranking.measures import DEPTH
from indexer.maintenance import build as builder
from indexer.query import Clause, Query
from indexer.search.searcher import Searcher


class IndexedCollection:
    """The engine's rankings of a collection, by the documents' numbers in its files."""

    def __init__(self, searcher: Searcher) -> None:
        self._backend = searcher.backend
        paths = searcher.archive.paths(searcher.archive.live_ids())
        self._numbers = {release: str(int(Path(path).stem)) for release, path in paths.items()}

    def rank(self, clause: Clause) -> list[str]:
        """The best documents for a clause."""
        return [self._numbers[release] for release, _ in self._backend.find(Query(clause)).page(0, DEPTH)]

    def score(self, clause: Clause) -> dict[str, float]:
        """The scores of the best documents for a clause."""
        return {self._numbers[release]: score for release, score in self._backend.find(Query(clause)).page(0, DEPTH)}


@contextmanager
def index_collection(judged: JudgedCollection, cache: Path) -> Iterator[IndexedCollection]:
    """Index a collection anew and open it."""
    data = cache / "ranking" / judged.name
    shutil.rmtree(data, ignore_errors=True)
    numbers = sorted(judged.documents, key=int)
    stories = (Story(int(n), *judged.documents[n], "", "", "", ()) for n in numbers)
    dateline.write_stories(data, stories, Meter())
    builder.rebuild(data)
    with Searcher(data) as searcher:
        yield IndexedCollection(searcher)
