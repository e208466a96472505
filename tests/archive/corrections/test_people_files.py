"""People's own files: where one vanishes or is emptied, what was last applied holds on, and it is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField
from archive.errors import CorrectionRefused
from archive.ingest import user_lexicon
from archive.store.archive import Archive
from indexer.cli import main
from indexer.maintenance import build, verification

LAMP = '{"title": "Lamp %d", "date": "2001-02-03", "source": "Elsinore Twn", "text": "The lamp is lit again."}'
GUARDED = ["missing", "emptied", "none left", "unreadable", "a link whose target does not exist"]


def run(data: Path, *line: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *line])


@pytest.fixture
def corrected(data: Path, folder: Path, write: Callable[..., Path]) -> dict[str, str]:
    """Two releases, each with a correction of its place; their ids by path."""
    for number in (1, 2):
        write(f"{number}.json", LAMP % number)
    build.add(data, folder)
    with Archive(data) as archive:
        works = {path: work for work, path in archive.paths(archive.live_ids()).items()}
    for work in works.values():
        build.correct(data, Correction(CorrectionField.PLACE, "Lanternholm", "T. Test", release=work))
    return works


def places(data: Path) -> set[str]:
    with Archive(data) as archive:
        return {version.release.place for version in archive.releases(archive.live_ids())}


def spoil(path: Path, how: str) -> None:
    if how == "emptied":
        path.write_bytes(b"")
    elif how == "none left":
        path.write_text("# nothing here\n", "utf-8")
    else:
        path.unlink()
        if how == "unreadable":
            path.mkdir()
        elif how == "a link whose target does not exist":
            path.symlink_to(path.with_name("nowhere"))


@pytest.mark.parametrize("how", GUARDED)
def test_corrections_hold_on_until_a_person_says_otherwise(
    data: Path, folder: Path, write: Callable[..., Path], corrected: dict[str, str], how: str
) -> None:
    path = data / "corrections.toml"
    spoil(path, how)
    assert any("corrections.toml" in line for line in verification.verify_all(data).archive)
    for _ in range(2):  # and it goes on being said
        _, report = build.add(data, folder)
        assert places(data) == {"Lanternholm"}
        assert report.corrections.held == 2
        assert any("corrections.toml" in problem.reason for problem in report.corrections.problems)
        build.rebuild(data)
        assert places(data) == {"Lanternholm"}
    write("1.json", LAMP.replace("again", "anew") % 1)  # a version to come is corrected too
    build.add(data, folder)
    assert places(data) == {"Lanternholm"}
    assert run(data, "corrections").exit_code == 11
    assert run(data, "verify").exit_code == 6
    with pytest.raises(CorrectionRefused, match=r"corrections\.toml"):
        build.correct(data, Correction(CorrectionField.PLACE, "X", "T", release=corrected["1.json"]))
    if how == "unreadable":
        return  # a folder in its place is nothing to accept
    if how == "a link whose target does not exist":
        path.unlink()
    assert run(data, "corrections", "--accept").exit_code == 0
    assert places(data) == {""}
    assert run(data, "verify").exit_code == 0
    assert build.add(data, folder)[1].corrections.problems == ()


@pytest.mark.parametrize("how", ["missing", "emptied"])
def test_a_file_is_put_back_as_it_was_last_applied(data: Path, corrected: dict[str, str], how: str) -> None:
    path = data / "corrections.toml"
    before = path.read_bytes()
    spoil(path, how)
    assert "corrections.toml" in run(data, "corrections", "--put-back").output
    assert path.read_bytes() == before
    assert run(data, "verify").exit_code == 0
    assert "nothing was written" in run(data, "corrections", "--put-back").output


def test_taking_single_corrections_out_restores_what_was_read(
    data: Path, folder: Path, corrected: dict[str, str]
) -> None:
    path = data / "corrections.toml"
    heading, first, second = path.read_text("utf-8").split("[[correction]]")
    path.write_text(f"{heading}[[correction]]{second}", "utf-8")
    assert build.add(data, folder)[1].corrections.problems == ()
    assert places(data) == {"", "Lanternholm"}
    path.write_text(heading, "utf-8")  # the last one, alone: remarks are left
    assert build.add(data, folder)[1].corrections.problems == ()
    assert places(data) == {""}
    assert first != second


def test_an_archive_that_kept_no_copy_loses_no_corrections(data: Path, folder: Path, corrected: dict[str, str]) -> None:
    with raw_database(data) as db:  # as of a version before copies were kept
        db.execute("DELETE FROM applied")
    (data / "corrections.toml").unlink()
    report = build.add(data, folder)[1].corrections
    assert (report.held, len(report.problems)) == (2, 1)
    assert places(data) == {"Lanternholm"}
    build.accept(data)
    assert places(data) == {""}
    assert build.add(data, folder)[1].corrections.problems == ()


@pytest.fixture
def listed(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    """An archive read with two word lists of a person's own; the folder they stand in."""
    lists = data / "lexicon"
    lists.mkdir(parents=True)
    (lists / "sources.txt").write_text("Elsinore Twn = Town of Elsinore\n", "utf-8")
    (lists / "titles.txt").write_text("Lampwright\n", "utf-8")
    write("1.json", LAMP % 1)
    build.add(data, folder)
    return lists


@pytest.mark.parametrize("how", ["missing", "no file left", "a list emptied", "a list unreadable"])
@pytest.mark.parametrize("files", [2, 40])  # read here, and in worker processes
def test_word_lists_are_used_on_until_a_person_says_otherwise(
    data: Path, folder: Path, write: Callable[..., Path], listed: Path, how: str, files: int
) -> None:
    if how == "missing":
        shutil.rmtree(listed)
    elif how == "no file left":
        for path in listed.iterdir():
            path.unlink()
    elif how == "a list emptied":
        (listed / "sources.txt").write_bytes(b"")
    else:
        (listed / "sources.txt").unlink()
        (listed / "sources.txt").mkdir()
    assert any("lexicon" in line for line in verification.verify_all(data).archive)
    for number in range(2, files + 2):
        write(f"{number}.json", LAMP % number)
    report = build.add(data, folder, workers=2)[1]
    assert any("lexicon" in line for line in report.unused_lists)
    assert report.stale == 0
    with Archive(data) as archive:
        assert {v.release.source for v in archive.releases(archive.live_ids())} == {"Town of Elsinore"}
    if how == "a list unreadable":
        return
    assert run(data, "corrections", "--accept").exit_code == 0
    assert run(data, "verify").exit_code == 0
    report = build.add(data, folder)[1]
    assert (report.unused_lists, report.stale) == ((), files + 1)
    user_lexicon.use_lexicon(data.parent)


def test_one_list_taken_out_is_meant(data: Path, folder: Path, listed: Path) -> None:
    (listed / "titles.txt").unlink()
    report = build.add(data, folder)[1]
    assert (report.unused_lists, report.stale) == ((), 1)
    assert run(data, "verify").exit_code == 0
    user_lexicon.use_lexicon(data.parent)
