"""The compiled inner loops of reading give what the plain ones give, on any text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.kernels import plain

native = pytest.importorskip("archive.kernels._native", reason="nothing was compiled: no compiler at installation")

SIGNS = "abdelnrstyzABIJMSVÀÉßǅẞ'’‘“”\"().,-@#/_19٣ \n\t\u2028\ud800\U00010400"
PIECES = (
    "al- el- ash- d' l’ de la della van von der bint binti y zu zur Jr. Sr III II IV , U.S. Sen. Smith O’Neil McCain "
    "“Bob” (Dr.) al-Nadeem Marr-Ortega"
).split()
texts = st.lists(st.sampled_from([*SIGNS, *PIECES, " ", "  ", " " * 9, " " * 10])).map("".join) | st.text()


@given(texts, st.integers(0, 9))
def test_stretches_are_found_alike(text: str, start: int) -> None:
    found = native.stretches(text, start)
    assert found == plain.stretches(text, start)
    assert all(text[at : at + len(stretch)] == stretch for at, stretch in found)


@given(st.sampled_from([*PIECES, "A", " “A b” ", "A."]), st.integers(1, 60))
def test_what_is_repeated_is_cut_at_the_same_places(piece: str, times: int) -> None:
    for between in ("", " ", "  ", "-"):
        text = between.join([piece] * times)
        assert native.stretches(text, 0) == plain.stretches(text, 0)


@pytest.mark.corpora
def test_real_texts_are_cut_alike(corpora: Path) -> None:
    for path in sorted((corpora / "senate_txt").rglob("*.txt"))[::20]:
        text = path.read_bytes().decode("utf-8", "replace")
        assert native.stretches(text, 0) == plain.stretches(text, 0)


def test_what_is_no_text_is_refused() -> None:
    for bad in ((b"Ann", 0), ("Ann",), ("Ann", "0"), ("Ann", 1 << 80)):
        with pytest.raises((TypeError, OverflowError)):
            native.stretches(*bad)


class Line(NamedTuple):
    start: int
    end: int
    text: str
    after_blank: bool


@given(st.lists(st.sampled_from([*SIGNS, *"\r\v\f\x1c\x1e\x85\u2029\xa0", "\r\n", "\n\n"])).map("".join) | st.text())
def test_lines_are_cut_alike(text: str) -> None:
    for most in (0, 1, 3):
        found = native.lines(text, most, Line)
        assert found == plain.lines(text, most, Line)
        assert all(type(line) is Line and text[line.start : line.end] == line.text for line in found)


def test_lines_are_given_as_tuples_only() -> None:
    class Loose(tuple):
        pass

    for kind in (list, dict, str, object, Loose, "Line"):
        with pytest.raises(TypeError, match="tuples"):
            native.lines("Ann", 0, kind)
