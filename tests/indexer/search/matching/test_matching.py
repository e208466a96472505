"""Matching a query against one text, and snippets."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from brute_force import near, words
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.language.parser import parse_query
from indexer.query import Near, Word
from indexer.search.matching import Facts, IndexedText, ReleaseText, extract_snippets, match, merge_spans

TODAY = dt.date(2026, 11, 23)
TITLE = "NATO Sees Russia as Missile Defense Partner"
BODY = (
    "The missile defense system will protect Russia’s people. Defense of missile silos is another matter: "
    "the Missile-Defense talks, said O’Brien, cost $700 billion after 9/11.\n\nRussia cooperated; Russians did not."
)
FACTS = Facts(
    "abc", (20110120, 20110120), 20261123, ("Barack Obama", "José Ortiz"), "Department of Justice", "Washington"
)


def matched_words(query: str, title: str = TITLE, body: str = BODY, facts: Facts = FACTS) -> list[str] | None:
    """The matched words in the title and body, in order; None where the query does not match."""
    text = ReleaseText(IndexedText(title), IndexedText(body), facts)
    found = match(parse_query(query, TODAY).clause, text)
    if found is None:
        return None
    parts = ((title, found.title), (body, found.body))
    return [text[span.start : span.end] for text, pairs in parts for span in merge_spans([s for s, _ in pairs])]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"missile defense"', ["Missile Defense", "missile defense", "Missile-Defense"]),
        ('"defense of missile"', ["Defense of missile"]),
        ("russia", ["Russia", "Russia", "Russia"]),
        ('"russia"', ["Russia", "Russia", "Russia"]),
        ("cooperation", ["cooperated"]),
        ("O'Brien", ["O’Brien"]),
        ("brien", ["O’Brien"]),
        ('"russia\'s people"', ["Russia’s people"]),
        ('"russia people"', None),
        ("9/11", ["9/11"]),
        ("$700 billion", ["700 billion"]),
        ("title:missile", ["Missile"]),
        ("russ*", ["Russia", "Russia", "Russia", "Russians"]),
        ("misile~", ["Missile", "missile", "missile", "Missile"]),
        ("cost BEFORE/3 9/11", []),
        ("cost BEFORE/4 9/11", ["cost", "9/11"]),
        ("9/11 NEAR/4 cost", ["9/11", "cost"]),
        ("silos -talks", None),
        ("silos -senate", ["silos"]),
        ("-silos", None),
        ("-senate", []),
        ("silos OR senate", ["silos"]),
        ("(silos senate) OR talks", ["talks"]),
        ("silos senate", None),
        ("person:obama", []),
        ("person:ortiz silos", ["silos"]),
        ("person:justice", None),
        ("source:justice place:washington", []),
        ('source:"department justice"', None),
        ("date:2011", []),
        ("date:2011-01-20..2011-01-20", []),
        ("date:2010", None),
        ("date:none", None),
        ("added:2026", []),
        ("id:abc", []),
        ("id:abd", None),
        ("*", []),
    ],
)
def test_what_is_marked(query: str, expected: list[str] | None) -> None:
    found = matched_words(query)
    if query == "cost BEFORE/3 9/11":
        assert found is None
    else:
        assert found is not None if expected is not None else found is None
        assert sorted(found or []) == sorted(expected or [])


@pytest.mark.parametrize(
    ("published", "query", "holds"),
    [
        ((20110101, 20111231), "date:2011", True),
        ((20110101, 20111231), "date:2011-01", False),
        ((20110101, 20111231), "after:2010", True),
        ((20110101, 20111231), "after:2011-06", False),
        ((20110101, 20111231), "before:2012", True),
        (None, "date:none", True),
        (None, "after:1900", False),
    ],
)
def test_a_date_known_only_to_the_year_is_never_said_to_lie_in_a_month(
    published: tuple[int, int] | None, query: str, holds: bool
) -> None:
    assert (matched_words(query, facts=Facts(published=published)) is not None) is holds


def test_matches_are_found_past_32768_characters() -> None:
    body = "filler words " * 4000 + "the needle stands here"
    assert matched_words('"needle stands"', body=body) == ["needle stands"]


SMALL = st.lists(st.sampled_from(["ab", "b", "c", "d", "e"]), min_size=1, max_size=25)


@given(SMALL, st.sampled_from("bc"), st.sampled_from("cde"), st.integers(1, 6), st.booleans())
def test_near_equals_a_plain_double_loop(text: list[str], left: str, right: str, distance: int, ordered: bool) -> None:
    clause = Near(Word(left), Word(right), distance, ordered)
    found = match(clause, ReleaseText(IndexedText(""), IndexedText(" ".join(text)), Facts()))
    assert (found is not None) is near(text, left, right, distance, ordered=ordered)


TEXTS = st.lists(
    st.sampled_from(["missile", "Defense,", "the", "O’Brien", "\n\n", "–", "Zürich", "x" * 60]), max_size=300
)


@example("x" * 60 + " missile missile Zürich" + " missile" * 13 + " " + "x" * 60 + " Zürich", "zurich")
@given(TEXTS.map(" ".join), st.sampled_from(['"missile defense"', "the missile", "zurich", "o'brien OR x*", "nothing"]))
def test_a_snippet_without_its_marks_is_a_slice_of_the_text(body: str, query: str) -> None:
    text = ReleaseText(IndexedText(""), IndexedText(body), Facts())
    found = match(parse_query(query, TODAY).clause, text)
    all_spans = merge_spans([span for span, _ in found.body]) if found else ()
    passages = extract_snippets(text.body, found.body if found else ())
    for snippet, following in pairwise(passages):
        assert snippet.start + len(snippet.text) <= following.start
    for snippet in passages:
        assert body[snippet.start : snippet.start + len(snippet.text)] == snippet.text
        for span in snippet.spans:
            assert (span.start + snippet.start, span.end + snippet.start) in all_spans
            assert 0 <= span.start < span.end <= len(snippet.text)


def test_passages_show_every_clause_before_they_show_one_twice() -> None:
    body = "alpha " + "filler " * 200 + "alpha beta " + "filler " * 200 + "gamma end"
    text = ReleaseText(IndexedText(""), IndexedText(body), Facts())
    found = match(parse_query("alpha beta gamma", TODAY).clause, text)
    assert found
    shown = " ".join(snippet.text for snippet in extract_snippets(text.body, found.body))
    assert {"alpha", "beta", "gamma"} <= set(words(shown))


def test_without_a_match_in_the_body_the_beginning_is_shown() -> None:
    body = "The first words. " + "More of them follow. " * 50
    (snippet,) = extract_snippets(IndexedText(body), ())
    assert body.startswith(snippet.text)
    assert 200 < len(snippet.text) <= 280
    assert extract_snippets(IndexedText(""), ()) == ()


def test_a_phrase_longer_than_a_passage_is_shown_whole() -> None:
    phrase = " ".join(f"word{number}" for number in range(80))
    text = IndexedText("before " * 100 + phrase + " after" * 100)
    found = match(parse_query(f'"{phrase}"', TODAY).clause, ReleaseText(IndexedText(""), text, Facts()))
    assert found
    (snippet,) = extract_snippets(text, found.body)
    assert phrase in snippet.text


@pytest.mark.parametrize("gap", [10, 60, 150, 180, 230, 260, 300, 400])
def test_two_matches_however_far_apart_are_both_shown_and_passages_do_not_overlap(gap: int) -> None:
    body = "filler " * 60 + "alpha" + " x" * (gap // 2) + " beta " + "filler " * 60
    text = ReleaseText(IndexedText(""), IndexedText(body), Facts())
    found = match(parse_query("alpha beta", TODAY).clause, text)
    assert found
    passages = extract_snippets(text.body, found.body)
    assert {"alpha", "beta"} <= set(words(" ".join(passage.text for passage in passages)))
    for one, following in pairwise(passages):
        assert one.start + len(one.text) <= following.start
