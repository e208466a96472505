"""Addresses: a search goes into one and comes out again; what cannot be read is left out with a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searches import searches, texts, values_of

from archive.ids import name_key
from archive.release import PublishedDate
from indexer.query import Choice, Filters, NameField, Order
from indexer.search.release_urls import release_slug
from web import urls
from web.urls import Search, read_search


@given(searches)
def test_a_search_survives_its_address(search: Search) -> None:
    assert read_search(values_of(search.url())) == (search, ())


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "q",
                "source",
                "person",
                "place",
                "not_source",
                "not_person",
                "from",
                "to",
                "undated",
                "sort",
                "page",
                "per",
            ]
        ),
        st.lists(texts, max_size=3),
    )
)
def test_any_parameters_give_a_search_whose_address_is_settled(values: dict[str, list[str]]) -> None:
    search, _ = read_search(values)
    assert read_search(values_of(search.url()))[0] == search


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"from": ["20x5"]}, "“20x5” is not a date"),
        ({"from": ["2005-13"]}, "not a date"),
        ({"to": ["2005-02-30"]}, "not a date"),
        ({"to": ["0000"]}, "not a date"),
        ({"sort": ["best"]}, "“best” is not a way to sort"),
        ({"page": ["two"]}, "“two” is not a number for “page”"),
        ({"page": ["-1"]}, "not a number"),
        ({"per": ["٣"]}, "not a number"),
        ({"from": ["2006"], "to": ["2004"]}, "were swapped"),
        ({"source": [str(n) for n in range(60)]}, "first 50 values"),
    ],
)
def test_what_cannot_be_read_is_said(values: dict[str, list[str]], words: str) -> None:
    _, notices = read_search(values)
    assert len(notices) == 1
    assert words in notices[0]


@pytest.mark.parametrize(
    ("given_", "per"), [("1", 10), ("10", 10), ("11", 20), ("50", 50), ("999999999", 50), ("0", 10), ("", 10)]
)
def test_pages_have_one_of_three_sizes(given_: str, per: int) -> None:
    assert read_search({"per": [given_]})[0].per == per


def test_there_is_no_page_before_the_first_nor_after_the_millionth() -> None:
    assert read_search({"page": ["0"]})[0].page == 1
    assert read_search({"page": ["999999999"]})[0].page == 1_000_000


def test_dates_the_wrong_way_round_are_exchanged() -> None:
    filters = read_search({"from": ["2006"], "to": ["2004-05"]})[0].filters
    assert (filters.since, filters.until) == (PublishedDate(2004, 5), PublishedDate(2006))


def test_a_person_may_be_named() -> None:
    assert read_search({"person": ["Halvard J. Brenn"]})[0].filters.person.any_of == ("halvard-j-brenn",)


def test_an_empty_name_asks_for_those_without() -> None:
    search = read_search({"source": [""], "person": [""]})[0]
    assert search.filters.source == search.filters.person == Choice(("",))


@pytest.mark.parametrize(
    "name", ["Halvard J. Brenn", "Dean Holloway Jr.", "J.", "Jr.", "Zoë Brûlard", "O'Brennan", "村上"]
)
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert urls.person_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Original", "original-release"),
        ("V2", "v2-release"),
        ("V 2", "v-2"),
        ("Lighthouse", "lighthouse"),
        ("", "untitled"),
        ("¡Olé!", "ole"),
    ],
)
def test_no_title_takes_an_address_that_means_something_else(title: str, slug: str) -> None:
    assert release_slug(title) == slug


def test_the_address_of_a_release_carries_the_search_but_not_the_page() -> None:
    search = Search("flood", Filters(source=Choice(("A & B",))), Order.NEWEST, page=3)
    assert urls.release_url("abc", "A Title", search) == "/release/abc/a-title?q=flood&source=A+%26+B&sort=newest"
    assert urls.release_url("abc", "A Title", Search(page=3)) == "/release/abc/a-title"


@pytest.mark.parametrize(
    ("period", "url"), [("2011", "/dates/2011"), ("2011-01-20", "/dates/2011/01/20"), ("", "/dates/undated")]
)
def test_the_address_of_a_date(period: str, url: str) -> None:
    assert urls.date_url(period) == url


def test_names_that_are_none_lead_to_a_search() -> None:
    assert urls.name_url(NameField.SOURCE, "") == "/search?source="
    assert urls.name_url(NameField.PLACE, "Pell's Landing") == "/places/pells-landing"
