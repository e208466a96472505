"""The results page of a search of earlier versions: each hit says which it is, and its links stay in the search."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from indexer.maintenance import build
from web import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    root = tmp_path_factory.mktemp("versions")
    folder = root / "releases"
    folder.mkdir()
    for word in ("resigned", "stays"):
        for number in (1, 2, 3):
            text = (
                f"Notice {number} of the harbor\n\nPORT, Jan. {number}, 2011 -- Keeper {number} {word} at the lamp.\n"
            )
            (folder / f"{number}.txt").write_text(text)
        build.add(root / "data", folder)
    (folder / "3.txt").unlink()
    build.add(root / "data", folder)
    return create_app(root / "data").test_client()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_hits_say_which_version_they_are_and_lead_there(client: FlaskClient) -> None:
    shown = page(client, "/search?q=resigned+in:versions&sort=oldest")
    assert shown.count('<b class="which">earlier version (1 of 2)</b>') == 2
    assert shown.count('<b class="which">withdrawn, earlier version (1 of 2)</b>') == 1
    links = re.findall(r'<h2[^>]*><a href="(/release/[^"]+)"', shown)
    assert len(links) == 3
    assert all("/v1?q=resigned+in%3Aversions" in link for link in links)
    first = page(client, links[0].replace("&amp;", "&"))
    assert "An earlier version." in first
    assert "Result 1 of 3" in first
    following = re.search(r'<a href="([^"]+)" rel="next"', first)
    assert following
    assert following[1] == links[1]
    assert "<mark" in first


def test_an_ordinary_search_says_nothing_of_versions(client: FlaskClient) -> None:
    shown = page(client, "/search?q=keeper")
    assert 'class="which"' not in shown
    assert "2 releases" in shown
    assert "/v1" not in shown


def test_a_withdrawn_release_says_so(client: FlaskClient) -> None:
    shown = page(client, "/search?q=is:withdrawn")
    assert '<b class="which">withdrawn</b>' in shown
    (link,) = re.findall(r'<h2[^>]*><a href="(/release/[^"]+)"', shown)
    assert "/v2?" in link
    assert "Withdrawn." in page(client, link)


def test_pages_without_words_and_the_json_have_them_too(client: FlaskClient) -> None:
    assert client.get("/search.json?q=in:versions").get_json()["total"] == 3
    assert "3 releases" in page(client, "/search?q=in:versions")
    assert client.get("/facets/place?q=in:versions").status_code == 200
