"""Searches as hypothesis makes them, and the parameters of an address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import strategies as st

from archive.release import PublishedDate
from indexer.query import Choice, Filters, Order
from web import urls
from web.urls import Search

texts = st.text(st.characters(codec="utf-8"), max_size=40)
names = st.lists(texts, max_size=3, unique=True).map(tuple)
slugs = st.lists(
    texts.map(urls.person_key).filter(lambda slug: urls.person_key(slug) == slug), max_size=3, unique=True
).map(tuple)
days = st.dates().map(lambda d: PublishedDate(d.year, d.month, d.day))
dates = (
    st.none() | days | days.map(lambda d: PublishedDate(d.year)) | days.map(lambda d: PublishedDate(d.year, d.month))
)
ranges = st.tuples(dates, dates).filter(lambda r: not (r[0] and r[1]) or r[0].first <= r[1].last)
searches = st.builds(
    lambda text, person, source, place, span, undated, order, page, per: Search(
        text, Filters(person, source, place, span[0], span[1], undated), order, page, per
    ),
    texts,
    st.builds(Choice, slugs, slugs),
    st.builds(Choice, names, names),
    st.builds(Choice, names, names),
    ranges,
    st.booleans(),
    st.sampled_from(list(Order)),
    st.integers(1, 1_000_000),
    st.sampled_from((10, 20, 50)),
)


def values_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query, keep_blank_values=True)
