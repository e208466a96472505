"""The frame of `python -m benchmarks extraction`: halves, figures, the table, the command."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.extract import read_release
from archive.release import Record, Release
from benchmarks.cli import main
from benchmarks.extraction import fields, number_embargo, people, table
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half


def test_every_name_is_of_one_half_and_both_hold_some() -> None:
    names = [f"file-{number}.txt" for number in range(200)]
    kept = [Half().takes(name) for name in names]
    assert [not Half(held=True).takes(name) for name in names] == kept
    assert 70 < sum(kept) < 130


def test_annotations_are_read_from_the_folder_of_the_half(tmp_path: Path) -> None:
    (tmp_path / "people_open.json").write_text('[{"file": "a"}]')
    assert Half(tmp_path).annotated("people") == [{"file": "a"}]
    assert Half(tmp_path, held=True).annotated("people") == []
    (tmp_path / "people.json").write_text('[{"file": "b"}]')
    assert Half(tmp_path, held=True).annotated("people") == [{"file": "b"}]


def test_nothing_measured_reaches_no_target() -> None:
    assert not Figure("empty", 0, 0, 0.9).reached
    assert Figure("all", 9, 10, 0.9).reached


def _fake_measure(half: Half) -> Iterator[Figure]:
    yield Figure("kept" if not half.held else "held", 19, 20, 0.96, ("one missed",))
    yield Figure("speed", 500, 0.25, 1000, rate=True)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MEASURES", {"made": _fake_measure})


@pytest.mark.usefixtures("made")
def test_the_command_prints_figures_targets_and_misses(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["extraction"])
    assert result.exit_code == 1
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert "kept 19 20 95.0 % 96.0 % MISSED" in lines
    assert "speed 500 0.25 2,000/s 1,000/s reached" in lines
    assert "one missed" in lines
    assert "held" in CliRunner().invoke(main, ["extraction", "--sealed", str(tmp_path)]).output
    assert json.loads(CliRunner().invoke(main, ["extraction", "--json"]).stdout)[0]["reached"] is False
    assert CliRunner().invoke(main, ["extraction", "--only", "other"]).exit_code == 0


def test_fields_are_the_same_to_the_letter_or_in_their_letters() -> None:
    assert fields._same("place", "MANAGUA (NICARAGUA)", "Managua, Nicaragua")
    assert fields._same("title", "The Court’s Order", "The Courts Order")
    assert not fields._same("title", "The Court", "The Courts")
    assert not fields._same("date", "2011-01", "2011-01-20")
    assert not fields._same("source", "U.S. Army", "US Army")


def _finds(text: str) -> Callable[[str, str], Release | None]:
    record = Record(text, b"", "text/plain")

    def found(file: str, key: str = "") -> Release | None:
        return None if file == "gone" else read_release(record, file, dt.date(2026, 1, 1))

    return found


def test_marks_are_counted_where_one_is_said_and_where_none_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = [
        {"file": file, "number": number, "embargo": ""} for file, number in (("a", "9-1"), ("b", ""), ("gone", "3"))
    ]
    (tmp_path / "marks.json").write_text(json.dumps(gold))
    monkeypatch.setattr(number_embargo, "find_release", _finds("Release No. 9-1\n\nQuay Opens\n\nThe quay is open.\n"))
    figures = {figure.name: figure for figure in number_embargo.measure(Half(tmp_path))}
    assert {name: (figure.right, figure.total) for name, figure in figures.items()} == {
        "number: where one is said": (1, 1),
        "number: none where none is said": (0, 1),
        "embargo: none where none is said": (2, 2),
    }
    assert figures["number: none where none is said"].misses == ("b: '9-1', not ''",)


def test_each_set_of_people_has_its_own_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = [{"file": "a", "people": [{"name": "Anna Holm", "kind": "speaker"}]}]
    (tmp_path / "people_third.json").write_text(json.dumps(gold))
    monkeypatch.setattr(
        people, "find_release", _finds('Quay Opens\n\n"The quay is open," Mayor Anna Holm said today.\n')
    )
    figures = {figure.name: figure for figure in people.measure(Half(tmp_path))}
    assert figures["people per release, third set: recall"].right == 1
    assert "people per release: recall" not in figures
