"""Reports of commands: long lists are cut and counted, files of many faults are one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from raw_database import raw_database

from indexer.cli import main

Write = Callable[..., Path]


def output_lines(data: Path, *line: str) -> list[str]:
    result = CliRunner().invoke(main, ["--data", str(data), *line])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


@pytest.fixture
def ferries(data: Path, folder: Path, write: Write) -> Path:
    """An archive of three releases."""
    for number in range(3):
        write(f"{number}.txt", f"Notice {number}\n\nPORT, Jan. {number + 1}, 2011 -- The ferry {number} sails.\n")
    output_lines(data, "add", str(folder))
    return data


@pytest.mark.parametrize(("faults", "more"), [(20, []), (23, ["  and 3 more (dateline stats --skipped lists them)"])])
def test_twenty_files_that_could_not_be_read_are_named(
    data: Path, folder: Path, write: Write, faults: int, more: list[str]
) -> None:
    for number in range(faults):
        write(f"{number:02}.json", "{")
    lines = output_lines(data, "add", str(folder))
    assert f"{faults} files not read:" in lines
    assert [line[:9] for line in lines if ".json: " in line] == [f"  {number:02}.json" for number in range(20)]
    assert [line for line in lines if "more" in line] == more
    skipped = output_lines(data, "stats", "--skipped")
    assert sum(".json: " in line for line in skipped) == faults


def test_a_file_of_many_faults_is_one_line(data: Path, folder: Path, write: Write) -> None:
    write("a.jsonl", '{"text": ""}\n' * 1204 + '{"title": "Ferry", "text": "It sails."}\n{"text": \n')
    lines = output_lines(data, "add", str(folder))
    assert "1,205 parts of files not read:" in lines
    assert "  a.jsonl, 1,204 parts: no text" in lines
    assert [line for line in lines if line.startswith("  a.jsonl, line 1206: invalid JSON")]


def test_twenty_corrections_that_do_not_hold_are_named(ferries: Path, folder: Path) -> None:
    wrong = '[[correction]]\nrelease = "0000000000"\nfield = "place"\nvalue = "X"\nby = "Lee"\n'
    (ferries / "corrections.toml").write_text(wrong * 22, "utf-8")
    lines = output_lines(ferries, "add", str(folder))
    assert [line.split(":")[0] for line in lines if line.startswith("corrections.toml, line ")] == [
        f"corrections.toml, line {number}" for number in range(1, 101, 5)
    ]
    assert "and 2 more (dateline corrections --json lists them)" in lines


@pytest.mark.parametrize(
    ("where", "words"),
    [("version = 1", "1 release is damaged"), ("version > 1", "2 releases are damaged")],
)
def test_damaged_releases_are_left_out_of_the_index_and_said(ferries: Path, where: str, words: str) -> None:
    with raw_database(ferries) as db:
        db.execute(f"UPDATE versions SET place = 'Elsewhere' WHERE {where}")
    (line,) = [line for line in output_lines(ferries, "rebuild") if "damaged" in line]
    assert line.startswith(f"{words} in the archive and left out of the index.")
    assert line.endswith("dateline verify --repair")


def test_readings_of_earlier_rules_are_said_and_read_again(ferries: Path, folder: Path) -> None:
    for count, words in ((1, "1 stored version was"), (3, "3 stored versions were")):
        with raw_database(ferries, with_checksums=True) as db:
            db.execute("UPDATE versions SET read_by = 'before' WHERE version <= ?", (count,))
        (line,) = [line for line in output_lines(ferries, "add", str(folder)) if "read with" in line]
        assert line == f"{words} read with other rules or word lists. Read them again: dateline rebuild --reread"
    assert output_lines(ferries, "rebuild", "--reread")[0] == "3 stored versions read again; 0 releases changed."
    assert output_lines(ferries, "rebuild", "--reread")[0].startswith(
        "Every stored version was already read with these rules"
    )


def test_what_commands_say_when_all_is_well(ferries: Path, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    (copied,) = output_lines(ferries, "backup", str(file))
    assert copied.startswith(f"3 releases (3 versions in all) backed up to {file} (")
    assert copied.endswith("read back and checked.")
    (restored,) = output_lines(ferries, "restore", str(file), str(tmp_path / "restored"))
    assert restored.startswith(f"3 releases restored into {tmp_path / 'restored'}. Fingerprint ")
    assert output_lines(ferries, "upgrade")[0] == "Up to date already (schema 12)."
    assert output_lines(ferries, "audit")[0] == "no-date: no date was found (0)"


def test_what_is_purged_is_said_and_what_that_does_not_reach(ferries: Path) -> None:
    work = output_lines(ferries, "export")[0].split('"id": "')[1][:10]
    assert output_lines(ferries, "purge", work, "--reason", "asked for") == [
        f"Release {work} was removed.",
        "The file it came from was not touched.",
        "Earlier backups still hold it: delete them, or purge it again after restoring one.",
    ]
    assert "had already been removed" in output_lines(ferries, "purge", work, "--reason", "asked for")[0]
    refused = CliRunner().invoke(main, ["--data", str(ferries), "purge", work, "--reason", " "])
    assert (refused.exit_code, "Say why" in refused.output) == (2, True)
