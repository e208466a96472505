"""A search as a feed: its public hits by when they came, last first, each with its passages."""

from __future__ import annotations

import hashlib
from urllib.parse import urlencode

from markupsafe import Markup, escape

from indexer.results import Hit, RecentPage
from indexer.search import search_params
from web import urls
from web.formats import Entry, Feed, Link, atom, paging_links
from web.parts.filters import date_words, mark_snippet
from web.site import absolute_url
from web.urls import Search

PER_PAGE = 20
"""Entries on one page of a feed."""


def make_feed(search: Search, page: RecentPage, title: str, path: str, page_url: str) -> Feed:
    """The feed of a search, which stands at `path`; `page_url` is the page of the same releases."""
    pages = max(1, -(-page.total // PER_PAGE))
    links = (
        Link("alternate", absolute_url(page_url), "text/html"),
        *paging_links(lambda number: absolute_url(_page_url(path, search, number)), search.page, pages),
    )
    entries = tuple(_entry(hit, at, search) for hit, at in zip(page.hits, page.times, strict=True))
    updated = max((entry.updated for entry in entries), default=atom.NEVER)
    return Feed(_feed_id(path, search), title, updated, links, entries, subtitle=_describe(page))


def _page_url(path: str, search: Search, number: int) -> str:
    """A page of the feed; the constraints of a search stand in its address, those of a name in the path of its feed."""
    params = search_params(search.text, search.filters) if path == "/feed.atom" else []
    return urls.with_query(path, [*params, *([("page", str(number))] if number > 1 else [])])


def _feed_id(path: str, search: Search) -> str:
    """A name that no host is part of, so that a feed stays itself when the archive moves."""
    params = urlencode(search_params(search.text, search.filters), errors="replace")
    return f"urn:dateline:feed:{hashlib.sha256(f'{path}?{params}'.encode()).hexdigest()[:20]}"


def _describe(page: RecentPage) -> str:
    """The receipt in a line: how the search was read, and what there is to say of it."""
    read = f"Read as: {page.canonical_query}" if page.canonical_query != "*" else "Every release"
    remarks = (*page.notices, *([f"Not all of this query was searched. {page.partial}"] if page.partial else []))
    return ". ".join(part.rstrip(".") for part in ("; ".join((read, *page.filters)), *remarks))


def _entry(hit: Hit, at: str, search: Search) -> Entry:
    return Entry(
        id=f"urn:dateline:{hit.id}",
        title=hit.title.text.strip() or "(no headline)",
        updated=max(at, hit.seen),
        published=at,
        url=absolute_url(urls.hit_url(hit.id, hit.title.text, hit.linked_version, search)),
        authors=(hit.source,) if hit.source else (),
        content=str(_content(hit)),
        categories=tuple(person.name for person in hit.people),
    )


def _content(hit: Hit) -> Markup:
    """What is known of the release in a line, then its passages with the matches marked."""
    facts = (date_words(hit.published), hit.source, hit.place)
    lines = [escape(" · ".join(fact for fact in facts if fact)), *map(mark_snippet, hit.snippets)]
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
