"""The commands `correct` and `corrections`, and `rebuild --reread`: what they print, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from raw_database import raw_database

from indexer.cli import main
from indexer.maintenance import build


@pytest.fixture
def run(data: Path, folder: Path, write: Callable[..., Path]) -> Callable[..., Result]:
    """Runs a command on an archive of one release."""
    write("a.txt", "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell.\n")
    build.add(data, folder)
    return lambda *words: CliRunner().invoke(main, ["--data", str(data), *words])


@pytest.fixture
def work(run: Callable[..., Result]) -> str:
    return str(json.loads(run("search", "lamp", "--json").output)["hits"][0]["id"])


Run = Callable[..., Result]


def test_a_correction_is_written_applied_listed_and_explained(run: Run, work: str) -> None:
    done = run("correct", work, "date", "1997", "--by", "Lee", "--reason", "misprint")
    assert (done.exit_code, done.output) == (0, "1 correction applies; 1 release changed.\n")
    listed = run("corrections")
    assert (listed.exit_code, listed.output) == (0, f"line 4: {work} date 1997, by Lee (misprint)\n")
    assert json.loads(run("corrections", "--json").output)["corrections"][0]["value"] == "1997"
    explained = run("explain", work).output
    assert "date: 1997, corrected by Lee (misprint); was 1996-05-02" in explained
    assert json.loads(run("explain", work, "--json").output)["corrections"][0]["was"] == "1996-05-02"
    assert json.loads(run("show", work, "--json").output)["corrections"][0]["by"] == "Lee"
    assert json.loads(run("export").output)["date"] == "1997"


def test_a_version_says_what_was_corrected_in_it_and_the_others_do_not(
    run: Run, work: str, write: Callable[..., Path], folder: Path
) -> None:
    write("a.txt", "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit again, said Hiram Pell.\n")
    assert run("add", str(folder)).exit_code == 0
    assert run("correct", work, "date", "1997", "--by", "Lee", "--version", "1").exit_code == 0
    for command in ("show", "explain"):
        said = "date: 1997, corrected by Lee; was 1996-05-02"
        assert said in run(command, work, "--version", "1").output
        assert "corrected" not in run(command, work, "--version", "2").output + run(command, work).output


def test_one_version_is_put_right_by_its_number(run: Run, work: str) -> None:
    assert run("correct", work, "date", "1997", "--by", "Lee", "--version", "1").exit_code == 0
    assert run("corrections").output == f"line 4: {work} version 1 date 1997, by Lee\n"
    refused = run("correct", work, "date", "1998", "--by", "Lee", "--version", "2")
    assert refused.exit_code == 11
    assert "has no version 2, only 1" in refused.output + str(refused.stderr_bytes)


def test_people_are_put_right_by_slug(run: Run, work: str) -> None:
    assert run("correct", work, "person", "Ann Low", "--by", "Lee", "--kind", "speaker").exit_code == 0
    assert run("correct", "hiram-pell", "same-as", "ann-low", "--by", "Lee").exit_code == 0
    assert run("correct", "ann-low", "not-person", "--by", "Lee").exit_code == 0
    assert json.loads(run("search", "", "--json").output)["facets"]["person"][0]["value"] == ""
    assert "ann-low not-person, by Lee" in run("corrections").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("zzz", "date", "1997"), "no release here has the id “zzz”"),
        (("WORK", "dat", "1997"), "“dat” is not a field of a release"),
        (("WORK", "date", "soon"), "is not a date"),
        (("WORK", "title", ""), "give it a value"),
        (("nobody", "same-as", "hiram-pell"), "nobody here has the slug “nobody”"),
        (("hiram-pell", "another", "Someone"), "say which mentions are the other person"),
    ],
)
def test_what_cannot_hold_is_not_written(data: Path, run: Run, work: str, words: tuple[str, ...], said: str) -> None:
    ended = run("correct", *(work if word == "WORK" else word for word in words), "--by", "Lee")
    assert ended.exit_code == 11
    assert said in ended.output
    assert "Nothing was written" in ended.output
    assert not (data / "corrections.toml").exists()


def test_a_file_with_slips_is_reported_by_line_and_stops_nothing(data: Path, folder: Path, run: Run, work: str) -> None:
    (data / "corrections.toml").write_text(
        f'[[correction]]\nrelease = "{work}"\nfield = date\n[[correction]]\nrelease = "{work}"\nfield = "place"\n'
        'value = "Here"\nby = "Lee"\n',
        "utf-8",
    )
    checked = run("corrections")
    assert checked.exit_code == 11
    assert "corrections.toml, line 3: not TOML" in checked.output
    added = run("add", str(folder))
    assert added.exit_code == 0
    assert "1 correction applies; 1 release changed." in added.output
    assert "corrections.toml, line 3: not TOML" in added.output
    assert json.loads(run("search", "lamp", "--json").output)["hits"][0]["place"] == "Here"


def test_there_is_a_word_where_there_are_none_and_no_archive_is_code_4(data: Path, run: Run) -> None:
    assert "No corrections yet" in run("corrections").output
    for command in (("corrections",), ("correct", "x", "date", "1997", "--by", "Lee"), ("audit",)):
        ended = CliRunner().invoke(main, ["--data", str(data / "none"), *command])
        assert ended.exit_code == 4
        assert not (data / "none").exists()


def test_add_says_what_was_read_by_other_rules_and_rebuild_reads_it_again(data: Path, folder: Path, run: Run) -> None:
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = 'before'")
    assert "1 stored version was read with other rules or word lists" in run("add", str(folder)).output
    again = run("rebuild", "--reread")
    assert again.exit_code == 0
    assert "1 stored version read again; 0 releases changed." in again.output
    assert "nothing was read again" in run("rebuild", "--reread").output
    assert json.loads(run("rebuild", "--reread", "--json").output)["reread"]["versions"] == 0


def test_one_release_is_not_said_to_be_many(folder: Path, run: Run) -> None:
    said = run("stats").output
    assert "The archive holds 1 release, 1996-05-02" in said
    assert "1 person: Hiram Pell (1)." in said
    assert "1 file: 0 opened" in run("add", str(folder)).output
