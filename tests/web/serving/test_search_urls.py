"""Prepared addresses are those of the searches they stand for, whatever the search."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from searches import days, names, searches, slugs

from indexer.query import Choice, NameField, Order
from web.search_urls import SearchUrls, prepare_urls
from web.urls import Search


@given(searches, st.sampled_from(list(NameField)), st.builds(Choice, names | slugs, names | slugs))
def test_another_choice(search: Search, name: NameField, choice: Choice) -> None:
    assert SearchUrls(search).with_choice(name, choice) == search.with_choice(name, choice).url()


@given(searches, st.sampled_from(list(Order)))
def test_another_order(search: Search, order: Order) -> None:
    assert prepare_urls(search).with_order(order) == search.with_order(order).url()


@given(searches, st.just("") | days.map(lambda day: day.iso) | st.sampled_from(["2004", "2004-05"]))
def test_another_period(search: Search, period: str) -> None:
    assert SearchUrls(search).within_period(period) == search.within_period(period).url()


@given(searches)
def test_whether_it_is_long(search: Search) -> None:
    assert SearchUrls(search).is_long == search.is_long == (len(search.first_page.url()) > 500)
