"""The tokenizer and the terms of a token."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.tokenizer import exact_terms, fold_accents, stem, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Missile defense", ["missile", "defense"]),
        ("9/11", ["9", "11"]),
        ("C-SPAN", ["c", "span"]),
        ("O'Brien", ["o'brien"]),
        ("O’Brien’s", ["o'brien's"]),
        ("$700 billion", ["700", "billion"]),
        ("U.S. troops", ["u", "s", "troops"]),
        ("ended.The next", ["ended", "the", "next"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("snake_case", ["snake", "case"]),
        ("Zürich ÉTÉ", ["zürich", "été"]),
        ("日本 2011年", ["日", "本", "2011", "年"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("–- can’t", ["can't"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@given(st.text())
def test_terms_and_tokens_agree_and_offsets_slice_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert tokens.terms == exact_terms(text)
    assert len(tokens.terms) == len(tokens.starts) == len(tokens.ends)
    for term, start, end in zip(*tokens, strict=True):
        assert exact_terms(text[start:end]) == [term]


@given(st.text())
def test_an_exact_term_is_its_own_term(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    for term in exact_terms(normal):
        assert exact_terms(term) == [term]


@given(st.text(alphabet="abc XYZ'’-./9", max_size=40))
def test_what_stands_beside_a_text_does_not_change_its_tokens(text: str) -> None:
    # Plain and other text take different paths through the tokenizer; both must cut alike.
    assert exact_terms(text + " é") == [*exact_terms(text), "é"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("missile", "missiles"),
        ("russia's", "russia"),
        ("cooperate", "cooperating"),
        ("zürich", "zurich"),
        ("skies", "sky"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("russia", "russian"), ("us", "use"), ("o'brien", "obrien")])
def test_other_words_have_another(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_folding_takes_accents_off_european_letters_only() -> None:
    assert [fold_accents(term) for term in ("été", "øre", "łódź", "हिन्दी")] == ["ete", "ore", "lodz", "हिन्दी"]
