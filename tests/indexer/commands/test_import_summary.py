"""The cache of the import summary: used while nothing was written, and never when it would be stale."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.corrections import Correction, CorrectionField
from archive.store import Archive
from indexer.engine.protocol import EngineSettings
from indexer.engine.selection import open_engine
from indexer.maintenance import build, summarise
from indexer.maintenance.import_summary import ImportSummary
from indexer.maintenance.import_summary_cache import CACHE_NAME, load_import_summary
from indexer.search import Searcher

Write = Callable[..., Path]


@pytest.fixture
def ready(write: Write, folder: Path, data: Path) -> Path:
    for number in range(3):
        write(f"{number}.txt", f"Ferry {number}\n\nPORT, Jan. {number + 1}, 2011 -- Senator Ada Quill said it sails.\n")
    build.add(data, folder)
    return data


def build_uncached(data: Path) -> ImportSummary:
    with Searcher(data) as searcher:
        return summarise.build_import_summary(searcher)


def test_a_cached_summary_is_not_built_again(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = load_import_summary(ready)
    assert first == build_uncached(ready)

    def fail(searcher: Searcher) -> ImportSummary:
        raise AssertionError("built again")

    monkeypatch.setattr(summarise, "build_import_summary", fail)
    assert load_import_summary(ready) == first


def test_it_is_made_anew_after_whatever_is_written(ready: Path, folder: Path, write: Write) -> None:
    def corrected() -> None:
        with Archive(ready) as archive:
            work = archive.live_ids()[0]
        build.correct(ready, Correction(CorrectionField.SOURCE, "Harbour Office", "R. Lee", release=work))

    def written(name: str, text: str) -> None:
        write(name, text)
        build.add(ready, folder)

    def withdrawn() -> None:
        (folder / "1.txt").unlink()
        build.add(ready, folder)

    changes = (
        lambda: written("3.txt", "Bridge\n\nPORT, Feb. 1, 2012 -- Mayor Jo Bell said it stands.\n"),
        lambda: written("4.txt", ""),  # not read: no release changes, the count of files does
        corrected,
        withdrawn,
        lambda: build.rebuild(ready),
    )
    seen = [load_import_summary(ready)]
    for change in changes:
        change()
        seen.append(load_import_summary(ready))
        assert seen[-1] == build_uncached(ready)
    assert seen[1].totals.releases == 4
    assert seen[2].totals.files_skipped == 1
    assert "Harbour Office" in [source.label for source in seen[3].sources]
    assert seen[4].totals.withdrawn == 1
    assert seen[5] == seen[4]


@pytest.mark.parametrize("content", [b"", b"\xff\n\n", b"1 gen-000001 1\n\n{}", b"{}"])
def test_what_is_no_longer_as_it_was_kept_is_not_believed(ready: Path, content: bytes) -> None:
    told = load_import_summary(ready)
    (ready / "index" / CACHE_NAME).write_bytes(content)
    assert load_import_summary(ready) == told


def test_a_flipped_figure_is_not_believed(ready: Path) -> None:
    told = load_import_summary(ready)
    kept = ready / "index" / CACHE_NAME
    kept.write_text(kept.read_text("utf-8").replace('"releases": 3', '"releases": 8'), "utf-8")
    assert load_import_summary(ready) == told


def test_a_report_on_another_state_is_not_believed(ready: Path, folder: Path, write: Write) -> None:
    kept = ready / "index" / CACHE_NAME
    load_import_summary(ready)
    _, *before = kept.read_text("utf-8").split("\n")
    write("3.txt", "Bridge\n\nPORT, Feb. 1, 2012 -- It stands.\n")
    build.add(ready, folder)
    told = load_import_summary(ready)
    about, *_ = kept.read_text("utf-8").split("\n")
    kept.write_text("\n".join([about, *before]), "utf-8")
    assert load_import_summary(ready) == told


def test_what_an_older_index_says_is_not_kept(ready: Path, folder: Path, write: Write) -> None:
    write("3.txt", "Bridge\n\nPORT, Feb. 1, 2012 -- It stands.\n")
    build.add(ready, folder)
    (ready / "index" / open_engine(EngineSettings(ready)).state() / "generation.json").write_text("{}", "utf-8")
    told = load_import_summary(ready)
    assert sum(year.count for year in told.years) == 3
    assert "It is older than the archive" in told.notice
    assert not (ready / "index" / CACHE_NAME).exists()
