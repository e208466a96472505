"""The index on disk: whole or not at all, damage said and cured, a full disk or a kill costs nothing."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import DiskProblem
from indexer.cli import main
from indexer.engine.arrays.generations import generations
from indexer.errors import IndexDamaged, IndexMissing
from indexer.maintenance import build
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


@pytest.fixture
def ready(write: Write, folder: Path, data: Path) -> Path:
    """A small searchable archive."""
    for number in range(5):
        write(f"{number}.txt", f"Notice {number}\n\nPORT, Jan. {number + 1}, 2011 -- The ferry {number} sails.\n")
    build.add(data, folder)
    return data


def answers(data: Path) -> list[str]:
    with Searcher(data) as searcher:
        return searcher.ids("ferry")


def files(data: Path) -> list[Path]:
    return sorted(path for path in (data / "index" / generations.read_pointer(data)).iterdir() if path.is_file())


def test_damage_to_any_file_is_noticed_and_cured_by_a_rebuild(ready: Path) -> None:
    before = answers(ready)
    for number in range(len(files(ready))):
        path = files(ready)[number]
        content = path.read_bytes()
        for damaged in (b"", content[: len(content) // 2], None):
            if damaged is None:
                path.unlink()
            else:
                path.write_bytes(damaged)
            with pytest.raises(IndexDamaged, match="rebuild"):
                Searcher(ready)
            result = CliRunner().invoke(main, ["--data", str(ready), "verify"])
            assert result.exit_code == 6
            assert path.name in result.output
            path.write_bytes(content)
            assert answers(ready) == before
    files(ready)[0].unlink()
    build.rebuild(ready)
    assert answers(ready) == before


def test_a_flipped_bit_is_found_by_verify_and_repaired(ready: Path) -> None:
    before = answers(ready)
    for path in files(ready):
        if path.name == generations.MANIFEST:
            continue
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))
        result = CliRunner().invoke(main, ["--data", str(ready), "verify"])
        assert result.exit_code == 6
        assert f"{path.name} was altered" in result.output
        content[len(content) // 2] ^= 1
        path.write_bytes(bytes(content))
    path.write_bytes(b"\x00" * len(content))
    result = CliRunner().invoke(main, ["--data", str(ready), "verify", "--repair"])
    assert result.exit_code == 0
    assert answers(ready) == before


def test_a_pointer_to_a_generation_that_is_gone(ready: Path) -> None:
    before = answers(ready)
    (ready / "index" / "CURRENT").write_text("gen-000099", "ascii")
    with Searcher(ready) as searcher:
        assert "gen-000099" in searcher.search("ferry").receipt.notices[0]
    assert answers(ready) == before


@pytest.mark.parametrize("pointed", ["../elsewhere", "", "\xff"])
def test_a_pointer_to_nothing(ready: Path, pointed: str) -> None:
    (ready / "index" / "CURRENT").write_text(pointed, "latin-1")
    with pytest.raises((IndexMissing, IndexDamaged), match="rebuild"):
        Searcher(ready)
    build.rebuild(ready)
    assert len(answers(ready)) == 5


def test_an_index_of_other_rules_is_refused(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.format_version.TOKENIZER_VERSION", "0")
    with pytest.raises(IndexDamaged, match="another version"):
        Searcher(ready)


def test_add_makes_a_missing_index_anew(ready: Path, folder: Path) -> None:
    before = answers(ready)
    (ready / "index" / "CURRENT").unlink()
    build.add(ready, folder)
    assert answers(ready) == before


def test_what_is_live_answers_while_a_rebuild_fails(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(ready)

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(generations, "fsync_file", full)
    with pytest.raises(DiskProblem, match="No space left"):
        build.rebuild(ready)
    monkeypatch.undo()
    assert answers(ready) == before
    assert len(list((ready / "index").glob("gen-*"))) == 1


def test_rebuilds_killed_anywhere_leave_the_last_good_index(ready: Path) -> None:
    before = answers(ready)
    for step in range(12):
        process = subprocess.Popen(
            [sys.executable, "-m", "indexer", "--data", str(ready), "rebuild"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(0.35 + 0.08 * step)
        process.kill()
        process.wait()
        assert answers(ready) == before
    build.rebuild(ready)
    assert answers(ready) == before
    assert len(list((ready / "index").glob("gen-*"))) <= 2


def test_a_reader_keeps_its_generation_while_newer_ones_come(ready: Path, folder: Path, write: Write) -> None:
    with Searcher(ready) as searcher:
        old = searcher.backend
        for number in range(4):
            write(f"new{number}.txt", f"News {number}\n\nA new ferry.\n")
            build.add(ready, folder)
        assert old.releases == 5
        assert searcher.backend.releases == 9


def test_old_generations_are_not_kept_for_ever(ready: Path, folder: Path, write: Write) -> None:
    for number in range(6):
        write(f"new{number}.txt", f"News {number}\n\nA new ferry.\n")
        build.add(ready, folder)
    assert len(list((ready / "index").glob("gen-*"))) == 2


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_a_data_directory_on_a_read_only_disk_can_be_searched(ready: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(ready)
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert answers(ready) == before


@pytest.fixture
def twice(ready: Path) -> Path:
    """A data directory with two whole generations that share no file."""
    build.rebuild(ready)
    assert len(list((ready / "index").glob("gen-*"))) == 2
    return ready


@pytest.mark.parametrize("harm", ["cut", "gone", "foreign"])
def test_the_last_good_generation_answers_where_the_live_one_is_damaged(twice: Path, harm: str) -> None:
    before = answers(twice)
    for path in files(twice):
        content = path.read_bytes()
        if harm == "gone":
            path.unlink()
        else:
            path.write_bytes(content[: len(content) // 2] if harm == "cut" else b"GIF89a" + content[6:-8] + b"elsewise")
        if path.name == generations.MANIFEST or path.suffix in (".docs", ".terms"):
            with Searcher(twice) as searcher:
                page = searcher.search("ferry")
                assert "rebuild" in page.receipt.notices[0]
            assert answers(twice) == before
            assert CliRunner().invoke(main, ["--data", str(twice), "verify"]).exit_code == 6
        path.write_bytes(content)
    build.rebuild(twice)
    with Searcher(twice) as searcher:
        assert searcher.search("ferry").receipt.notices == ()


def test_a_flipped_bit_is_found_by_reading_the_index_once(twice: Path) -> None:
    before = answers(twice)
    (terms,) = [path for path in files(twice) if path.suffix == ".terms"]
    content = bytearray(terms.read_bytes())
    content[3] ^= 1  # between the arrays there are bytes that mean nothing
    terms.write_bytes(bytes(content))
    with Searcher(twice) as searcher:
        searcher.check()
        assert "rebuild" in searcher.search("ferry").receipt.notices[0]
        assert searcher.search("ferry").hits
    build.rebuild(twice)
    assert answers(twice) == before


def test_damage_with_nothing_before_it_is_said(ready: Path) -> None:
    (terms,) = [path for path in files(ready) if path.suffix == ".terms"]
    content = bytearray(terms.read_bytes())
    content[3] ^= 1  # between the arrays there are bytes that mean nothing
    terms.write_bytes(bytes(content))
    with Searcher(ready) as searcher:
        with pytest.raises(IndexDamaged, match="rebuild"):
            searcher.check()
        with pytest.raises(IndexDamaged, match="rebuild"):
            searcher.search("ferry")


def test_numbers_that_lead_nowhere_are_an_error_for_people(ready: Path) -> None:
    """Any byte of the postings may be wrong: an answer or an error for people, never a crash."""
    (terms,) = [path for path in files(ready) if path.suffix == ".terms"]
    content = terms.read_bytes()
    for place in range(0, len(content) * 9 // 10, max(1, len(content) // 150)):
        altered = bytearray(content)
        altered[place] ^= 0xFF
        terms.write_bytes(bytes(altered))
        with contextlib.suppress(IndexDamaged), Searcher(ready) as searcher:
            for query in ("ferry", '"the ferry"', "f*", "ferry OR harbor", "person:a"):
                with contextlib.suppress(IndexDamaged):
                    searcher.search(query)
