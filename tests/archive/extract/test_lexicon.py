"""User word lists add to the built-in ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.extract import lexicon, read_release
from archive.release import Record


@pytest.fixture(autouse=True)
def _ours_again(tmp_path: Path) -> Iterator[None]:
    yield
    lexicon.extend({})


def names() -> list[str]:
    text = "The board said that it is to be opened by Quaymaster Zork Vell in the end of the year for all of us in it."
    return [each.name for each in read_release(Record(text, b"", "text/plain"), "a", datetime.date(2016, 1, 1)).people]


def test_a_title_of_ones_own(tmp_path: Path) -> None:
    assert names() == []
    (tmp_path / "titles.txt").write_text("# of our port\nQuaymaster\n", "utf-8")
    assert lexicon.extend({path.name: path.read_bytes() for path in tmp_path.iterdir()}) == ()
    assert names() == ["Zork Vell"]
    lexicon.extend({})
    assert names() == []


def test_what_cannot_be_used_is_told_and_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "titels.txt").write_text("Quaymaster\n", "utf-8")
    (tmp_path / "roles.txt").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "titles.txt").write_text("Quaymaster\n", "utf-8")
    unused = lexicon.extend({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert [each.split(":")[0] for each in unused] == ["roles.txt", "titels.txt"]
    assert names() == ["Zork Vell"]
