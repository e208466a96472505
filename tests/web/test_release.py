"""The page of a release: its address holds for good, its marks are the matches, its neighbours are the results'."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reader import Page, read

from archive.store import Archive
from indexer.maintenance import build
from indexer.query import Order
from indexer.search.json_serializer import release_to_json
from indexer.search.searcher import Searcher
from web import create_app, urls
from web.urls import Search


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def page_at(client: FlaskClient, url: str) -> Page:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return read(answer.text)


def body_of(client: FlaskClient, url: str) -> str:
    """The markup of the release's own texts: without the search box and the record below."""
    return client.get(url).text.split('<article class="release">')[1].split("</article>")[0]


def test_every_release_shows_its_texts(client: FlaskClient, sample_searcher: Searcher) -> None:
    for version in sample_searcher.archive.releases(sample_searcher.archive.live_ids()):
        page = page_at(client, urls.release_url(version.work, version.release.title))
        assert version.release.title.strip() in page.h1
        shown = " ".join(page.text.split())
        assert all(" ".join(part.split()) in shown for part in version.release.body.split("\n\n"))
        assert page.mistakes == []


QUERIES = [
    "the",
    "flood",
    '"coast authority"',
    "title:light*",
    "harbor NEAR/9 the",
    "bell OR fog",
    "the -zzqx",
    "date:2005",
]


@pytest.mark.parametrize("query", QUERIES)
def test_marks_are_the_matches_and_numbered_in_order(
    client: FlaskClient, sample_searcher: Searcher, query: str
) -> None:
    for hit in sample_searcher.search(query, limit=20).hits:
        version = sample_searcher.version(hit.id)
        marked = sample_searcher.highlight(query, version)
        html = body_of(client, urls.release_url(hit.id, version.release.title, Search(query)))
        total = len(marked.title) + len(marked.body)
        assert total == hit.matches
        assert re.findall(r'<mark id="m(\d+)">', html) == [str(n) for n in range(1, total + 1)]
        wanted = [version.release.title[a:b] for a, b in marked.title]
        wanted += [version.release.body[a:b] for a, b in marked.body]
        there = "".join(read(html).marks)
        assert there.split() == "".join(wanted).split()


