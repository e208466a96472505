"""What stands for words in a query: patterns, signs that no reader sees, and what other engines read."""

from __future__ import annotations

import pytest

from indexer.language.parser import parse_query
from indexer.query import AnyWord, Clause, Fuzzy, Named, NameField, Not, Phrase, PhrasePattern, Prefix, Wildcard, Word


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("mis?ile", Wildcard("mis?ile")),
        ("O’Br?en", Wildcard("o'br?en")),
        ("हि?दी", Wildcard("हि?दी")),
        ("mis??ile*", Wildcard("mis??ile*")),
        ("missile?", Word("missile")),
        ("mis?ile-defense", PhrasePattern((Wildcard("mis?ile"), "defense"))),
        ("d'am*", PhrasePattern(("d'", Prefix("am")))),
        ("O'Brien's*", Word("o'brien")),
        ('"missile def*"', PhrasePattern(("missile", Prefix("def")))),
        ('"the * plan"', PhrasePattern(("the", AnyWord(), "plan"))),
        ('"president b?sh\'s plan"', PhrasePattern(("president", Wildcard("b?sh"), "'s", "plan"))),
        ('"bus*\'s plan"', PhrasePattern((Prefix("bus"), "'s", "plan"))),
        ('"* plan *"', Phrase(("plan",))),
        ('"mis?ile"', Wildcard("mis?ile")),
        ("d'amatto~", Fuzzy("amatto", 1)),
        ("C-SPAN's", Phrase(("c", "span"), quoted=False)),
    ],
)
def test_patterns(text: str, clause: Clause) -> None:
    if text == "O'Brien's*":
        assert parse_query(text).notices
        clause = Phrase(("o'brien",), quoted=False)
    assert parse_query(text).clause == clause


@pytest.mark.parametrize(
    "text",
    [
        "title:-missile", "title:!missile", "person:-obama", "is:!edited", "a\xa0-b", "a\u3000!b", "+-defense",
        "–katrina", "－x", "！x", "\u200b-agreement", "a && !b", 'a -"b c"', "a (-b)",
    ],
)  # fmt: skip
def test_a_sign_before_a_word_is_never_lost(text: str) -> None:
    clause = parse_query(text).clause
    assert isinstance(clause, Not) or any(isinstance(each, Not) for each in getattr(clause, "clauses", ()))


@pytest.mark.parametrize(
    "text", ["\ufefftitle:quay", "\u200etitle:quay", "title\u200b:quay", "title：quay", "title:\xa0quay"]
)
def test_a_field_is_seen_beside_what_no_reader_sees(text: str) -> None:
    assert parse_query(text).clause == Word("quay", title=True)


@pytest.mark.parametrize(
    "text",
    """(a b)^2;(a b)~2;title:("a b" OR c)^3;"a b"~2^3;a^.5;a~-1;a~2^3;mis?ile^2;mis?ile~;/mis(s|l)ile/;/re/;
    "a b"* c;a | b;! missile;subject:"board";author:(hale);title:"" missile;a near/2 b;a NEAR/5b b;a XOR b;
    person:med*;person:(a NEAR b);date:2010..2004;NEAR/-1 a;a NEAR/-1 b;a NEAR/99999 b;5 OF (a b);0 OF (a b);
    miss*e;*issile;?issile;folder:*;in:place""".split(";"),
)
def test_what_is_not_read_as_written_is_said(text: str) -> None:
    assert parse_query(text.strip()).notices


@pytest.mark.parametrize(
    "text", ["a NEAR/007 b", "/usr/bin", "9/11", "missile?", "Yahoo! stock", "AT&T", "well-known - fact"]
)
def test_what_is_read_as_written_needs_no_word(text: str) -> None:
    assert parse_query(text).notices == ()


def test_a_possessive_is_no_part_of_a_name() -> None:
    for text in ("person:o'brien's", 'person:"o’brien’s"'):
        assert parse_query(text).clause == Named(NameField.PERSON, ("o'brien",))
