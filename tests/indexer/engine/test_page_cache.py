"""Pages of the index that are let go of are read again as they were; and they are let go of when they are many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.engine.arrays.engine import WhooshBackend
from indexer.engine.arrays.segments import page_cache
from indexer.language.parser import parse_query
from indexer.query import Query


def test_answers_are_the_same_after_pages_were_let_go_of(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = [
        Query(parse_query(text).clause) for text in ("survey", '"of the"', "naviga*", "bridge flood", "harbor OR wing")
    ]
    expected = [WhooshBackend(sample_data).find(query).page(0, 50) for query in queries]
    backend = WhooshBackend(sample_data)
    monkeypatch.setattr(page_cache, "MOST_MAPPED", -1)
    times = 0

    def counted(self: page_cache.Residence, segments: int, let_go: Any = page_cache.Residence.let_go) -> None:
        nonlocal times
        times += 1
        let_go(self, segments)

    monkeypatch.setattr(page_cache.Residence, "let_go", counted)
    for _ in range(2):
        assert [backend.find(query).page(0, 50) for query in queries] == expected
    assert times == 2 * len(queries)


def test_pages_leave_memory(sample_data: Path) -> None:
    if not page_cache.mapped_bytes():
        pytest.skip("the system does not say how much of mapped files is in memory")
    backend = WhooshBackend(sample_data)
    assert [part for segment in backend.segments for part in segment.damaged()] == []
    before = page_cache.mapped_bytes()
    page_cache.Residence(backend.segments).let_go()
    assert page_cache.mapped_bytes() < before


def test_few_pages_stay(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = page_cache.Residence(())
    monkeypatch.setattr(watched, "let_go", lambda: pytest.fail("nothing had to be let go of"))
    monkeypatch.setattr(page_cache, "mapped_bytes", lambda: page_cache.MOST_MAPPED)
    watched.look()


def test_segments_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    class Segment:
        times = 0

        def let_go(self) -> None:
            self.times += 1

    segments: list[Any] = [Segment() for _ in range(25)]
    watched = page_cache.Residence(segments)
    monkeypatch.setattr(page_cache, "mapped_bytes", lambda: page_cache.MOST_MAPPED + 1)
    watched.look()
    assert sum(segment.times for segment in segments) == 3
    for _ in range(8):
        watched.look()
    assert [segment.times for segment in segments] == [2, 2, *[1] * 23]
