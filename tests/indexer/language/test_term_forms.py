"""The stemmed terms of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.term_forms import fold_accents, stem, stems, stems_of_all
from indexer.language.tokenizer import exact_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missile", "missiles"),
        ("cooperate", "cooperating"),
        ("zürich", "zurich"),
        ("skies", "sky"),
        ("straße", "strasse"),
        ("الوَزِيرُ", "الوزير"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("russia", "russian"), ("us", "use"), ("o'brien", "obrien")])
def test_other_words_have_another(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_folding_takes_accents_off_european_letters_only() -> None:
    assert [fold_accents(term) for term in ("été", "øre", "łódź", "हिन्दी")] == ["ete", "ore", "lodz", "हिन्दी"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("O'Brien", "brien"),
        ("O'Briens", "brien"),
        ("İstanbul'da", "istanbul"),
        ("Ankara’nın", "ankara"),
        ("외교부는", "외교부"),
        ("서울에서", "서울"),
        ("미국의", "미국"),
        ("집에서는", "집"),
        ("법은", "법"),
        ("대통령께", "대통령"),
        ("학교들이", "학교"),
    ],
)
def test_some_words_are_found_by_another_too(text: str, word: str) -> None:
    (term,) = exact_terms(text)
    assert stem(word) in stems(term)
    assert stem(term) in stems(term)


@pytest.mark.parametrize("word", ["don't", "can't", "외교부", "missile"])
def test_other_words_have_one_stem(word: str) -> None:
    assert stems(word) == (stem(word),)


@pytest.mark.parametrize("text", ["Bush's", "d'Amato", "it's"])
def test_possessives_and_elisions_have_none(text: str) -> None:
    assert sum(bool(stems(term)) for term in exact_terms(text)) == 1


@given(st.text())
def test_the_stems_of_many_are_those_of_each(text: str) -> None:
    terms = exact_terms(text)
    assert stems_of_all(terms) == [stems(term) for term in terms]
    assert all(found for term in terms for found in stems(term))
