"""Sitemaps (sitemaps.org, protocol 0.9): an index, and lists of at most 10,000 addresses each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from archive.store.listings import LiveAddress
from web.urls import release_url

MAX_ADDRESSES = 10_000
"""Addresses in one list; the protocol allows 50,000."""

MEDIA_TYPE = "application/xml"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_index(addresses: Iterable[str]) -> str:
    """The index: the full addresses of the lists."""
    lists = "".join(f"<sitemap><loc>{escape(each)}</loc></sitemap>\n" for each in addresses)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{lists}</sitemapindex>\n'


def write_list(releases: Iterable[LiveAddress], full_address: Callable[[str], str]) -> Iterator[str]:
    """A list, piece by piece: the page of each release, and the day on which what it says was first seen."""
    yield f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n'
    for each in releases:
        address = escape(full_address(release_url(each.id, each.title)))
        yield f"<url><loc>{address}</loc><lastmod>{each.seen[:10]}</lastmod></url>\n"
    yield "</urlset>\n"
