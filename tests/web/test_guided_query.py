"""The guided form filled from a query: what it shows leads back to the same search."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from page_reader import read
from searches import searches, texts

from indexer.language.parser import parse_query
from indexer.language.printer import format_query
from indexer.query import And, Clause, Everything
from web import create_app
from web.parts.guided_query import GuidedForm, form_of_query, search_from_form
from web.urls import Search


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def conjuncts(text: str) -> set[Clause]:
    clause = parse_query(text).clause
    clauses = clause.clauses if isinstance(clause, And) else (clause,)
    return {each for each in clauses if each != Everything()}


def sent(form: GuidedForm) -> dict[str, list[str]]:
    names = "all phrase any none title said by_speaker by_person by_source by_place other".split()
    return {name: [getattr(form, name)] for name in names}


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("flood relief", GuidedForm(all="flood relief")),
        ('"is in the" flood', GuidedForm(all="flood", phrase="is in the")),
        ("bridge OR ferry", GuidedForm(any="bridge ferry")),
        ("flood -toll -bell*", GuidedForm(all="flood", none="toll bell*")),
        ("title:comet title:light*", GuidedForm(title="comet light*")),
        ('person:"o\'brennan" source:authority', GuidedForm(by_person="o'brennan", by_source="authority")),
        ("9/11 c-span", GuidedForm(all="9-11 c-span")),
        ("flood harbor NEAR/5 fog", GuidedForm(all="flood", other="harbor NEAR/5 fog")),
        ("date:2005 flood -(a b)", GuidedForm(all="flood", other="date:2005 -(a b)")),
        ("(a OR b) (c OR d)", GuidedForm(any="a b", other="c OR d")),
        ('"a b" "c d"', GuidedForm(phrase="a b", other='"c d"')),
        ("said:ferry speaker:marsh", GuidedForm(said="ferry", by_speaker="marsh")),
        ('bridge said:"lost balloon" said:fer*', GuidedForm(all="bridge", said='"lost balloon" fer*')),
        (
            "(said:a speaker:marsh) (said:b speaker:brenn)",
            GuidedForm(other='(said:a speaker:"marsh") (said:b speaker:"brenn")'),
        ),
        ("speaker:marsh said:(a OR b)", GuidedForm(by_speaker="marsh", other="said:a OR said:b")),
        ("person:brenn person:marsh", GuidedForm(by_person="brenn", other='person:"marsh"')),
        ("brigde~1 is:edited", GuidedForm(other="brigde~1 is:edited")),
        ("", GuidedForm()),
        ("*", GuidedForm()),
        ("* flood", GuidedForm(all="flood")),
    ],
)
def test_each_clause_stands_in_the_field_that_says_it(query: str, form: GuidedForm) -> None:
    assert form_of_query(query) == form
    assert conjuncts(search_from_form(sent(form)).text) == conjuncts(query)


@given(texts)
def test_the_filled_form_asks_for_the_same_query(text: str) -> None:
    assert conjuncts(search_from_form(sent(form_of_query(text))).text) == conjuncts(text)


@given(searches)
def test_the_filters_and_the_order_are_kept(search: Search) -> None:
    values: dict[str, list[str]] = {"all": ["flood"]}
    for name, value in search.first_page.params():
        if name != "q":
            values.setdefault(name, []).append(value)
    assert search_from_form(values) == search.with_text("flood")


def test_the_form_on_the_page_holds_the_query(client: FlaskClient) -> None:
    query = '"coast authority" light -ferry bell NEAR/9 fog'
    page = client.get("/search", query_string={"q": query, "from": "1990", "source": "Norland Coast Authority"})
    fields = read(page.text).fields
    assert (fields["phrase"], fields["all"], fields["none"]) == ("coast authority", "light", "ferry")
    assert fields["other"] == "bell NEAR/9 fog"
    assert "Other conditions: bell NEAR/9 fog" in " ".join(read(page.text).text.split())
    form = {name: fields[name] for name in ("all", "phrase", "none", "other", "source")} | {"from": "1990", "to": ""}
    again = client.get("/search/guided", query_string=form).location
    assert conjuncts(read(client.get(again).text).fields["q"]) == conjuncts(query)
    assert "from=1990" in again
    assert "source=Norland+Coast+Authority" in again


@pytest.mark.parametrize("hostile", ['"><script>x</script>', "a\0b \u202e c", "'\"", "🌊 &amp;"])
def test_what_is_filled_in_is_text(client: FlaskClient, hostile: str) -> None:
    answer = client.get("/search", query_string={"q": hostile})
    assert "<script>x" not in answer.text
    assert format_query(parse_query(hostile).clause)
