"""Quotations as a feed: the newest by the date of the first place; what is under embargo alone is held back."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from markupsafe import Markup, escape

from indexer.results import QuoteEntry, QuotesPage
from indexer.search import shorten
from web.formats import Entry, Feed, Link, atom, paging_links
from web.parts.filters import date_words, mark_snippet
from web.searcher import embargo_ahead
from web.site import absolute_url
from web.urls import Search

MAX_TITLE = 120


def make_quotes_feed(search: Search, page: QuotesPage) -> bytes:
    """The feed of a search of quotations."""
    pages = max(1, -(-page.total // search.per))
    plain = search.first_page
    links = (
        Link("alternate", absolute_url(plain.url("/quotes")), "text/html"),
        *paging_links(lambda number: absolute_url(_page_url(search, number)), search.page, pages),
    )
    entries = tuple(map(_entry, filter(None, map(_public_part, page.entries))))
    updated = max((each.updated for each in entries), default=atom.NEVER)
    words = shorten(search.text.strip(), 100) or "Every quotation"
    name = hashlib.sha256(plain.url("/quotes.atom").encode("utf-8", "replace")).hexdigest()[:20]
    subtitle = ". ".join(part.rstrip(".") for part in (f"Read as: {page.canonical_query}", *page.notices))
    return atom.write_feed(
        Feed(f"urn:dateline:feed:{name}", f"{words} – Quotations – Dateline", updated, links, entries, subtitle)
    )


def _page_url(search: Search, number: int) -> str:
    return search.at_page(number).url("/quotes.atom")


def _public_part(entry: QuoteEntry) -> QuoteEntry | None:
    """The quotation with the places that are under no embargo; None where there is none."""
    places = tuple(place for place in entry.places if not embargo_ahead(place.id))
    if len(places) == len(entry.places):
        return entry
    speakers = tuple(dict.fromkeys(person for place in places for person in place.speakers))
    return replace(entry, places=places, speakers=speakers) if places else None


def _entry(entry: QuoteEntry) -> Entry:
    first = entry.places[0]
    speakers = tuple(person.name for person in entry.speakers)
    return Entry(
        id=f"urn:dateline:{first.id}:quotation:{first.version}:{first.start}",
        title=shorten(" ".join(entry.words.text.split()), MAX_TITLE),
        updated=max(place.added for place in entry.places),
        published=first.added,
        url=absolute_url(first.url),
        authors=speakers,
        content=str(_content(entry)),
    )


def _content(entry: QuoteEntry) -> Markup:
    speakers = ", ".join(person.name for person in entry.speakers) or "Nobody is named"
    words = Markup("<blockquote>{}</blockquote>").format(mark_snippet(entry.words))
    lines = [words, Markup("<p>— {}</p>").format(speakers)]
    for place in entry.places:
        facts = " · ".join(fact for fact in (date_words(place.published), place.source, place.title) if fact)
        lines.append(Markup('<p><a href="{}">{}</a></p>').format(absolute_url(place.url), escape(facts)))
    return Markup("").join(lines)
