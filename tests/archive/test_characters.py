"""What needs no cleaning, how many characters a text has of some, and white space collapsed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.characters import collapse_spaces, count_characters, needs_no_cleaning
from archive.readers import normalise

BLANKS = "ab \n\t\xa0é\u2003’\x1f\U00010400"
texts = st.lists(st.sampled_from([*BLANKS, "word ", "  "])).map("".join) | st.text()


@pytest.mark.parametrize("text", ["", "Ann Lee\r\n\t42 %", "Año 2000 – “O’Neil”\r\n\t", "a\xa0b", "\xad", "ǅ"])
def test_a_plain_text(text: str) -> None:
    assert needs_no_cleaning(text)


@pytest.mark.parametrize(
    "character",
    ["\0", "\x0b", "\x1c", "\x7f", "\x85", "\x9f", "\u0301", "\u2028", "\u212b", "\ufeff", "\ud800", "\U00010400"],
)
def test_one_character_that_may_need_cleaning(character: str) -> None:
    for text in (character, "’" + character, "a" * 99 + character, character + "é"):
        assert not needs_no_cleaning(text)


def test_what_is_plain_needs_no_cleaning() -> None:
    characters = [each for each in map(chr, range(0x110000)) if needs_no_cleaning(each)]
    assert all(normalise._clean_chunk(each) in {each, "\r"} for each in characters)
    for before in ("", *characters):
        text = before.join(characters)
        assert unicodedata.normalize("NFC", text) == text


@given(texts)
def test_characters_are_counted(text: str) -> None:
    for characters in ("", " ", " \n\t", "é’\U00010400"):
        assert count_characters(text, characters) == len([each for each in text if each in characters])


def collapsed_by_character(text: str) -> str:
    words = [""]
    for each in text:
        if not each.isspace():
            words[-1] += each
        elif words[-1]:
            words.append("")
    return " ".join(word for word in words if word)


@given(texts)
def test_white_space_is_collapsed(text: str) -> None:
    assert collapse_spaces(text) == collapsed_by_character(text)


@pytest.mark.parametrize("word", ["a", "é", "\U00010400", "long" * 5_000])
@pytest.mark.parametrize("between", [" ", "  \n", "\n", "\u2003 "])
def test_the_white_space_of_a_giant_text_is_collapsed(word: str, between: str) -> None:
    text = between + (word + between) * (300_000 // len(word + between))
    assert collapse_spaces(text) == " ".join(text.split())


def test_a_giant_text_without_a_space() -> None:
    assert collapse_spaces("a" * 300_000) == "a" * 300_000
    assert collapse_spaces(" " * 300_000) == ""
