"""The costs of pages are taken from a server and a reader of their own, and a page that fails is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from served import serving

from benchmarks.web.pages import PageFigures, RushFigures, WebFigures, _Reader, format_figures
from benchmarks.web.served import cpu_seconds


def test_pages_are_read_and_cost_the_server_time(sample_data: Path, tmp_path: Path) -> None:
    with serving(sample_data, tmp_path / "log") as served:
        reader = _Reader(served.process.pid, served.port)
        before = cpu_seconds(served.process.pid)
        figures = reader.measure("results", [f"/search?q=harbor+{number}" for number in range(20)])
        (page,) = reader.read(["/search?q=harbor"])
        (again,) = reader.read([f"/search?q=harbor\t{page.etag}"])
        rush = reader.rush("results", ["/search?q=harbor"] * 16)
        assert cpu_seconds(served.process.pid) > before
    assert (page.status, again.status, again.size) == (200, 304, 0)
    assert (figures.answers, figures.cpu_ms > 0, figures.kb > 1) == (20, True, True)
    assert figures.median_ms <= figures.p95_ms
    assert rush.answers_a_second > 1
    assert rush.cores > 0


def test_a_page_that_fails_is_told(sample_data: Path, tmp_path: Path) -> None:
    with serving(sample_data, tmp_path / "log") as served:
        reader = _Reader(served.process.pid, served.port)
        with pytest.raises(RuntimeError, match="/no-such-page answered 404, and 1 others so"):
            reader.read(["/", "/no-such-page", "/no-such-page"])


def test_figures_are_a_table_for_people() -> None:
    figures = WebFigures(
        20_000,
        [PageFigures("results", 400, 4.04, 5.0, 9.5, 7.02)],
        [RushFigures("results", 16, 321.4, 1.94)],
        38.2,
        {"--help": 0.12},
    )
    text = format_figures(figures)
    assert "20,000 releases" in text
    assert [line.split() for line in text.splitlines() if line.startswith("results")] == [
        ["results", "4.04", "5.00", "9.50", "7.02"],
        ["results,", "16", "readers", "321", "1.94"],
    ]
    assert "dateline --help, CPU s" in text
