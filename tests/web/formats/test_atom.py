"""Feeds as a feed reader reads them (feedparser), with whatever may stand in a release."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from lxml import etree

from web.formats.atom import Entry, Feed, Link, paging_links, write_feed

HOSTILE = [
    "<script>alert(1)</script>",
    "\"quoted\" & 'quoted' ]]> <!-- --> <?xml?>",
    "line\nline\ttab",
    "🗞️ مرحبا \u202eRTL\u202c é",
    "a&amp;b &lt;",
]


def read(feed: Feed) -> Any:
    parsed = feedparser.parse(write_feed(feed))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def feed_of(*entries: Entry, **named: Any) -> Feed:
    links = (Link("self", "https://a.example/changes.atom", "application/atom+xml"),)
    return Feed("urn:dateline:changes", "What changed", "2026-11-30T12:00:00Z", links, entries, **named)


def entry_of(**named: Any) -> Entry:
    values = {
        "id": "urn:dateline:abc:v2", "title": "Lamp Lit", "updated": "2026-11-29T12:00:00Z", "url": "https://a.example/x"
    }  # fmt: skip
    return Entry(**values | named)


def test_a_reader_finds_every_value() -> None:
    parsed = read(
        feed_of(
            entry_of(
                published="1996-05-02T00:00:00Z",
                authors=("Harbor Board", "Town of Elsinore"),
                summary="<p>short</p>",
                content="<p>The lamp is <del>lit</del><ins>out</ins>.</p>",
                categories=("edited", "Port Elsinore"),
                language="en",
            ),
            subtitle="Edited and withdrawn releases",
        )
    )
    feed, (entry,) = parsed.feed, parsed.entries
    assert parsed.version == "atom10"
    assert (feed.id, feed.title, feed.subtitle) == (
        "urn:dateline:changes", "What changed", "Edited and withdrawn releases"
    )  # fmt: skip
    assert (feed.updated, feed.author) == ("2026-11-30T12:00:00Z", "Dateline")
    assert (entry.id, entry.title, entry.link) == ("urn:dateline:abc:v2", "Lamp Lit", "https://a.example/x")
    assert (entry.updated, entry.published) == ("2026-11-29T12:00:00Z", "1996-05-02T00:00:00Z")
    assert [each.name for each in entry.authors] == ["Harbor Board", "Town of Elsinore"]
    assert [each.term for each in entry.tags] == ["edited", "Port Elsinore"]
    assert entry.summary == "<p>short</p>"
    (content,) = entry.content
    assert (content.type, content.language) == ("text/html", "en")
    assert content.value == "<p>The lamp is <del>lit</del><ins>out</ins>.</p>"


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_come_back_as_they_are(text: str) -> None:
    root = etree.fromstring(write_feed(feed_of(entry_of(title=text, authors=(text,), summary=text), subtitle=text)))
    (title,) = root.xpath("//*[local-name()='entry']/*[local-name()='title']")
    (name,) = root.xpath("//*[local-name()='entry']/*[local-name()='author']/*[local-name()='name']")
    (summary,) = root.xpath("//*[local-name()='summary']")
    (subtitle,) = root.xpath("//*[local-name()='subtitle']")
    assert [each.text for each in (title, name, summary, subtitle)] == [text] * 4


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_dropped(character: str) -> None:
    text = f"a{character}b"
    parsed = read(feed_of(entry_of(title=text, content=text, categories=(text,), url=f"https://a.example/{text}")))
    (entry,) = parsed.entries
    assert (entry.title, entry.content[0].value, entry.tags[0].term) == ("ab", "ab", "ab")
    assert entry.link == "https://a.example/ab"


def test_no_markup_of_a_title_is_read_as_markup() -> None:
    (entry,) = read(feed_of(entry_of(title="<b>1 < 2</b> &amp;"))).entries
    assert entry.title_detail.type == "text/plain"
    assert entry.title == "<b>1 < 2</b> &amp;"


def test_empty_values_leave_no_elements() -> None:
    written = write_feed(feed_of(entry_of()))
    for name in (b"summary", b"content", b"published", b"category", b"subtitle", b"lang"):
        assert name not in written
    assert read(feed_of()).entries == []


@pytest.mark.parametrize(
    ("page", "pages", "expected"),
    [
        (1, 1, {"self": 1, "first": 1, "last": 1}),
        (1, 3, {"self": 1, "first": 1, "next": 2, "last": 3}),
        (2, 3, {"self": 2, "first": 1, "previous": 1, "next": 3, "last": 3}),
        (3, 3, {"self": 3, "first": 1, "previous": 2, "last": 3}),
        (5, 3, {"self": 5, "first": 1, "last": 3}),
    ],
)
def test_a_paged_feed_links_to_its_other_pages(page: int, pages: int, expected: dict[str, int]) -> None:
    links = paging_links(lambda number: f"https://a.example/f.atom?page={number}", page, pages)
    assert {link.rel: int(link.href.rpartition("=")[2]) for link in links} == expected
    feed = Feed("urn:x", "T", "2026-11-30T12:00:00Z", links, ())
    assert {each.rel for each in read(feed).feed.links} == set(expected)
