"""Common bigrams: which terms cover a phrase."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.arrays.segments.common_bigrams import COMMON_WORDS, bigram_term, cover_phrase, is_common_bigram
from indexer.language.tokenizer import exact_terms

WORDS = st.lists(st.sampled_from(["of", "the", "in", "u", "s", "treaty", "comet"]), min_size=1, max_size=9)


@given(WORDS)
def test_the_terms_that_cover_a_phrase_are_its_words_and_nothing_else(phrase: list[str]) -> None:
    covered = dict.fromkeys(range(len(phrase)), "")
    for offset, term, is_bigram in cover_phrase(phrase):
        parts = term.split(" ")
        assert len(parts) == (2 if is_bigram else 1)
        for position, word in enumerate(parts, offset):
            assert phrase[position] == word
            covered[position] = word
    assert list(covered.values()) == phrase


@given(WORDS)
def test_a_common_word_beside_a_common_word_is_never_looked_up_alone(phrase: list[str]) -> None:
    for offset, _, is_bigram in cover_phrase(phrase):
        if not is_bigram:
            beside = phrase[max(0, offset - 1) : offset + 2]
            assert not any(is_common_bigram(a, b) for a, b in itertools.pairwise(beside))


def test_the_words_are_keys_each_once() -> None:
    assert len(set(COMMON_WORDS)) == len(COMMON_WORDS)
    for word in COMMON_WORDS:
        # A possessive is a word only behind another.
        assert exact_terms(f"x{word}" if word == "'s" else word)[-1] == word
    assert " " not in "".join(COMMON_WORDS)
    assert bigram_term("of", "the") == "of the"
