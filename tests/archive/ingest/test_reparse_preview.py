"""A dry run of rereading lists what would change, changes nothing, and is what rereading then does."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.maintenance import build
from indexer.search import Searcher

STORY = "ELSINORE, Jan. 20, 2011 -- The quay was opened on Friday, and it is long, and it will hold, said Ann Lee.\n"
COLUMNS = ["release", "version", "field", "old", "new"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "in" / "f1"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(f"ELSINORE TWN HARBOR BOARD\n\nQuay Opens\n\n{STORY}", "utf-8")
    (folder / "b.txt").write_text(f"Ferry Sails\n\nELSINORE (NQX) -- {STORY[26:]}", "utf-8")
    (folder / "c.txt").write_text(f"Gull Lands\n\n{STORY}", "utf-8")
    build.add(tmp_path / "data", tmp_path / "in", workers=1)
    return tmp_path / "data"


def run(data: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["--data", str(data), "rebuild", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def dry_run(data: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(data, "--reread", "--dry-run", "--workers", "1"))))


def list_words(data: Path, name: str, text: str) -> None:
    (data / "lexicon").mkdir(exist_ok=True)
    (data / "lexicon" / name).write_text(text, "utf-8")


def digests(data: Path) -> dict[str, str]:
    # SQLite makes `archive.db-wal` and `-shm` wherever an archive is opened.
    files = (each for each in sorted(data.rglob("*")) if each.is_file() and not each.name.startswith("archive.db-"))
    return {str(each): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def values(data: Path) -> dict[str, dict[str, str]]:
    with Searcher(data) as searcher:
        versions = [searcher.version(each) for each in searcher.archive.live_ids()]
    return {each.work: {"title": each.release.title, "source": each.release.source} for each in versions}


def test_nothing_would_change_where_nothing_is_read_otherwise(data: Path) -> None:
    assert run(data, "--reread", "--dry-run").splitlines() == [",".join(COLUMNS)]


def test_it_lists_old_and_new_values_and_changes_nothing(data: Path) -> None:
    list_words(data, "sources.txt", "NQX = Norland News Service\nElsinore Twn Harbor Board = Elsinore Harbor Board\n")
    before, shown = digests(data), values(data)
    rows = dry_run(data)
    assert digests(data) == before
    assert values(data) == shown
    by_field = {(row["field"], row["old"], row["new"]) for row in rows}
    assert ("source", "NQX", "Norland News Service") in by_field
    assert ("source", "Elsinore Twn Harbor Board", "Elsinore Harbor Board") in by_field
    assert {row["version"] for row in rows} == {"1"}
    assert {row["release"] for row in rows} < set(shown)


def test_rereading_does_what_the_dry_run_says(data: Path) -> None:
    list_words(data, "sources.txt", "NQX = Norland News Service\n")
    before, rows = values(data), dry_run(data)
    run(data, "--reread", "--workers", "1")
    after = values(data)
    changed = {
        (work, field, before[work][field], after[work][field])
        for work in before
        for field in before[work]
        if before[work][field] != after[work][field]
    }
    assert changed == {(row["release"], row["field"], row["old"], row["new"]) for row in rows}
    assert len(changed) == 1
    assert dry_run(data) == []


def test_what_a_correction_holds_is_left_out(data: Path) -> None:
    list_words(data, "sources.txt", "NQX = Norland News Service\n")
    (row,) = dry_run(data)
    correction = f'[[correction]]\nrelease = "{row["release"]}"\nfield = "source"\nvalue = "Quay Office"\nby = "Lee"\n'
    (data / "corrections.toml").write_text(correction, "utf-8")
    run(data)
    assert values(data)[row["release"]]["source"] == "Quay Office"
    assert dry_run(data) == []


def test_people_stand_on_one_line_and_a_body_by_its_length(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from archive import extract
    from archive.ingest import parse
    from archive.release import Kind, Person

    read = extract.read_release

    def read_otherwise(*arguments: object) -> object:
        people = (Person("Ann Lee", Kind.NAMED), Person("Tom Rizzo", Kind.SPEAKER), Person("Jo Hale", Kind.CONTACT))
        return replace(read(*arguments), people=people, body="Short.", place="")  # type: ignore[arg-type]

    monkeypatch.setattr(parse, "READING_VERSION", 99)
    monkeypatch.setattr(extract, "read_release", read_otherwise)
    rows = dry_run(data)
    people = {row["new"] for row in rows if row["field"] == "people"}
    assert people == {"Ann Lee; Tom Rizzo"}
    body = {row["new"] for row in rows if row["field"] == "body"}
    assert body == {"changed (6 characters)"}
    assert all(row["old"].startswith("changed (") for row in rows if row["field"] == "body")
    assert {row["new"] for row in rows if row["field"] == "place"} == {""}


@pytest.mark.parametrize("arguments", [("--dry-run",), ("--reread", "--dry-run", "--json")])
def test_a_dry_run_goes_with_reread_alone(data: Path, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, ["--data", str(data), "rebuild", *arguments])
    assert result.exit_code == 2
    assert "--dry-run" in result.output
