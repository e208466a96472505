"""Words cut at the end of a line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.line_breaks import close_cut_words, join_cut_words
from indexer.language.tokenizer import exact_terms, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The agree-\nment on missile de-\nfense", ["the", "agreement", "on", "missile", "defense"]),
        ("inter-\r\n   national", ["international"]),
        ("co-  \noperation", ["cooperation"]),
        ("diplo\u2010\nmatic soft\u00ad\nly", ["diplomatic", "softly"]),
        ("gover-\nnor's", ["governor", "'s"]),
        ("коорди-\nнация", ["координация"]),
        ("a pre-\nsi-\ndent", ["a", "president"]),
        ("ex-\npected free-\ndom far-\nmers ten-\nsion", ["expected", "freedom", "farmers", "tension"]),
        ("four-\nteen on the highway, the high-\nway", ["fourteen", "on", "the", "highway", "the", "highway"]),
        ("gov-\nernment-owned non-prolif-\neration", ["government", "owned", "non", "proliferation"]),
        ("AT\u00ad\nTORNEYS agree-\u200b\nment agree-\n\fment", ["attorneys", "agreement", "agreement"]),
        ("> agree-\n> ment coop\u00ac\neration", ["agreement", "cooperation"]),
    ],
)
def test_a_word_cut_at_a_lines_end_is_one(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a long-\nterm plan", ["a", "long", "term", "plan"]),
        ("Self-\ndefense, non-\nproliferation", ["self", "defense", "non", "proliferation"]),
        ("state-of-the-\nart", ["state", "of", "the", "art"]),
        ("face-\nto-face", ["face", "to", "face"]),
        ("Anglo-\nAmerican U.S.-\nled", ["anglo", "american", "u", "s", "led"]),
        ("the follow-\nup and the Follow-up", ["the", "follow", "up", "and", "the", "follow", "up"]),
        ("a dash -\nand more", ["a", "dash", "and", "more"]),
        ("pages 10-\n12", ["pages", "10", "12"]),
        ("agree-\n\nment", ["agree", "ment"]),
        ("agree- ment", ["agree", "ment"]),
        ("import-\nor export, pre-\nand post-war", ["import", "or", "export", "pre", "and", "post", "war"]),
        ("x-\nray, AGREE-\nMENT", ["x", "ray", "agree", "ment"]),
    ],
)
def test_a_hyphen_that_belongs_to_its_word_stays(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


def test_a_joined_word_is_marked_whole() -> None:
    text = "The agree-\n  ment was signed"
    terms, starts, ends = tokenize(text)
    at = terms.index("agreement")
    assert text[starts[at] : ends[at]] == "agree-\n  ment"


@given(
    st.lists(st.sampled_from(["agree", "ment", "-\n", "-", "\n", " ", "long", "é", "\u00ad\n", "X", "1", "'s"])).map(
        "".join
    )
)
def test_a_text_keeps_its_length_and_other_characters(text: str) -> None:
    joined = join_cut_words(text)
    assert len(joined) == len(text)
    assert all(new in (old, "\u00ad") for old, new in zip(text, joined, strict=True))


def test_a_very_long_run_of_letters_is_no_word_to_join() -> None:
    assert join_cut_words("a" * 100_000 + "-\n" + "b" * 100_000).count("\u00ad") == 0


def test_where_a_text_is_made_one_line_its_cut_words_are_closed() -> None:
    assert close_cut_words("Harbor Cooper-\nation and Cooper\u00ad\r\n ation") == "Harbor Cooperation and Cooperation"
    assert close_cut_words("a long-\nterm COOPER-\nATION") == "a long-\nterm COOPER-\nATION"
