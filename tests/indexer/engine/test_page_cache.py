"""Released pages of the index are read again as they were; they are released when too many are resident."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from indexer.engine.arrays.backend import ArrayBackend
from indexer.engine.arrays.segments import page_cache
from indexer.language.parser import parse_query
from indexer.query import Query


def test_answers_are_the_same_after_pages_were_released(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queries = [
        Query(parse_query(text).clause) for text in ("survey", '"of the"', "naviga*", "bridge flood", "harbor OR wing")
    ]
    expected = [ArrayBackend(sample_data).find(query).page(0, 50) for query in queries]
    backend = ArrayBackend(sample_data)
    monkeypatch.setattr(page_cache, "MAX_MAPPED_BYTES", -1)
    monkeypatch.setattr(page_cache, "CHECK_SECONDS", -1)
    times = 0

    def counted(
        self: page_cache.PageCacheLimiter, segments: int, release: Any = page_cache.PageCacheLimiter.release
    ) -> None:
        nonlocal times
        times += 1
        release(self, segments)

    monkeypatch.setattr(page_cache.PageCacheLimiter, "release", counted)
    for _ in range(2):
        assert [backend.find(query).page(0, 50) for query in queries] == expected
    assert times == 2 * len(queries)


def test_pages_leave_memory(sample_data: Path) -> None:
    if not page_cache.mapped_bytes():
        pytest.skip("the system does not say how much of mapped files is in memory")
    backend = ArrayBackend(sample_data)
    assert [part for segment in backend.segments for part in segment.find_damage()] == []
    before = page_cache.mapped_bytes()
    page_cache.PageCacheLimiter(backend.segments).release()
    assert page_cache.mapped_bytes() < before


def test_few_pages_stay(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = page_cache.PageCacheLimiter(())
    monkeypatch.setattr(limiter, "release", lambda: pytest.fail("nothing had to be let go of"))
    monkeypatch.setattr(page_cache, "mapped_bytes", lambda: page_cache.MAX_MAPPED_BYTES)
    limiter.limit()


def test_segments_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    class Segment:
        times = 0

        def release_pages(self) -> None:
            self.times += 1

    segments: list[Any] = [Segment() for _ in range(25)]
    limiter = page_cache.PageCacheLimiter(segments)
    monkeypatch.setattr(page_cache, "mapped_bytes", lambda: page_cache.MAX_MAPPED_BYTES + 1)
    monkeypatch.setattr(page_cache, "CHECK_SECONDS", -1)
    limiter.limit()
    assert sum(segment.times for segment in segments) == 3
    for _ in range(8):
        limiter.limit()
    assert [segment.times for segment in segments] == [2, 2, *[1] * 23]
