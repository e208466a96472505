"""`is:`, `in:` and the fields of files, types and languages: how they are read, printed and repaired."""

from __future__ import annotations

import pytest

from indexer.language.attributes import language_names, type_names
from indexer.language.parser import parse_query
from indexer.language.printer import format_query
from indexer.query import (
    And,
    Attribute,
    Described,
    Edited,
    Not,
    Or,
    Phrase,
    Versions,
    Withdrawn,
    Word,
    searches_history,
)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("flood in:versions", "flood in:versions"),
        ("in:versions flood", "flood in:versions"),
        ("in:versions OR storm", "storm in:versions"),
        ("IN:Versions, flood", "flood in:versions"),
        ("(a in:versions) OR (b in:versions)", "a OR b in:versions"),
        ("-(a in:versions)", "-a in:versions"),
        ("2 OF (a b in:versions)", "a b in:versions"),
        ("in:versions", "in:versions"),
        ("-in:versions a", "a"),
        ("-in:versions", "*"),
        ("is:edited", "is:edited"),
        ("is:(edited OR withdrawn) x", "(is:edited OR is:withdrawn) x"),
        ('is:"withdrawn"', "is:withdrawn"),
        ("-is:edited", "-is:edited"),
        ("language:FR", 'lang:"fr"'),
        ("folder:2011/press", 'folder:"2011 press"'),
        ("file:Éditions", 'file:"editions"'),
        ("type:e-mail", 'type:"e mail"'),
        ("type:(pdf OR html)", 'type:"pdf" OR type:"html"'),
        ("type:text/html", 'type:"text html"'),
    ],
)
def test_it_is_read_without_a_repair_and_prints_so_that_it_reads_back(text: str, canonical: str) -> None:
    parsed = parse_query(text)
    assert parsed.notices == ()
    printed = format_query(parsed.clause)
    assert parse_query(printed).clause == parsed.clause
    assert printed.replace("(a OR b)", "a OR b") == canonical


@pytest.mark.parametrize(
    "text", ["is: it so", "in: the beginning", "is:", "in:", "is:\u201c", "is:)", "is:9/11", "in:,"]
)
def test_a_sentence_with_a_colon_is_no_marker(text: str) -> None:
    assert not searches_history(parse_query(text).clause)


@pytest.mark.parametrize(
    ("text", "value"), [("in:washington", "in:washington"), ("is:open", "is:open"), ('is:"long gone"', "is:long gone")]
)
def test_an_unknown_value_is_said_and_searched_as_words(text: str, value: str) -> None:
    parsed = parse_query(text)
    assert [value in notice.text for notice in parsed.notices] == [True]
    assert isinstance(parsed.clause, Word | Phrase)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("file:rep*", 'file:"rep"'),
        ("folder:(a NEAR/2 b)", 'folder:"a b"'),
        ("lang:frnch~", 'lang:"frnch"'),
        ("file:*", "*"),
    ],
)
def test_what_a_field_of_files_does_not_take_is_said(text: str, canonical: str) -> None:
    parsed = parse_query(text)
    assert len(parsed.notices) == 1
    assert format_query(parsed.clause) == canonical


def test_which_queries_search_the_history() -> None:
    searched = {
        text: searches_history(parse_query(text).clause)
        for text in ("a", "is:edited", "a in:versions", "a OR is:withdrawn", "a -is:withdrawn", "-(a is:withdrawn)")
    }
    assert [text for text, is_searched in searched.items() if is_searched] == ["a in:versions", "a OR is:withdrawn"]


def test_the_trees() -> None:
    assert parse_query("a in:versions").clause == And((Word("a"), Versions()))
    assert parse_query("is:edited OR is:withdrawn").clause == Or((Edited(), Withdrawn()))
    assert parse_query("-lang:fr").clause == Not(Described(Attribute.LANGUAGE, ("fr",)))
    assert parse_query('file:"Release 12.pdf"').clause == Described(Attribute.FILE, ("release", "12", "pdf"))


def test_names_of_types_and_languages() -> None:
    assert {"html", "web page", "text html"} <= set(type_names("text/html"))
    assert "text" not in type_names("text/html")
    assert "e mail" in type_names("message/rfc822")
    assert type_names("application/x-unheard-of") == ("application x unheard of",)
    assert set(language_names("en-GB")) == {"en gb", "en", "english"}
    assert language_names("") == type_names("") == ()
    assert "tlh" in language_names("tlh")
