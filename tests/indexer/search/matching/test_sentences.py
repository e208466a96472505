"""Passages begin with a sentence where one is near, and never inside a dateline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.parser import parse_query
from indexer.search.matching import Facts, IndexedText, ReleaseText, extract_snippets, match
from indexer.search.matching.sentences import last_sentence_start

FILL = "There was more of it to be said, and it was said at some length by those who knew it best. "


def passages(query: str, body: str) -> list[str]:
    text = ReleaseText(IndexedText(""), IndexedText(body), Facts())
    found = match(parse_query(query).clause, text)
    assert found
    return [snippet.text for snippet in extract_snippets(text.body, found.body)]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("One ended. The flood came", "The flood"),
        ("One ended. “The flood came", "“The flood"),
        ("He asked: why? The flood came", "The flood"),
        ("One ended. Sen. Brenn saw a flood", "Sen. Brenn"),
        ("One ended. The U.S. saw on Jan. 8 a flood", "The U.S."),
        ("TELMO, July 8 – The flood came", "TELMO"),
        ("FOR IMMEDIATE RELEASE\nTELMO, July 8 – The flood came", "TELMO"),
        ("Above.\n\nTELMO, July 8 -- The flood came", "TELMO"),
        ("  \n The flood came", "The flood"),
        ("words in a line that was wrapped by hand and goes\non in the next, where a flood came", "words"),
    ],
)
def test_the_sentence_of_a_word(text: str, start: str) -> None:
    at = text.index("flood")
    found = last_sentence_start(text, 0, at)
    assert found is not None
    assert text[found:].startswith(start)


def test_none_where_none_begins() -> None:
    assert last_sentence_start("a b c d e f g", 4, 10) is None


@given(st.text("ab. \n”?", max_size=60), st.integers(-5, 60), st.integers(0, 60))
def test_it_begins_within_what_was_asked(text: str, earliest: int, latest: int) -> None:
    found = last_sentence_start(text, earliest, min(latest, len(text)))
    assert found is None or max(0, earliest) <= found <= min(latest, len(text))


def test_a_passage_begins_with_the_sentence_of_its_first_match() -> None:
    body = FILL * 9 + "Nobody in the lower town had seen, in all their years at the river, such a flood. " + FILL * 9
    (passage,) = passages("flood", body)
    assert passage.startswith("Nobody in the lower town")


def test_a_passage_shows_a_dateline_from_its_beginning_or_not_at_all() -> None:
    head = "FOR IMMEDIATE RELEASE\nTELMO, July 8 – The Survey warned today of a very long and very wide flood. "
    (passage,) = passages("flood", FILL * 3 + "\n\n" + head + FILL * 9)
    assert passage.startswith("TELMO, July 8 – The Survey")


def test_every_match_that_was_shown_is_shown_still() -> None:
    body = FILL * 2 + "Alpha " + "and so on " * 22 + "omega. " + FILL * 2
    assert [p.count("Alpha") + p.count("omega") for p in passages("alpha omega", body)] in ([2], [1, 1])
