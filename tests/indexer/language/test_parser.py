"""The query parser: a golden corpus of the grammar, notices for repairs, and every string as a query."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language import parser
from indexer.language.lexer import FIELDS
from indexer.language.parser import ParsedQuery, parse_query
from indexer.language.printer import format_days, format_query
from indexer.query import Everything, Named, NameField, Near, Phrase, Published, Query, Word, leaves

TODAY = dt.date(2026, 11, 23)
GOLDEN = Path(__file__).with_name("grammar_v4.tsv")


def parse(text: str) -> ParsedQuery:
    return parse_query(text, TODAY)


def golden_rows() -> list[tuple[str, str, str]]:
    """query, canonical form, the repairs' first words; a row is added, never changed, within a version."""
    lines = GOLDEN.read_text("utf-8").splitlines()
    cells = [(line + "\t\t").split("\t") for line in lines if line and not line.startswith("#")]
    return [(query, canonical, repairs) for query, canonical, repairs, *_ in cells]


@pytest.mark.parametrize(("text", "canonical", "repairs"), golden_rows())
def test_golden_corpus(text: str, canonical: str, repairs: str) -> None:
    parsed = parse(text)
    assert format_query(parsed.clause) == canonical
    starts = [start for start in repairs.split(" | ") if start]
    assert len(parsed.notices) == len(starts)
    for notice, start in zip(parsed.notices, starts, strict=True):
        assert notice.text.startswith(start)


def test_the_golden_corpus_is_of_this_version() -> None:
    assert GOLDEN.name == f"grammar_v{parser.GRAMMAR_VERSION}.tsv"


FRAGMENTS = st.sampled_from(
    """a b" " ( ) - ! || && ?z m?z ?? ^2 /re/ d' person:* none june 2010 NEAR/-1 5 OF ( -- AND OR NOT NEAR/3 BEFORE
    title: person: said: speaker: said:( speaker:none said:*
    date: 2001 .. last month x* y~ ~2 * o'b ’s $5 million id: added: “ É ß İ 日本 + none before: :
    ' ﬁ after: 2004..2006 source:( ) " NEAR/0 NEAR/99999""".split()
)
STRINGS = st.one_of(
    st.text(), st.lists(FRAGMENTS, max_size=14).map("".join), st.lists(FRAGMENTS, max_size=14).map(" ".join)
)


@settings(max_examples=1500)
@given(STRINGS)
def test_every_string_parses_and_its_canonical_form_parses_to_the_same_tree_without_repairs(text: str) -> None:
    parsed = parse(text)
    again = parse(format_query(parsed.clause))
    assert again.clause == parsed.clause
    assert not any(notice.is_repair for notice in again.notices)
    assert format_query(again.clause) == format_query(parsed.clause)


@pytest.mark.parametrize(
    "text", ["(" * 5000, ")" * 5000, "NOT " * 2000, '"' * 3000, "a NEAR " * 900, "-" * 3000, "title:" * 400]
)
def test_hostile_strings_end_in_a_reading(text: str) -> None:
    assert format_query(parse(text).clause)


def test_a_very_long_query_is_cut_and_says_so() -> None:
    parsed = parse("word " * 4000)
    assert len(leaves(parsed.clause)) == 1639  # the last one is cut
    assert any("first 8,192 bytes" in notice.text for notice in parsed.notices)
    assert not parse("é" * 4096).notices
    assert parse("é" * 4097).notices


def test_lone_surrogates_and_nuls_only_separate() -> None:
    assert parse("mis\x00sile \ud800 defense").clause == parse("mis sile defense").clause


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_name_is_read_as_a_field(name: str) -> None:
    value = "2011" if FIELDS[name] in ("date", "added", "after", "before") else "abc"
    assert parse(f"{name}:{value}").clause not in (Word(name), Phrase((name, value)), Everything())
    assert parse(f"{name.upper()}:{value}").clause == parse(f"{name}:{value}").clause


