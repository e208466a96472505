"""What browsers and crawlers look for: search descriptions, suggestions, sitemaps, robots.txt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient
from lxml import etree
from page_reader import read

from archive.store import Archive
from indexer.maintenance import build
from web import create_app
from web.formats import sitemap

PUBLIC = "https://news.example.org/archive"
OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


@pytest.fixture(scope="module")
def public(sample_data: Path) -> FlaskClient:
    return create_app(sample_data, url=PUBLIC).test_client()


def test_every_page_names_the_description_and_it_names_where_to_search(client: FlaskClient) -> None:
    page = client.get("/help").text
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" title="Dateline" href="/opensearch.xml">'
        in page
    )
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    found = etree.fromstring(answer.data)
    assert 0 < len(found.findtext("o:ShortName", "", OPENSEARCH)) <= 16
    assert found.findtext("o:InputEncoding", "", OPENSEARCH) == "UTF-8"
    urls = {each.get("type"): each.get("template") for each in found.iterfind("o:Url", OPENSEARCH)}
    expected = {"text/html", "application/json", "application/atom+xml", "application/x-suggestions+json"}
    assert expected < set(urls)
    for media_type in expected:
        address = (
            urls[media_type].replace("{searchTerms}", "bridge").replace("{startIndex?}", "").replace("{count?}", "")
        )
        assert address.startswith("http://localhost/")
        result = client.get(address.removeprefix("http://localhost"))
        assert (result.status_code, result.mimetype) == (200, media_type)


def test_the_description_names_the_public_address(public: FlaskClient) -> None:
    found = etree.fromstring(public.get("/archive/opensearch.xml").data)
    addresses = [each.get("template") for each in found.iterfind("o:Url", OPENSEARCH)]
    assert all(each.startswith(f"{PUBLIC}/") for each in addresses)
    assert found.findtext("o:Image", "", OPENSEARCH).startswith(f"{PUBLIC}/static/")
    assert 'data-url="/archive/suggest"' in public.get("/archive/help").text


@pytest.mark.parametrize(
    "text", ["brenn", "br", "", "<script>alert(1)</script>", '"', "\0", "\u202e", "é 🚢", "a&b=c#d"]
)
def test_suggestions_are_four_lists_that_agree(client: FlaskClient, text: str) -> None:
    answer = client.get("/suggest", query_string={"q": text})
    assert answer.mimetype == "application/x-suggestions+json"
    typed, texts, counts, addresses = json.loads(answer.text)
    assert typed == text
    assert len(texts) == len(counts) == len(addresses) <= 10
    for query, count, address in zip(texts, counts, addresses, strict=True):
        assert address.startswith("http://localhost/search?")
        assert parse_qs(urlsplit(address).query)["q"] == [query]
        page = read(client.get(address.removeprefix("http://localhost")).text)
        assert count in page.title


def locations(content: bytes) -> list[str]:
    return [each.text or "" for each in etree.fromstring(content).iterfind(".//s:loc", SITEMAP)]


def test_the_sitemap_has_each_live_release_with_the_day_its_version_was_seen(
    public: FlaskClient, sample_data: Path
) -> None:
    lists = locations(public.get("/archive/sitemap.xml").data)
    assert lists == [f"{PUBLIC}/sitemap-1.xml"]
    content = public.get("/archive/sitemap-1.xml").data
    days = [each.text for each in etree.fromstring(content).iterfind(".//s:lastmod", SITEMAP)]
    with Archive(sample_data) as archive:
        versions = archive.current(archive.live_ids())
        assert days == [versions[each].added[:10] for each in archive.live_ids()]
    addresses = locations(content)
    assert len(set(addresses)) == len(days)
    for address in addresses:
        assert address.startswith(f"{PUBLIC}/release/")
        assert public.get(address.removeprefix("https://news.example.org")).status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x", "-1", "1.5"])
def test_there_is_no_other_list(client: FlaskClient, number: str) -> None:
    answer = client.get(f"/sitemap-{number}.xml")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_lists_are_cut_and_leave_out_what_was_withdrawn(
    data: Path, folder: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 3)
    for number in range(8):
        write(f"{number}.txt", f'Ferry & "{number}" <b>\n\nPORT, Jan. 2, 2011 -- Ferry {number} sails.\n')
    build.add(data, folder)
    client = create_app(data).test_client()
    whole = [locations(client.get(f"/sitemap-{number}.xml").data) for number in (1, 2, 3)]
    assert [len(each) for each in whole] == [3, 3, 2]
    assert len({each for some in whole for each in some}) == 8
    for number in range(5):
        (folder / f"{number}.txt").unlink()
    build.add(data, folder)
    left = locations(client.get("/sitemap-1.xml").data)
    assert len(left) == 3
    assert len(locations(client.get("/sitemap.xml").data)) == 1
    assert set(left) < {each for some in whole for each in some}
    assert client.get("/sitemap-2.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True), ("/release/abc/bridge", True), ("/people", True), ("/people/ada-quill", True),
        ("/dates/2011", True), ("/sitemap-1.xml", True), ("/static/dateline.css", True), ("/search", False),
        ("/search.csv", False), ("/facets/person", False), ("/batch", False), ("/suggest", False),
    ],
)  # fmt: skip
def test_crawlers_may_read_releases_and_lists_and_no_searches(public: FlaskClient, path: str, allowed: bool) -> None:
    answer = public.get("/archive/robots.txt")
    assert answer.mimetype == "text/plain"
    robots = RobotFileParser()
    # The standard library's reader takes the first rule that fits, where RFC 9309 takes the longest one.
    rules = [line for line in answer.text.splitlines() if line]
    first = [line for line in rules if not line.startswith("Allow")]
    robots.parse(first)
    assert robots.can_fetch("Bot", f"{PUBLIC}{path}") is allowed
    assert robots.site_maps() == [f"{PUBLIC}/sitemap.xml"]
    assert "Allow: /archive/static/" in rules
    assert "Disallow: /archive/*?" in rules
