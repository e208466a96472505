"""The head of a release by Zotero's rules, as they were measured; Zotero itself is not run here.

Its rules: `z:itemType` decides what a page is saved as; `citation_author` is cut at its first comma, so that an
institution needs one behind it; a COinS on the page of one release would win; on a list there is nothing else.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient

from archive.store import Archive
from indexer.maintenance import build
from indexer.search.searcher import Searcher
from web import create_app

Write = Callable[..., Path]
PUBLIC = "https://news.example.org/press"


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data, url=PUBLIC).test_client()


def head_of(client: FlaskClient, path: str) -> dict[str, str]:
    """The meta tags of a page by name; none stands twice."""
    page = client.get(path, follow_redirects=True).text.split("</head>")[0]
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    names = [name for name, _ in found if name not in ("viewport", "color-scheme")]
    assert len(names) == len(set(names))
    return {name: html.unescape(content) for name, content in found}


def json_ld_of(client: FlaskClient, path: str) -> dict[str, object]:
    page = client.get(path, follow_redirects=True).text
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    value: dict[str, object] = json.loads(text)
    return value


def test_every_release_is_saved_as_a_press_release_of_its_issuer(
    client: FlaskClient, sample_searcher: Searcher
) -> None:
    archive = sample_searcher.archive
    for version in archive.releases(archive.live_ids()):
        head = head_of(client, f"/release/{version.work}")
        assert (head["z:itemType"], head["z:reportType"]) == ("report", "Press release")
        assert head["citation_title"] == " ".join(version.release.title.split())
        assert "Dateline" not in head["citation_title"] or "Dateline" in version.release.title
        day = version.release.published
        assert head.get("citation_publication_date", "") == (day.iso if day else "")
        address = f"{PUBLIC}/release/{version.work}/v{version.number}"
        assert head["citation_abstract_html_url"] == head["og:url"] == address
        source = version.release.source
        author = head.get("citation_author", "")
        assert (author == f"{source},") if source and not author.endswith(source.split()[0]) else not source
        assert 0 < len(head["description"]) <= 202


@pytest.mark.parametrize(
    ("source", "author"),
    [
        ("Office of Senator Maria Cantwell", "Office of Senator Maria Cantwell,"),
        ("U.S. Department of Justice", "U.S. Department of Justice,"),
        ("Cantwell, Hill and Partners", "Cantwell, Hill and Partners,"),
        ("Maria Cantwell", "Cantwell, Maria"),
    ],
)
def test_an_office_is_kept_whole_and_a_person_is_listed_by_family_name(
    write: Write, folder: Path, data: Path, source: str, author: str
) -> None:
    text = "The pier is open, said Senator Maria Cantwell today."
    write("a.jsonl", json.dumps({"title": "One", "text": text, "source": source}))
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    assert head_of(create_app(data).test_client(), f"/release/{work}")["citation_author"] == author


def test_no_page_of_one_release_has_a_coins_and_a_list_has_one_for_each(client: FlaskClient) -> None:
    page = client.get("/search?q=harbor").text
    spans = re.findall(r'<span class="Z3988" title="([^"]+)"></span>', page)
    cards = re.findall(r'<li class="card"', page)
    assert len(spans) == len(cards) == 10
    for span in spans:
        values = {name: value for name, (value,) in parse_qs(html.unescape(span)).items()}
        assert values["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:book"
        assert values["rft.genre"] == "report"
        assert values["rft_id"].startswith(f"{PUBLIC}/release/")
        assert "rft.au" not in values
        release = client.get(values["rft_id"].removeprefix("https://news.example.org"))
        assert release.status_code == 200
        assert values["rft.btitle"] in html.unescape(release.text)
        assert "Z3988" not in release.text


def test_search_engines_get_one_address_in_full(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("harbor").hits[0]
    for path in (f"/release/{hit.id}", f"/release/{hit.id}/x?q=harbor", f"/release/{hit.id}/v1"):
        page = client.get(path, follow_redirects=True).text
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
        assert canonical.startswith(f"{PUBLIC}/release/{hit.id}/")
        assert "?" not in canonical
        article = json_ld_of(client, path)
        assert article["@type"] == "NewsArticle"
        assert article["mainEntityOfPage"] == canonical
        assert article["headline"] == " ".join(hit.title.text.split())
        assert article["datePublished"] == (hit.published.iso if hit.published else None)


def test_an_earlier_version_names_itself(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", "Lamp Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit.\n")
    build.add(data, folder)
    write("a.txt", "Lamp Lit Again\n\nPORT ELSINORE, May 3, 1996 -- The lamp is lit again.\n")
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    client = create_app(data, url=PUBLIC).test_client()
    for number, day, title in ((1, "1996-05-02", "Lamp Lit"), (2, "1996-05-03", "Lamp Lit Again")):
        head = head_of(client, f"/release/{work}/v{number}")
        assert head["citation_publication_date"] == day
        assert head["citation_title"] == title
        assert head["og:url"] == f"{PUBLIC}/release/{work}/v{number}"
    assert f'rel="canonical" href="{PUBLIC}/release/{work}/v1"' in client.get(f"/release/{work}/v1").text


def test_hostile_words_stay_words(write: Write, folder: Path, data: Path) -> None:
    title = 'He said "no" </script><script>alert(1)</script> & <!-- more'
    write("a.json", json.dumps({"title": title, "body": f"{title}. The lamp is lit."}))
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
        (version,) = archive.releases([work])
    client = create_app(data).test_client()
    assert head_of(client, f"/release/{work}")["citation_title"] == version.release.title
    assert json_ld_of(client, f"/release/{work}")["headline"] == version.release.title
    assert "<script>alert" not in client.get(f"/release/{work}", follow_redirects=True).text