def test_near_of_groups_is_spread_over_their_words() -> None:
    clause = parse('(missile OR "air base") NEAR/3 russia').clause
    assert all(isinstance(leaf, Near) for leaf in leaves(clause))
    assert len(leaves(clause)) == 2


def test_names_are_looked_for_without_accents() -> None:
    assert parse("person:Médvedev").clause == Named(name=NameField.PERSON, terms=("medvedev",))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("date:2011", 20110101, 20111231),
        ("date:2011-02", 20110201, 20110228),
        ("date:2011/1/5", 20110105, 20110105),
        ("date:2004..2006", 20040101, 20061231),
        ("date:2006..2004", 20040101, 20061231),
        ("date:2004-05..", 20040501, 99991231),
        ("date:..2006", 10101, 20061231),
        ("after:2011", 20110101, 99991231),
        ("before:2011", 10101, 20101231),
        ("before:2012-03", 10101, 20120229),
        ('date:"January 2011"', 20110101, 20110131),
        ('date:"20 January 2011"', 20110120, 20110120),
        ("date:today", 20261123, 20261123),
        ("date:yesterday", 20261122, 20261122),
        ("date:this year", 20260101, 20261231),
        ("date:last year", 20250101, 20251231),
        ("date:last month", 20261001, 20261031),
        ("date:last week", 20261116, 20261122),
        ("date:last 30 days", 20261024, 20261123),
        ("date:june 2010", 20100601, 20100630),
        ("date:Sept. 2010", 20100901, 20100930),
        ("date:3 March 2005", 20050303, 20050303),
        ("date:march 3rd, 2005", 20050303, 20050303),
        ("after:june 2010", 20100601, 99991231),
        ("date:june 2010..july 2011", 20100601, 20110731),
        ("date:2004 .. may 2006", 20040101, 20060531),
        ("date:*", 10101, 99991231),
        ("date:2004 to 2006", 20040101, 20061231),
        ("date:june 2010 - july 2011", 20100601, 20110731),
        ("date:2005-2010", 20050101, 20101231),
        ("date:2005…2010", 20050101, 20101231),
        ("date:>2009", 20100101, 99991231),
        ("date:>=2009-03", 20090301, 99991231),
        ("date:<2010", 10101, 20091231),
        ("date:[2004 TO 2006]", 20040101, 20061231),
        ("date:[* TO 2006]", 10101, 20061231),
        ("date:(june 2010)", 20100601, 20100630),
        ("date:june 2010.", 20100601, 20100630),
        ("date:20100603", 20100603, 20100603),
        ("date:2010.06.03", 20100603, 20100603),
        ("date:3-Jun-2010", 20100603, 20100603),
        ("date:Thursday, June 3, 2010", 20100603, 20100603),
        ("date:3rd of March 2005", 20050303, 20050303),
        ("date:2010-06-03T00:00:00Z", 20100603, 20100603),
        ("date:２０１０", 20100101, 20101231),
        ("date:\xa02010", 20100101, 20101231),
    ],
)
def test_dates(text: str, first: int, last: int) -> None:
    assert parse(text).clause == Published(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "date:2011-02-30",
        "date:20110",
        "date:soon",
        "date:31/12/2011",
        "date:2011-13",
        "date:0000",
        "date:Smarch 2011",
        "date:june",
        'date:"mayor 2010"',
    ],
)
def test_what_is_not_a_date_is_searched_as_words_and_said(text: str) -> None:
    parsed = parse(text)
    assert "is not a date" in parsed.notices[0].text
    assert not isinstance(parsed.clause, Published)


@given(st.dates(), st.dates())
def test_ranges_of_days_are_printed_so_that_they_read_back(one: dt.date, other: dt.date) -> None:
    first, last = sorted(d.year * 10000 + d.month * 100 + d.day for d in (one, other))
    if first > 10101 and last < 99991231:
        assert parse("date:" + format_days(first, last)).clause == Published(first, last)


def test_an_empty_query_is_every_release_without_a_remark() -> None:
    assert parse("") == ParsedQuery("", Everything())
    assert Query().clause == Everything()
