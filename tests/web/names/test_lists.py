"""Lists of names: filtered, by letter, those named once apart; equal to one cut by hand, kept while true."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from page_reader import read

from indexer.maintenance import build
from indexer.query import Filters, NameField
from indexer.results import FacetValue
from indexer.search.names import NameDirectory, NameRequest, sort_key
from indexer.search.searcher import Searcher
from web import create_app

LISTS = {"people": NameField.PERSON, "sources": NameField.SOURCE, "places": NameField.PLACE}
HOSTILE = ["%00", "%0A", "<script>alert(1)</script>", "&quot;", "'", "“", "\u202e", "🦀", "a" * 5000, "%FF", "  ", "."]


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def names_on(html: str) -> list[str]:
    part = html.split('<ul class="names">')[1].split("</ul>")[0]
    return [item.split(">")[1].split("<")[0] for item in part.split('class="value"')[1:]]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_shows_those_in_two_releases_and_counts_the_rest(
    client: FlaskClient, sample_searcher: Searcher, path: str
) -> None:
    counted = [each for each in sample_searcher.facet("", Filters(), LISTS[path]) if each.value]
    often, once = ([e for e in counted if (e.count > 1) is wanted] for wanted in (True, False))
    page = read(client.get(f"/{path}").text)
    assert page.mistakes == []
    assert bool(once) is (f"in two or more releases, and {len(once)} " in page.text)
    assert bool(once) is (f"/{path}?all=1" in page.links)
    assert len(names_on(client.get(f"/{path}").text)) == len(often)
    whole = client.get(f"/{path}?all=1").text
    assert len(names_on(whole)) == len(counted)
    assert f"/{path}" in read(whole).links


@pytest.mark.parametrize("path", ["people", "places"])
def test_json_has_all_names_unless_it_is_asked_for_fewer(client: FlaskClient, path: str) -> None:
    whole, often = (client.get(f"/{path}.json{query}").get_json() for query in ("", "?all=0"))
    assert whole["once"] == 0
    assert often["once"] == whole["total"] - often["total"]
    assert {each["count"] for each in often["values"]} == {e["count"] for e in whole["values"]} - {1}
    assert client.get(f"/{path}.json?all=1").get_json() == whole


def test_a_filter_finds_parts_of_words_without_case_accents_and_marks(client: FlaskClient) -> None:
    found = client.get("/people.json?filter=HALVard+bren").get_json()
    assert [each["key"] for each in found["values"]] == ["halvard-brenn"]
    assert found["filter"] == "HALVard bren"
    once = next(e for e in client.get("/people.json").get_json()["values"] if e["count"] == 1)
    shown = client.get(f"/people?filter={quote(once['name'])}").text
    assert once["name"] in names_on(shown)
    assert read(shown).fields["filter"] == once["name"]
    none = read(client.get("/people?filter=zzzz").text)
    assert "0 people with zzzz" in " ".join(none.text.split())
    assert "None." in none.text


@pytest.mark.parametrize("path", ["/people", "/sources", "/facets/person?q=the", "/people.json"])
@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_a_filter_and_no_markup(client: FlaskClient, path: str, typed: str) -> None:
    safe = "%&" if typed.startswith(("%", "&")) else ""
    url = f"{path}{'&' if '?' in path else '?'}filter={quote(typed, safe=safe)}&letter={quote(typed, safe=safe)}&all=x"
    answer = client.get(url)
    if answer.status_code == 414:
        assert len(url) > 2000
        return
    assert answer.status_code == 200
    if "json" not in path:
        assert "<script>alert" not in answer.text
        assert read(answer.text).mistakes == []


def test_a_facet_of_few_values_is_shown_whole_and_its_filter_keeps_the_search(client: FlaskClient) -> None:
    page = client.get("/facets/person?q=survey&from=2000").text
    assert "two or more" not in page
    assert '<span class="number">1</span>' in page
    fields = read(page).fields
    assert (fields["q"], fields["from"], fields["filter"]) == ("survey", "2000", "")
    cut = client.get("/facets/person?q=survey&filter=brenn").text
    assert names_on(cut) == ["Halvard Brenn"] or all("renn" in each for each in names_on(cut))


def test_addresses_of_rows_are_those_of_the_search(client: FlaskClient) -> None:
    for query in ("q=survey", "q=survey&source=", "not_person=halvard-brenn&q=%EE%80%80", "person=halvard-brenn"):
        page = read(client.get(f"/facets/person?{query}").text)
        for link in (each for each in page.paths if each.startswith("/search?")):
            assert client.get(link).status_code == 200
    links = read(client.get("/facets/person?q=survey&sort=newest").text).paths
    assert any("not_person=" in link and "q=survey" in link and "sort=newest" in link for link in links)


def test_a_list_is_of_the_archive_as_it_is_now(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    def release(name: str, person: str) -> None:
        write(name, json.dumps({"title": "A lamp", "body": f"It shines, said Mayor {person}. {name}", "date": "2004"}))

    release("a.json", "Hiram Pell")
    build.add(data, folder)
    client = create_app(data).test_client()
    assert [each["name"] for each in client.get("/people.json").get_json()["values"]] == ["Hiram Pell"]
    release("b.json", "Ada Quill")
    build.add(data, folder)
    assert {each["name"] for each in client.get("/people.json").get_json()["values"]} == {"Hiram Pell", "Ada Quill"}


LABELS = st.lists(
    st.tuples(st.text("abZé'’. \nÅ9ز", max_size=6), st.integers(1, 3)), max_size=12, unique_by=lambda each: each[0]
)


@given(
    LABELS, st.sampled_from(["", "a", "z", "other", "é"]), st.text("abzé'. ", max_size=3), st.booleans(), st.booleans()
)
def test_a_part_is_what_a_plain_cut_gives(
    found: list[tuple[str, int]], letter: str, words: str, az: bool, repeated: bool
) -> None:
    values = sorted(
        (FacetValue(f"v{at}" if label else "", label, count) for at, (label, count) in enumerate(found)),
        key=lambda each: (-each.count, each.value),
    )
    request = NameRequest("az" if az else "count", letter, words, repeated)
    directory = NameDirectory(NameField.PLACE, values)
    chosen = directory.choose(request)
    assert chosen == directory.choose_among([(e.value, e.count) for e in values], request)

    named = [each for each in values if each.value]
    kept = [each for each in named if each.count > 1] if repeated and any(e.count > 1 for e in named) else named
    assert chosen.once == len(named) - len(kept)
    kept = [each for each in kept if all(word in plain(each.label) for word in plain(words).split())]
    assert set(chosen.letters) == {letter_of(each) for each in kept}
    if letter in chosen.letters:
        kept = [each for each in kept if letter_of(each) == letter]
    assert sorted(e.value for e in kept) == sorted(e.value for e in chosen.page(0, 99))
    shown = chosen.page(0, 99)
    if chosen.order == "az":
        assert [sort_key(NameField.PLACE, e.label) for e in shown] == sorted(
            sort_key(NameField.PLACE, e.label) for e in shown
        )
    else:
        assert shown == tuple(kept)
    assert chosen.unnamed == sum(each.count for each in values if not each.value)


def plain(text: str) -> str:
    folded = text.casefold().replace("é", "e").replace("å", "a")
    return re.sub("['’.]", "", folded).replace("\n", " ")


def letter_of(each: FacetValue) -> str:
    first = each.label.casefold().replace("é", "e").replace("å", "a")[:1]
    return first if "a" <= first <= "z" else "other"
