"""Pairs of common words: which lists hold a phrase."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.arrays.segments.common_bigrams import COMMON, cover, is_pair, pair
from indexer.language.tokenizer import exact_terms

WORDS = st.lists(st.sampled_from(["of", "the", "in", "u", "s", "treaty", "comet"]), min_size=1, max_size=9)


@given(WORDS)
def test_the_cover_of_a_phrase_says_every_word_of_it_and_nothing_else(phrase: list[str]) -> None:
    said = dict.fromkeys(range(len(phrase)), "")
    for offset, term, is_two in cover(phrase):
        parts = term.split(" ")
        assert len(parts) == (2 if is_two else 1)
        for place, word in enumerate(parts, offset):
            assert phrase[place] == word
            said[place] = word
    assert list(said.values()) == phrase


@given(WORDS)
def test_a_common_word_beside_a_common_word_is_never_looked_up_alone(phrase: list[str]) -> None:
    for offset, _, is_two in cover(phrase):
        if not is_two:
            beside = phrase[max(0, offset - 1) : offset + 2]
            assert not any(is_pair(a, b) for a, b in itertools.pairwise(beside))


def test_the_words_are_keys_each_once() -> None:
    assert len(set(COMMON)) == len(COMMON)
    for word in COMMON:
        assert exact_terms(word) == [word]
    assert " " not in "".join(COMMON)
    assert pair("of", "the") == "of the"
