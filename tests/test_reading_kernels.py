"""The compiled inner loops of reading give what the plain ones give, on any text."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extract.names.name_spans import fold_name
from archive.extract.names.name_vocabulary import cut_exactly, known_words, word_of
from archive.extract.people.candidates import _Run
from archive.extract.people.name_parse import known_plans, plan_of
from archive.kernels import plain
from archive.readers import normalise

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


def looked_for(kernel: ModuleType, text: str, far: int = 60) -> object:
    return kernel.runs(text, known_words, word_of, known_plans, plan_of, cut_exactly, far, _Run)


WORDS = (
    "The Secretary of State Senators Ann Roe Jr. and Chuck von Stein , for Attorney General Smith's O’Neil Obamas Task "
    "Force “Bob” (Dr.) al-Nadeem Marr-Ortega New York U.S. Sen. B10 NATO J. with DuPonts St. de la Cruz"
).split()
said = st.lists(st.sampled_from([*WORDS, " ", "  ", ". ", " " * 61])).map(" ".join)


@given(said | texts, st.sampled_from([0, 3, 60]))
def test_runs_are_found_alike(text: str, far: int) -> None:
    found, alone = looked_for(native, text, far)
    assert (found, alone) == looked_for(plain, text, far)
    for start, end, words, places, _, _ in found:
        assert all(text[start + at :].startswith(word.text) for word, at in zip(words, places, strict=True))
        assert start + places[-1] + len(words[-1].text) == end
    assert all(fold_name(text[start:end]) == surname for surname, start, end in alone)


def test_runs_that_tell_nothing_are_left_out_unless_they_are_led_up_to() -> None:
    text = (
        f"In Boston the Housing Agency told Senators Roe and Smith {'of much that came before ' * 3}Ann Lee met Hale."
    )
    found, alone = looked_for(native, text)
    assert [" ".join(word.text for word in words) for _, _, words, _, _, _ in found] == [
        "Senators Roe",
        "Smith",  # led up to, as in a list
        "Ann Lee",
    ]
    assert [surname for surname, _, _ in alone] == ["hale"]


@pytest.mark.corpora
def test_runs_of_real_texts_are_found_alike(corpora: Path) -> None:
    for path in sorted((corpora / "senate_txt").rglob("*.txt"))[::20]:
        text = path.read_bytes().decode("utf-8", "replace").replace("\n", " ")
        assert looked_for(native, text) == looked_for(plain, text)


def test_what_tells_of_words_and_runs_has_to_tell_it() -> None:
    told = {"word_of": word_of, "plan_of": plan_of, "cut_exactly": cut_exactly}
    for name, wrong in (
        ("word_of", lambda piece: piece),
        ("word_of", lambda piece: (1, True, False, None, None)),
        ("plan_of", lambda shapes: None),
        ("cut_exactly", lambda stretch: [((), (1,))]),
        ("cut_exactly", lambda stretch: [(("Ann",), (0,))]),
        ("cut_exactly", lambda stretch: [((word_of("Ann"),), ("0",))]),
        ("cut_exactly", lambda stretch: None),
    ):
        asked = {**told, name: wrong}
        with pytest.raises(TypeError):
            native.runs(
                "Ann Roe, Jr. Ann Roe", {}, asked["word_of"], {}, asked["plan_of"], asked["cut_exactly"], 60, _Run
            )


def test_an_error_of_who_is_asked_is_passed_on() -> None:
    def fails(_: object) -> NoReturn:
        raise LookupError("no such list")

    for asked in ((fails, plan_of, cut_exactly), (word_of, fails, cut_exactly), (word_of, plan_of, fails)):
        with pytest.raises(LookupError):
            native.runs("Ann Roe Jr. and Ann Roe, Jr.", {}, asked[0], {}, asked[1], asked[2], 60, _Run)


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


def test_what_is_plain_is_asked_alike() -> None:
    for sign in map(chr, range(0x3000)):
        for text in (sign, "’" + sign, "a" * 99 + sign, "\U00010400" + sign):
            assert native.is_plain(text) == plain.is_plain(text)
    for text in ("", "Año 2000 – “O’Neil”\r\n\t\xad", "\ufeff", "\ud800", "\U00010400", "\U0010ffff"):
        assert native.is_plain(text) == plain.is_plain(text)
    with pytest.raises(TypeError, match="text"):
        native.is_plain(b"Ann")


def test_what_is_plain_needs_no_cleaning() -> None:
    signs = [sign for sign in map(chr, range(0x110000)) if plain.is_plain(sign)]
    assert all(normalise._cleaned(sign) in {sign, "\r"} for sign in signs)
    for before in ("", *signs):
        text = before.join(signs)
        assert unicodedata.normalize("NFC", text) == text


SPACES = "ab \n\t\xa0é\u2003’\x1f\U00010400"


@given(st.lists(st.sampled_from([*SPACES, "word ", "  "])).map("".join) | st.text())
def test_spaces_are_found_alike(text: str) -> None:
    for signs in ("", " ", " \n\t", "é’\U00010400"):
        assert native.count(text, signs) == plain.count(text, signs)
        assert native.count(text * 99, signs) == plain.count(text, signs) * 99
    spaced = native.spaced(text)
    assert spaced == plain.spaced(text)
    assert (hash(spaced), spaced.isascii()) == (hash(plain.spaced(text)), plain.spaced(text).isascii())


def test_every_blank_between_words_is_a_space() -> None:
    for sign in map(chr, range(0x3100)):
        assert native.spaced(f"a{sign}b{sign}") == plain.spaced(f"a{sign}b{sign}")
    with pytest.raises(TypeError, match="text"):
        native.spaced(b"Ann")
    for bad in ((b"Ann", " "), ("Ann", b" "), ("Ann",)):
        with pytest.raises(TypeError, match="signs"):
            native.count(*bad)


def test_lines_are_given_as_tuples_only() -> None:
    class Loose(tuple):
        pass

    for kind in (list, dict, str, object, Loose, "Line"):
        with pytest.raises(TypeError, match="tuples"):
            native.lines("Ann", 0, kind)
