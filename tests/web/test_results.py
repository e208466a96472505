"""The results page: what it counts is so, what it offers works, what constrains it can be taken away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from page_reader import Page, read
from searches import searches, values_of

from indexer.language.parser import parse_query
from indexer.language.printer import format_query
from indexer.query import Choice, Filters, NameField, Order
from indexer.search.searcher import Searcher
from web import create_app
from web.parts.chips import make_chips
from web.urls import Search, read_search


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def page_at(client: FlaskClient, url: str) -> Page:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return read(answer.text)


def total(page: Page) -> int:
    found = re.search(r"([\d,]+) releases?", page.h1)
    assert found
    return int(found[1].replace(",", ""))


QUERIES = [
    "",
    "flood",
    '"coast authority"',
    "bell -ferry",
    "title:light*",
    "harbor NEAR/5 fog",
    "date:2005",
    "person:Brenn",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_shows_what_the_searcher_finds(client: FlaskClient, sample_searcher: Searcher, query: str) -> None:
    found = sample_searcher.search(query)
    page = page_at(client, Search(query).url())
    assert total(page) == found.total
    for hit in found.hits:
        assert hit.title.text in page.text
        assert any(link.startswith(f"/release/{hit.id}/") for link in page.links)
    marks = [s.text[a:b] for hit in found.hits for s in (hit.title, *hit.snippets) for a, b in s.spans]
    assert page.marks == marks
    assert found.fingerprint in page.text


@pytest.mark.parametrize("query", ["flood", '"coast authority"'])
def test_links_to_releases_carry_the_search(client: FlaskClient, query: str) -> None:
    page = page_at(client, Search(query, order=Order.NEWEST).url())
    links = [link for link in page.links if link.startswith("/release/")]
    assert links
    assert all(read_search(values_of(link))[0] == Search(query, order=Order.NEWEST) for link in links)


@pytest.mark.parametrize("name", list(NameField))
def test_a_facet_finds_as_many_as_it_says(client: FlaskClient, sample_searcher: Searcher, name: NameField) -> None:
    found = sample_searcher.search("the")
    facet = next(facet for facet in found.facets if facet.name is name)
    for value in facet.values:
        for key, expected in ((name.value, value.count), (f"not_{name.value}", found.total - value.count)):
            url = read_search({"q": ["the"], key: [value.value]})[0].url()
            page = page_at(client, url)
            assert total(page) == expected, url
    links = page_at(client, "/search?q=the").paths
    assert {f"/search?q=the&{name.value}=", f"/search?q=the&not_{name.value}="} <= {
        re.sub(r"=[^=]*$", "=", link) for link in links
    }


def test_any_of_and_no_longer(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=the&source=Norland+Coast+Authority")
    also = [link for link in page.paths if link.count("source=") == 2]
    assert also
    assert total(page_at(client, also[0])) > total(page)
    assert "/search?q=the" in page.paths


@given(searches)
def test_a_chip_takes_away_exactly_one_constraint(search: Search) -> None:
    found = make_chips(search, {})
    assert all(chip.rest.page == 1 for chip in found)
    for chip in found:
        words, rest = parse_query(search.text).clause, chip.rest
        changed = [
            format_query(parse_query(rest.text).clause) != format_query(words),
            *(rest.filters.choice(name) != search.filters.choice(name) for name in NameField),
            (rest.filters.since, rest.filters.until) != (search.filters.since, search.filters.until),
            rest.filters.undated != search.filters.undated,
        ]
        assert sum(changed) == 1
        assert len(make_chips(rest, {})) == len(found) - 1 or rest.text != search.text


@given(searches)
def test_taking_away_every_chip_leaves_no_constraint(search: Search) -> None:
    for _ in range(100):
        left = make_chips(search, {})
        if not left:
            break
        search = left[0].rest
    assert search.filters == Filters()
    assert format_query(parse_query(search.text).clause) == "*"


def test_chips_are_links_that_work(client: FlaskClient) -> None:
    search = read_search(
        {"q": ["flood river"], "person": ["Ben Marsh"], "not_source": ["x"], "from": ["2000"], "to": ["2010"]}
    )[0]
    page = page_at(client, search.url())
    words: list[str] = []
    filters: list[str] = []
    for chip in make_chips(search, {}):
        (filters if chip.kind else words).append(chip.rest.url())
    assert (len(words), len(filters)) == (2, 4)
    assert set(filters) <= set(page.paths)
    assert not set(words) & set(page.paths)  # the box holds them
    assert {*words, *filters} <= set(page_at(client, search.url("/facets/place")).paths)


def test_many_filters_fold(client: FlaskClient) -> None:
    many = Search("flood", Filters(source=Choice(tuple(f"Office {number}" for number in range(9)))))
    text = client.get(many.url()).text
    assert text.index("<bdi>Office 3") < text.index("and 5 more filters") < text.index("<bdi>Office 4")


@pytest.mark.parametrize(
    ("query", "summary"),
    [("flood relief", "Search details"), ("Flood  RELIEF", "Search details"), ("“flood relief", "Read as: ")],
)
def test_the_query_stands_again_only_where_it_was_read_otherwise(client: FlaskClient, query: str, summary: str) -> None:
    text = client.get("/search", query_string={"q": query}).text
    assert f"<summary>{summary}" in text


def test_a_long_reading_is_folded_and_stands_whole_within(client: FlaskClient) -> None:
    query = " AND ".join(f"harbor{number}" for number in range(12))
    text = client.get("/search", query_string={"q": query}).text
    summary = text[text.index("<summary>Read as") :].partition("</summary>")[0]
    assert "harbor3" in summary
    assert "harbor9" not in summary
    assert '<p class="whole">' in text


def test_the_receipt_says_how_the_query_was_read(client: FlaskClient, sample_searcher: Searcher) -> None:
    page = page_at(client, Search("“flood relief").url())
    receipt = sample_searcher.search("“flood relief").receipt
    assert receipt.canonical_query in page.text
    for notice in receipt.notices:
        assert notice in page.text
    forms = sample_searcher.search("flooding").receipt.clauses[0].forms
    assert ", ".join(forms) in page_at(client, "/search?q=flooding").text


def test_what_the_address_got_wrong_is_said_too(client: FlaskClient) -> None:
    assert "“20x5” is not a date" in page_at(client, "/search?q=flood&from=20x5").text


@pytest.mark.parametrize("query", ["zzqx flood", '"lighthouze keeper"', "zzqx", "flood source:nobody", "date:1066"])
def test_nothing_found_says_why_and_offers_what_works(
    client: FlaskClient, sample_searcher: Searcher, query: str
) -> None:
    found = sample_searcher.search(query)
    page = page_at(client, Search(query).url())
    assert total(page) == found.total == (found.relaxed.hits if found.relaxed else 0)
    assert bool(found.relaxed) == (query == "zzqx flood")
    if found.relaxed:  # and then everything on the page is of what was searched instead
        assert Search(found.relaxed.text).url() in page.paths
        assert f"with {found.relaxed.reason}" in page.text
    for clause in found.receipt.clauses:
        assert clause.meaning in page.text
    for other in found.alternatives:
        if other.text != "*":
            url = Search(other.text, other.filters).url()
            assert url in page.paths
            assert total(page_at(client, url)) == other.hits
    assert "/search" in page.paths


def test_pages_hold_every_result_once_and_in_order(client: FlaskClient, sample_searcher: Searcher) -> None:
    expected = [hit.id for hit in sample_searcher.search("", order=Order.OLDEST, limit=1000).hits]
    seen: list[str] = []
    url = "/search?sort=oldest&per=20"
    for number in range(1, 20):
        page = page_at(client, f"{url}&page={number}" if number > 1 else url)
        seen += [link.split("/")[2] for link in page.links if link.startswith("/release/")]
        if f"/search?sort=oldest&page={number + 1}&per=20" not in page.paths:
            break
    assert seen == expected


def test_a_page_behind_the_last_leads_back(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=the&page=999")
    assert "There is no page 999" in page.text
    last = next(link for link in page.paths if link.startswith("/search?q=the&page="))
    assert any(link.startswith("/release/") for link in page_at(client, last).links)


def test_years_narrow_to_months_and_months_to_days(client: FlaskClient) -> None:
    page = page_at(client, "/search")
    assert "/search?from=2005&to=2005" in page.paths
    assert "/search?undated=1" in page.paths
    assert "/search?from=2005-01&to=2005-01" in page_at(client, "/search?from=2005&to=2005").paths
    assert "/search?from=2005-01-27&to=2005-01-27" in page_at(client, "/search?from=2005-01&to=2005-01").paths
    assert total(page_at(client, "/search?from=2005-01-27&to=2005-01-27")) == 1


def test_the_timeline_adds_up(client: FlaskClient, sample_searcher: Searcher) -> None:
    found = sample_searcher.search("the")
    assert sum(each.count for each in found.timeline) == found.total
    for each in found.timeline:
        assert total(page_at(client, Search("the").within_period(each.period).url())) == each.count


@pytest.mark.parametrize(
    ("form", "query"),
    [
        ({"all": "flood relief"}, "flood relief"),
        ({"phrase": "Is in the"}, '"is in the"'),
        ({"any": "bridge ferry"}, "bridge OR ferry"),
        ({"none": "toll"}, "-toll"),
        ({"title": "comet"}, "title:comet"),
        ({"by_person": "O'Brennan"}, 'person:"o\'brennan"'),
        ({"by_source": "Coast Authority"}, 'source:"coast authority"'),
        ({"all": "NOT (a OR"}, "not a or"),
        ({"all": "telescop*"}, "telescop*"),
        ({"all": "9/11"}, "9-11"),
        ({"title": '"missile defense" x'}, 'title:"missile defense" title:x'),
        ({"none": '"a b" c'}, '-"a b" -c'),
        ({"any": '"a b" c'}, '"a b" OR c'),
        ({"all": "o'b*"}, "o'b*"),
        ({"phrase": 'harb* "plan”'}, '"harb* plan"'),
        ({"by_person": "O’Brien's"}, 'person:"o\'brien"'),
        ({"all": "a", "any": "b c", "none": "d e", "phrase": "f g"}, 'a "f g" (b OR c) -d -e'),
        ({}, ""),
    ],
)
def test_the_guided_form_writes_the_query(client: FlaskClient, form: dict[str, str], query: str) -> None:
    answer = client.get("/search/guided", query_string=form)
    assert answer.status_code == 303
    assert answer.location == Search(query).url()
    assert not any(notice.is_repair for notice in parse_query(query).notices)


def test_the_guided_form_sets_dates(client: FlaskClient) -> None:
    answer = client.get("/search/guided?all=flood&from=2002&to=2004-05")
    assert answer.location == "/search?q=flood&from=2002&to=2004-05"


def test_searching_again_keeps_the_filters(client: FlaskClient) -> None:
    page = page_at(client, "/search?q=flood&source=National+Waterways+Survey&sort=oldest")
    assert page.fields["source"] == "National Waterways Survey"
    assert page.fields["sort"] == "oldest"


def test_all_values_of_a_facet(client: FlaskClient, sample_searcher: Searcher) -> None:
    values = sample_searcher.facet("the", Filters(), NameField.PERSON)
    page = page_at(client, "/facets/person?q=the")
    assert all(value.label in page.text for value in values)
    letters = {link[-1] for link in page.paths if "letter=" in link}
    assert "b" in letters
    some = page_at(client, "/facets/person?q=the&order=az&letter=b")
    assert "Brenn" in some.text
    assert "Marsh" not in some.text


def test_the_json_is_that_of_the_command_line(client: FlaskClient, sample_searcher: Searcher) -> None:
    from indexer.search.json_serializer import page_to_json

    for query in QUERIES:
        answer = client.get("/search.json", query_string={"q": query, "limit": "7"})
        assert answer.json == page_to_json(sample_searcher.search(query, limit=7))
    assert len(client.get("/search.json?limit=0").get_json()["hits"]) == 0
    assert (
        client.get("/search.json?limit=3&offset=2").get_json()["hits"][0]["id"]
        == client.get("/search.json").get_json()["hits"][2]["id"]
    )


@pytest.mark.parametrize("query", QUERIES)
def test_a_page_of_results_is_light(client: FlaskClient, query: str) -> None:
    import gzip

    content = client.get(Search(query).url()).data
    assert len(content) < 60_000
    assert len(gzip.compress(content)) < 15_000
