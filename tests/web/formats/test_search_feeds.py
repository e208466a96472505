"""Feeds of searches and names as a feed reader sees them: order, ids, passages, pages, edits, embargoes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from archive.ingest.sync import sync_folder
from archive.store import Archive
from archive.store.writing import Writer
from indexer.maintenance import build
from indexer.search.searcher import Searcher
from web import create_app

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data, url="https://news.example.org").test_client()


def read_feed(client: FlaskClient, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200, url
    assert answer.mimetype == "application/atom+xml"
    feed = feedparser.parse(answer.data, sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert feed.feed.id.startswith("urn:dateline:")
    return feed


def walk(client: FlaskClient, url: str) -> list[Any]:
    """All entries, page by page, as RFC 5005 leads through them."""
    entries = []
    while url:
        feed = read_feed(client, url.removeprefix("https://news.example.org"))
        entries += feed.entries
        links = {link.rel: link.href for link in feed.feed.links}
        assert links["self"] == url or url.startswith("/")
        url = links.get("next", "")
    return entries


@pytest.mark.parametrize("query", ["", "harbor", '"coast authority"', "person:pell", "date:2005", "nothinglikeit"])
def test_a_feed_has_every_hit_once_by_the_time_it_was_added(
    client: FlaskClient, sample_searcher: Searcher, query: str
) -> None:
    entries = walk(client, f"/feed.atom?q={query.replace(' ', '+')}")
    ids = [entry.id.removeprefix("urn:dateline:") for entry in entries]
    assert sorted(ids) == sorted(sample_searcher.ids(query))
    times = [entry.published for entry in entries]
    assert times == sorted(times, reverse=True)


def test_an_entry_says_what_it_is_and_has_the_passages(client: FlaskClient, sample_searcher: Searcher) -> None:
    (entry, *_) = read_feed(client, "/feed.atom?q=lighthouse").entries
    version = sample_searcher.version(entry.id.removeprefix("urn:dateline:"))
    assert entry.title == version.release.title
    assert entry.link.startswith(f"https://news.example.org/release/{version.work}/")
    assert "q=lighthouse" in entry.link
    assert "<mark>" in entry.content[0].value
    assert entry.content[0].type == "text/html"
    assert entry.published == version.first_added
    assert {tag.term for tag in entry.get("tags", ())} == {known.name for known, _ in version.shown_people}
    assert client.get(entry.link.removeprefix("https://news.example.org")).status_code == 200


@pytest.mark.parametrize("url", ["people", "sources", "places"])
def test_a_name_has_the_feed_of_its_page(client: FlaskClient, url: str) -> None:
    listing = client.get(f"/{url}").text
    slug = listing.split(f'href="/{url}/')[1].split('"')[0]
    html = client.get(f"/{url}/{slug}").text
    assert f'href="/{url}/{slug}.atom"' in html
    total = int(html.split('<span class="for">')[1].split()[0])
    assert len(walk(client, f"/{url}/{slug}.atom")) == total > 0


def test_a_name_that_is_none_has_no_feed(client: FlaskClient) -> None:
    for url in ("/people/nobody-at-all.atom", "/sources/no-such-office.atom"):
        answer = client.get(url)
        assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    moved = client.get("/people/Hiram%20Pell.atom")
    assert (moved.status_code, moved.location) == (302, "/people/hiram-pell.atom")


def test_a_feed_says_how_the_search_was_read(client: FlaskClient) -> None:
    feed = read_feed(client, '/feed.atom?q="harbor+light&from=2004').feed
    assert 'Read as: "harbor light"' in feed.subtitle
    assert "from 2004" in feed.subtitle
    assert "never closed" in feed.subtitle or "quotation mark" in feed.subtitle.lower()


def test_the_ids_of_a_feed_do_not_hang_on_the_host(sample_data: Path) -> None:
    feeds = [
        feedparser.parse(create_app(sample_data, url=url).test_client().get("/feed.atom?q=harbor").data)
        for url in ("https://a.example", "https://b.example/press")
    ]
    ids = [(feed.feed.id, [entry.id for entry in feed.entries]) for feed in feeds]
    assert ids[0] == ids[1]
    assert feeds[1].entries[0].link.startswith("https://b.example/press/release/")


def test_the_second_load_of_a_feed_is_a_304(client: FlaskClient) -> None:
    tag = client.get("/latest.atom").headers["ETag"]
    assert client.get("/latest.atom", headers={"If-None-Match": tag}).status_code == 304


def add(data: Path, folder: Path, now: dt.datetime) -> None:
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as writer:
        sync_folder(writer, folder, now=now, workers=1)
    build.rebuild(data)


LAMP = "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit, said Hiram Pell.\n"


def test_an_edit_is_seen_as_an_update_of_the_same_entry(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", LAMP)
    add(data, folder, dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC))
    client = create_app(data).test_client()
    (before,) = read_feed(client, "/latest.atom").entries
    write("a.txt", LAMP.replace("is lit", "was lit at dusk"))
    add(data, folder, dt.datetime(2026, 1, 3, 12, tzinfo=dt.UTC))
    (after,) = read_feed(client, "/latest.atom").entries
    assert (before.id, before.published) == (after.id, after.published)
    assert (before.updated, after.updated) == ("2026-01-01T12:00:00Z", "2026-01-03T12:00:00Z")
    assert "at dusk" in after.content[0].value


def test_what_is_under_embargo_is_held_back_and_enters_as_new(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", LAMP)
    write("b.txt", "Boat Found\n\nEMBARGOED UNTIL noon, January 5, 2026\n\nPORT ELSINORE -- A boat was found.\n")
    add(data, folder, dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC))
    write("c.txt", LAMP.replace("Lamp", "Lantern"))
    add(data, folder, dt.datetime(2026, 1, 3, 12, tzinfo=dt.UTC))
    write("d.txt", LAMP.replace("Lamp", "Torch"))
    add(data, folder, dt.datetime(2026, 1, 7, 12, tzinfo=dt.UTC))
    with Searcher(data) as searcher:

        def titles(day: int, offset: int = 0, limit: int = 20) -> list[str]:
            page = searcher.recent("", offset=offset, limit=limit, today=dt.date(2026, 1, day))
            assert page.total == (3 if day < 5 else 4)
            return [hit.title.text for hit in page.hits]

        assert titles(4) == ["Torch Lit", "Lantern Lit", "Lamp Lit"]
        assert titles(5) == ["Torch Lit", "Boat Found", "Lantern Lit", "Lamp Lit"]
        assert [titles(5, offset, 1)[0] for offset in range(4)] == titles(5)
        assert searcher.recent("boat", today=dt.date(2026, 1, 4)).total == 0
        times = searcher.recent("", today=dt.date(2026, 1, 5)).times
        assert times[1] == "2026-01-05T00:00:00Z"


def test_an_embargo_that_is_ahead_is_shown(write: Write, folder: Path, data: Path) -> None:
    day = dt.date.today() + dt.timedelta(days=40)
    until = f"{day:%B} {day.day}, {day.year}"
    write("b.txt", f"Boat Found\n\nEMBARGOED UNTIL {until}\n\nPORT ELSINORE -- A boat was found.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    assert "Embargo until" in client.get(f"/release/{work}", follow_redirects=True).text
    assert "embargo until" in client.get("/search?q=boat").text
    assert read_feed(client, "/latest.atom").entries == []


def test_hostile_words_stay_words(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", "<script>alert(1)</script> & \x01 ]]> Lamp\n\nThe lamp <b>is</b> lit & ]]> well.\n")
    build.add(data, folder)
    (entry,) = read_feed(create_app(data).test_client(), "/feed.atom?q=lamp").entries
    assert "<script>" not in entry.content[0].value
    assert "&lt;b&gt;is&lt;/b&gt;" in entry.content[0].value.replace("<mark>", "").replace("</mark>", "")


def test_words_of_a_release_under_embargo_are_in_no_feed_of_quotations(write: Write, folder: Path, data: Path) -> None:
    until = (dt.date.today() + dt.timedelta(days=2)).strftime("%B %-d, %Y")
    write(
        "a.txt",
        "Boat Lost\n\nPORT ELSINORE -- “The boat is lost to us,” said Ada Quill. “We miss it,” said Ada Quill.\n",
    )
    said = "“The boat is lost to us,” said Ada Quill. “We will buy another,” said Ada Quill."
    write("b.txt", f"Boat Bought\n\nEMBARGOED UNTIL {until}\n\nPORT ELSINORE -- {said}\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    assert client.get("/quotes.json").get_json()["total"] == 3
    entries = read_feed(client, "/quotes.atom").entries
    assert sorted(entry.title for entry in entries) == ["“The boat is lost to us,”", "“We miss it,”"]
    assert all(entry.content[0].value.count("<a ") == 1 for entry in entries)
