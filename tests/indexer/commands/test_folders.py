"""`dateline folders` and `dateline forget`, and what `dateline add` says of folders that moved or are not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from histories import damage, id_of, text

from indexer.cli import main
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


def run(data: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *map(str, words)])


@pytest.fixture
def two(data: Path, folder: Path, write: Write, tmp_path: Path) -> Path:
    """An archive of two folders; returns the second, which holds a copy from the first."""
    write("ferry.txt", text("ferry"))
    write("tug.txt", text("tug"))
    other = tmp_path / "other"
    other.mkdir()
    (other / "tug.txt").write_text(text("tug"))
    (other / "raft.txt").write_text(text("raft"))
    for each in (folder, other):
        assert run(data, "add", each).exit_code == 0
    return other


def hits(data: Path, word: str) -> list[str]:
    with Searcher(data) as searcher:
        return searcher.ids(f'"notice of the {word}"')


def test_folders_are_listed(data: Path, folder: Path, two: Path) -> None:
    found = json.loads(run(data, "folders", "--json").output)
    assert [(each["path"], each["files"], each["releases"], each["skipped"], each["is_there"]) for each in found] == [
        (str(two), 2, 2, 0, True),
        (str(folder), 2, 2, 0, True),
    ]
    assert all(len(each["added"]) == len(each["seen"]) == len("2011-01-02T03:04:05Z") for each in found)
    shutil.rmtree(two)
    said = run(data, "folders").output
    assert f"{folder}\n  2 releases in 2 files, 0 files not read\n  first added 20" in said
    assert said.count("Not there now:") == 1


def test_a_forgotten_folder_is_found_no_more_until_it_is_added_again(data: Path, two: Path) -> None:
    result = run(data, "forget", two)
    assert result.exit_code == 0
    assert "2 files, 1 release withdrawn. Nothing was deleted" in result.output
    assert (hits(data, "raft"), hits(data, "tug"), hits(data, "ferry")) == ([], [id_of("tug")], [id_of("ferry")])
    assert damage(data) == []
    assert run(data, "show", id_of("raft")).output.count("Withdrawn") == 1
    assert "1 back again" in run(data, "add", two).output
    assert hits(data, "raft") == [id_of("raft")]


def test_forget_as_json(data: Path, two: Path) -> None:
    assert json.loads(run(data, "forget", two, "--json").output) == {
        "folder": str(two), "files": 2, "withdrawn": 1, "inside": "",
    }  # fmt: skip


def test_a_folder_that_is_none_of_them_is_an_error_that_names_them(data: Path, folder: Path, two: Path) -> None:
    result = run(data, "forget", folder / "deep")
    assert result.exit_code == 3
    assert f"it lies in {folder}, which is" in result.output
    assert str(two) in result.output
    assert len(json.loads(run(data, "folders", "--json").output)) == 2


@pytest.mark.parametrize("words", [["folders"], ["forget", "x"]])
def test_without_an_archive_there_is_none(data: Path, words: list[str]) -> None:
    assert run(data, *words).exit_code == 4
    assert not data.exists()


def test_add_says_what_moved_and_what_is_not_there(data: Path, folder: Path, two: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    said = run(data, "add", moved).output
    assert f"came from {folder}, which is gone: the folder was taken as moved" in said
    assert "0 opened, 2 unchanged, 0 gone" in said
    shutil.rmtree(two)
    report = run(data, "add", moved)
    assert f"Not there now: {two}. If it is gone for good: dateline forget {two}" in report.output
    found = json.loads(run(data, "add", moved, "--json").output)
    assert (found["moved_from"], found["absent"], found["through_links"], found["waiting"]) == ("", [str(two)], [], [])
    assert run(data, "forget", two).exit_code == 0
    assert "Not there now" not in run(data, "add", moved).output


def test_add_says_what_became_a_release_of_its_own(data: Path, folder: Path, two: Path, write: Write) -> None:
    write("ferry.txt", text("schooner"))
    assert run(data, "add", folder).exit_code == 0
    (two / "old.txt").write_text(text("ferry"))
    said = run(data, "add", two).output
    assert "1 earlier version still in the folder: now a release of its own." in said
    assert (hits(data, "ferry"), hits(data, "schooner")) == ([id_of("ferry")], [id_of("schooner")])
