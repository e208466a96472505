"""A long query: its page holds it once, stays small, and is still one to work with; addresses have an end."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from page_reader import read

from benchmarks.hard.queries import QUERIES, make_query
from indexer.search.searcher import Searcher
from web import create_app
from web.urls import Search, read_search

COMMON = ("the", "of", "harbor", "bridge", "flood", "water", "ferry", "bell", "light", "coast") * 20
LONG = " OR ".join(f"harbor{number:03}" for number in range(80)) + " OR bridge OR flood"


@pytest.fixture(scope="module")
def client(sample_searcher: Searcher) -> FlaskClient:
    return create_app(sample_searcher.data).test_client()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_makes_a_large_page(client: FlaskClient, name: str) -> None:
    text = make_query(name, COMMON)
    for path in ("/search", "/search.json"):
        answer = client.get(path, query_string={"q": text})
        assert answer.status_code == 200
        assert len(answer.data) <= 100_000, path


def test_a_long_query_stands_once_in_its_box_and_once_in_the_receipt(client: FlaskClient) -> None:
    text = client.get("/search", query_string={"q": LONG}).text
    assert text.count("harbor070") == 2
    assert text.count("harbor001") <= 6  # and shortened: in the title of the page, above the receipt, in its list
    page = read(text)
    assert not [link for link in page.links if len(link) > 600]


def test_what_would_be_links_are_buttons_of_the_box(client: FlaskClient, sample_searcher: Searcher) -> None:
    text = client.get("/search", query_string={"q": LONG, "source": "National Waterways Survey"}).text
    assert '<form class="box" id="box"' in text
    for control in (
        'form="box" name="sort" value="newest"',
        'form="box" name="not_place"',
        'form="box" name="source" value="National Waterways Survey" checked',
        'form="box" id="from" name="from"',
    ):
        assert control in text, control
    found, text = sample_searcher.search(LONG), client.get("/search", query_string={"q": LONG}).text
    assert found.total > 10
    assert 'form="box" name="page" value="2"' in text
    assert all(f'href="/release/{hit.id}/' in text for hit in found.hits)


def test_a_button_pressed_asks_for_what_it_says(client: FlaskClient) -> None:
    asked, notices = read_search({"q": [LONG], "sort": ["relevance", "newest"], "page": ["2"]})
    assert (asked.order.value, asked.page, notices) == ("newest", 2, ())
    answer = client.get("/search", query_string={"q": LONG, "page": "2"})
    assert "Page 2 of" in answer.text


def test_a_short_query_has_links_as_ever(client: FlaskClient) -> None:
    text = client.get("/search", query_string={"q": "harbor OR bridge"}).text
    assert 'form="box"' not in text
    assert not Search("harbor OR bridge").is_long
    assert Search(LONG).is_long


def test_all_values_of_a_long_query_are_listed_without_links(client: FlaskClient) -> None:
    answer = client.get("/facets/place", query_string={"q": LONG})
    assert answer.status_code == 200
    assert len(answer.data) < 20_000


def test_what_was_left_out_is_said_above_the_hits(client: FlaskClient) -> None:
    query = " OR ".join(f"w{number}*" for number in range(40)) + " OR bridge"
    text = client.get("/search", query_string={"q": query}).text
    assert "Not all of this query was searched." in text
    assert text.index("Only the first 32 of the 40 words") < text.index('class="cards"')
    assert client.get("/search.json", query_string={"q": query}).get_json()["partial"].startswith("Only the first 32")
    assert client.get("/search.json", query_string={"q": "bridge"}).get_json()["partial"] is None
    assert "Only the first 32" in client.get("/facets/place", query_string={"q": query}).text


def test_a_short_answer_is_followed_by_others_below_a_line(client: FlaskClient, sample_searcher: Searcher) -> None:
    found = sample_searcher.search("national waterways survey bridge")
    assert found.more
    text = client.get("/search", query_string={"q": "national waterways survey bridge"}).text
    line = text.index("notice more")
    for hit in found.hits:
        assert text.index(f'href="/release/{hit.id}/') < line
    for hit in found.more.hits:
        assert text.index(f'href="/release/{hit.id}/') > line
    assert f'start="{found.total + 1}"' in text
    newest = client.get("/search", query_string={"q": "national waterways survey bridge", "sort": "newest"}).text
    assert "notice more" not in newest


def test_did_you_mean_stands_above_the_hits(client: FlaskClient) -> None:
    text = client.get("/search", query_string={"q": "brigde"}).text
    assert "Did you mean" in text
    assert text.index("Did you mean") < text.index("No release matches the whole query")
    assert any("q=bridge" in link for link in read(text).links)


def test_a_query_is_read_up_to_8_kilobytes(client: FlaskClient) -> None:
    text = client.get("/search.json", query_string={"q": "é" * 5000}).get_json()["receipt"]
    assert text["typed"] == "é" * 4096
    assert "Only the first 8,192 bytes of the query were read." in text["notices"]


@pytest.mark.parametrize("path", ["/search", "/search.json", "/facets/place"])
def test_only_an_address_of_more_than_32_kilobytes_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(f"{path}?q={quote('é' * 4000)}").status_code == 200
    assert client.get(f"{path}?q={'a' * (32 * 1024 - len(path) - 2)}").status_code == 200
    assert client.get(f"{path}?q={'a' * (32 * 1024)}").status_code == 414


@pytest.mark.parametrize("number", ["51", "1000000"])
def test_a_page_has_fifty_results_at_most_and_says_so(client: FlaskClient, number: str) -> None:
    text = client.get("/search", query_string={"q": "the", "per": number}).text
    assert "At most 50 results are given at once." in text
    assert "At most 50" not in client.get("/search", query_string={"q": "the", "per": "50"}).text
