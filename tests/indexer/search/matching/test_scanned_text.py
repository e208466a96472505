"""A text scanned for the words of a query matches, and is cut, as one that is tokenized whole."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language.parser import parse_query
from indexer.query import Phrase, TextClause
from indexer.search.matching import (
    IndexedText,
    QueryTerms,
    ReleaseText,
    ScannedText,
    Section,
    extract_snippets,
    match,
    word_clauses,
)

WORDS = """the Treaty treaties O'Brien's d'Amato agreement defense é 日本""".split()
BETWEEN = ["agree-\nment", "long-\nterm", "-" * 40, " ", "  ", "\n\n", ". ", " " * 350, "x" * 400]
TEXTS = st.lists(st.sampled_from([*WORDS, *BETWEEN]), max_size=80).map(" ".join)
QUERIES = [
    "treaty", "the treaty", '"the treaty"', "brien", "o'brien", '"o\'brien\'s"', "d'amato", "agreement -treaty",
    "treat*", "tr?aty", '"the * treaty"', '"the treat*"', "defence~2", "the NEAR/3 treaty", "long OR term", "日本",
    "title:treaty", "2 OF (the defense agreement)", "zzz", "*",
]  # fmt: skip


def scanned(clause_text: str, title: str, body: str) -> tuple[ReleaseText, ReleaseText]:
    """The release scanned for a query, and tokenized whole."""
    whole = ReleaseText(IndexedText(title), IndexedText(body))
    clause = parse_query(clause_text, dt.date(2026, 1, 1)).clause
    forms: dict[TextClause, list[str]] = {
        each: sorted(
            {
                whole_section.terms[found.first]
                for whole_section in (IndexedText(title), IndexedText(body))
                for found in whole_section.find(each)
            }
        )
        for each in word_clauses(clause)
        if not isinstance(each, Phrase)
    }
    terms = QueryTerms(clause, forms)
    return ReleaseText(ScannedText(title, terms), ScannedText(body, terms)), whole


@settings(max_examples=300)
@given(st.sampled_from(QUERIES), TEXTS, TEXTS)
def test_both_match_alike_and_are_cut_alike(query: str, title: str, body: str) -> None:
    clause = parse_query(query, dt.date(2026, 1, 1)).clause
    ours, whole = scanned(query, title, body)
    found, expected = match(clause, ours), match(clause, whole)
    assert found == expected
    spans = expected.body if expected else ()
    assert extract_snippets(ours.body, spans) == extract_snippets(whole.body, spans)


@given(TEXTS, st.integers(0, 5000), st.integers(0, 600))
def test_words_begin_and_end_alike(text: str, offset: int, length: int) -> None:
    release, whole = scanned("treaty", "", text)
    ours: Section = release.body
    assert ours.has_words == whole.body.has_words
    if ours.has_words:
        begin = whole.body.word_start(offset)
        assert ours.word_start(offset) == begin
        assert ours.word_end(begin, begin + length) == whole.body.word_end(begin, begin + length)


def test_a_text_that_repeats_a_word_without_end_shows_some_of_its_places_and_all_other_words() -> None:
    release, _ = scanned("harbor plan", "", "harbor " * 5_000 + "plan")
    found = match(parse_query("harbor plan").clause, release)
    assert found
    assert len(found.body) == 2_001
    assert release.body.text[found.body[-1][0].start :] == "plan"
