"""All that is written for an apostrophe is one in names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.apostrophes import drop_apostrophes, even_apostrophes
from archive.ids import former_slug, name_key, name_marks, slug, surname_key

WRITTEN = "'’‘`´′＇‛ʼʻ"


@pytest.mark.parametrize("mark", WRITTEN)
def test_a_name_has_one_key_and_one_slug(mark: str) -> None:
    name = f"Sean O{mark}Brien"
    assert (name_key(name), slug(name), surname_key(name)) == ("sean-obrien", "sean-obrien", "obrien")
    assert name_key(f"Sean O{mark}Brien-D{mark}Arcy") == "sean-obrien-darcy"
    assert name_marks(name).given == "sean"


def test_a_nickname_in_quotation_marks_is_still_one() -> None:
    assert name_key("Sean ‘Red’ O‘Brien") == name_key("Sean O’Brien")


def test_quotation_marks_around_words_part_them() -> None:
    assert slug("‘Quay’ Opens, `Board´ Says") == "quay-opens-board-says"


def test_a_slug_as_it_was_made_before() -> None:
    assert [former_slug(f"Sean O{mark}Brien") for mark in "'’‘ʼ"] == [
        "sean-obrien", "sean-obrien", "sean-o-brien", "sean-oʼbrien",
    ]  # fmt: skip


@given(st.text(st.sampled_from("aÉО1 -.'’‘`´′＇‛ʼʻ")))
def test_offsets_and_other_characters_stay(text: str) -> None:
    even = even_apostrophes(text)
    assert len(even) == len(text)
    assert all(new == old or (new == "’" and old in WRITTEN) for old, new in zip(text, even, strict=True))
    assert even_apostrophes(even) == even
    assert [c for c in drop_apostrophes(text) if c not in WRITTEN] == [c for c in text if c not in WRITTEN]