def test_without_a_query_nothing_is_marked(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("flood").hits[0]
    page = page_at(client, urls.release_url(hit.id, hit.title.text))
    assert page.marks == []
    assert "Back to results" not in page.text


def test_neighbours_are_those_of_the_results(client: FlaskClient, sample_searcher: Searcher) -> None:
    search = Search("the", order=Order.OLDEST)
    hits = sample_searcher.search("the", order=Order.OLDEST, limit=30).hits
    for at, hit in enumerate(hits[:25]):
        page = page_at(client, urls.release_url(hit.id, hit.title.text, search))
        assert f"Result {at + 1} of " in page.text
        if at:
            assert urls.release_url(hits[at - 1].id, hits[at - 1].title.text, search) in page.links
        assert urls.release_url(hits[at + 1].id, hits[at + 1].title.text, search) in page.links
        back = search.at_page(at // 10 + 1).url()
        assert f"{back}#r{at + 1}" in page.links
        assert f"r{at + 1}" in page_at(client, back).ids


def test_a_release_that_is_not_a_result_says_so(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("-flood").hits[0]
    page = page_at(client, urls.release_url(hit.id, hit.title.text, Search("flood")))
    assert "not in the results" in page.text


def test_other_addresses_of_a_release_lead_to_the_one(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("flood").hits[0]
    url = urls.release_url(hit.id, hit.title.text)
    for other in (f"/release/{hit.id}", f"/release/{hit.id}/wrong", f"/release/{hit.id.upper()}/x", f"{url[:-1]}"):
        answer = client.get(f"{other}?q=%22a+b%22&from=2001")
        assert (answer.status_code, answer.location) == (302, f"{url}?q=%22a+b%22&from=2001")
    assert f'<link rel="canonical" href="http://localhost{url}">' in client.get(f"{url}?q=flood").text


def test_the_permalink_stands_on_the_page(client: FlaskClient, sample_searcher: Searcher) -> None:
    hit = sample_searcher.search("flood").hits[0]
    page = page_at(client, urls.release_url(hit.id, hit.title.text))
    assert f"http://localhost/release/{hit.id}" in page.text


def test_everything_known_is_shown(client: FlaskClient, sample_searcher: Searcher) -> None:
    for hit in sample_searcher.search("", limit=20).hits:
        version = sample_searcher.version(hit.id)
        page = page_at(client, urls.release_url(hit.id, hit.title.text))
        for known, person in zip(version.people, version.release.people, strict=True):
            assert urls.person_url(known.slug) in page.links
            assert person.name in page.text
        for each in version.release.evidence:
            assert each.rule.sentence in page.text
        assert version.digest in page.text
        for location in sample_searcher.archive.locations(version):
            assert location.path in page.text


@pytest.mark.parametrize("rest", ["", "/x", "/v1", "/original"])
def test_an_unknown_release_is_a_kind_page(client: FlaskClient, rest: str) -> None:
    answer = client.get(f"/release/0000000000{rest}")
    assert answer.status_code == 404
    page = read(answer.text)
    assert "There is no" in page.text
    assert "q" in page.fields


def test_the_original_is_the_bytes(client: FlaskClient, sample_searcher: Searcher) -> None:
    for work in sample_searcher.archive.live_ids():
        version = sample_searcher.version(work)
        answer = client.get(f"/release/{work}/original")
        assert answer.data == sample_searcher.archive.original(version.digest)
        assert "html" not in answer.headers["Content-Type"]
        assert "xml" not in answer.headers["Content-Type"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert (
            client.get(f"/release/{work}/original", headers={"If-None-Match": f'"{version.digest}"'}).status_code == 304
        )


def test_the_json_of_a_release(client: FlaskClient, sample_searcher: Searcher) -> None:
    work = sample_searcher.archive.live_ids()[0]
    version, archive = sample_searcher.version(work), sample_searcher.archive
    assert client.get(f"/release/{work}.json").json == release_to_json(
        version, archive.versions(work), archive.locations(version)
    )
    assert client.get("/release/0000000000.json").get_json()["status"] == 404


def test_edited_and_deleted_releases_keep_their_pages(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    path = write("one.txt", "Lamp Is Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit.\n")
    write("two.txt", "Other\n\nPORT ELSINORE, May 3, 1996 -- Something else.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    work = client.get("/search.json?q=lamp").get_json()["hits"][0]["id"]
    first = client.get(f"/release/{work}", follow_redirects=True)

    write("one.txt", "Lamp Is Out\n\nPORT ELSINORE, May 2, 1996 -- The lamp is out, it was found today.\n")
    build.add(data, folder)
    now = client.get(first.request.path, follow_redirects=True)
    assert "lamp is out" in now.text
    assert f"/release/{work}/v1" in read(now.text).links
    earlier = client.get(f"/release/{work}/v1")
    assert "lamp is lit" in earlier.text
    assert "An earlier version." in earlier.text
    assert b"is lit" in client.get(f"/release/{work}/original?v=1").data
    assert b"is out" in client.get(f"/release/{work}/original").data
    assert client.get(f"/release/{work}/v3").status_code == 404

    path.unlink()
    build.add(data, folder)
    gone = client.get(f"/release/{work}", follow_redirects=True)
    assert gone.status_code == 200
    assert "Withdrawn." in gone.text
    assert "lamp is out" in gone.text
    assert client.get("/search.json?q=lamp").get_json()["total"] == 0


def test_a_surname_with_an_office_alone_has_a_heading_of_its_own(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    text = "The lamp was lit by Senator Zorkan and by Ann Lee, a keeper of it, and it is lit now for all of us."
    write("one.txt", f"Lamp Is Lit\n\nPORT ELSINORE, May 2, 1996 -- {text}\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    hit = client.get("/search.json?q=lamp").get_json()["hits"][0]
    assert hit["people"] == ["Ann Lee"]
    page = client.get(f"/release/{hit['id']}", follow_redirects=True).text
    people, surnames = page.split("<h2>People</h2>")[1].split("<dt>Named by surname alone</dt>")
    assert "Ann Lee" in people
    assert "Zorkan" not in people
    assert "<li><bdi>Senator Zorkan</bdi></li>" in surnames.split("</ul>")[0]
    kinds = {each["name"]: each["kind"] for each in client.get(f"/release/{hit['id']}.json").get_json()["mentions"]}
    assert kinds == {"Ann Lee": "named", "Zorkan": "unresolved"}


def test_a_release_in_another_language_says_why_it_names_nobody(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    write(
        "a.txt",
        "Nouveau pont\n\nLYON, le 5 mars 2012 — La ministre a inauguré mardi un nouveau pont sur le Rhône, et les "
        "habitants de la ville sont venus pour voir le pont. C’est la plus grande fête de la ville.\n",
    )
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    page = create_app(data).test_client().get(f"/release/{work}", follow_redirects=True)
    assert "People are looked for in English texts only; this release is in French." in page.text


def test_a_surname_that_others_tell_is_shown_as_who_it_is(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    for number in range(3):
        write(
            f"{number}.txt", f"Quay {number}\n\nELSINORE, May 2, 2010 -- It is open, said Senator Ada Zorkan at noon.\n"
        )
    write(
        "alone.txt", "Ferry Sails\n\nELSINORE, May 9, 2010 -- The ferry sails again, Senator Zorkan said on Monday.\n"
    )
    build.add(data, folder)
    with Archive(data) as archive:
        found = [each for each in archive.live_ids() if archive.find_version(each).release.title == "Ferry Sails"]
    page = create_app(data).test_client().get(f"/release/{found[0]}", follow_redirects=True)
    assert '<a href="/people/ada-zorkan"><bdi>Ada Zorkan</bdi></a>, by <q>Senator Zorkan</q>' in page.text
