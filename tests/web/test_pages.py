"""All pages: each answers, each link leads somewhere, every release is reached by them, nothing needs a script."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from page_reader import read

from archive.store import counts
from indexer.maintenance import build
from indexer.search.names import sort_key
from indexer.search.searcher import Searcher
from web import create_app
from web.parts.pager import make_pager


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


PAGES = [
    "/", "/latest", "/latest?page=2", "/dates", "/dates/2005", "/dates/2005/01", "/dates/2005/01/27", "/dates/undated",
    "/dates/1901", "/people", "/people?order=az", "/people?letter=b", "/people/halvard-brenn", "/sources",
    "/sources/norland-coast-authority", "/places", "/places/port-elsinore", "/about", "/about/files", "/help",
    "/search", "/search?q=flood", "/search?q=flood&source=&undated=1", "/facets/person?q=flood", "/facets/source",
    "/facets/place?order=az", "/search?page=1000000", "/quotes", "/quotes?q=the&sort=oldest", "/quotes?q=zzqx",
    "/quotes?q=speaker:none&page=99", "/search?q=said:the+speaker:*",
]  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_a_page_answers_in_good_order_and_without_scripts(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    page = read(answer.text)
    assert page.mistakes == []
    assert page.title.endswith("Dateline")
    assert page.h1.strip()
    assert "main" in page.ids
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert not [link for link in page.links if not link.startswith(("/", "#"))]
    assert answer.text.count("<script") == answer.text.count('<script src="/static/') == 1
    assert client.head(url).status_code == 200


@pytest.fixture(scope="module")
def walk(client: FlaskClient) -> dict[str, list[str]]:
    """Every page that links lead to, with its links; of searches, only those for a missing name."""
    waiting, walked = deque(STARTS), {}
    while waiting:
        url = waiting.popleft()
        if url in walked:
            continue
        answer = client.get(url)
        assert answer.status_code in (200, 302), url
        walked[url] = read(answer.text).paths if answer.mimetype == "text/html" else []
        waiting += [link for link in walked[url] if link in MISSING or not link.startswith(SEARCHES)]
    return walked


SEARCHES = ("/search", "/facets", "/quotes?")
MISSING = ("/search?source=", "/search?place=", "/search?person=")
STARTS = ["/", "/dates", "/sources", "/people", "/places", "/latest", "/about", "/help"]


@pytest.mark.parametrize("start", ["/dates", "/sources", "/people", "/places", "/latest"])
def test_every_release_is_reached_from_each_way_in(
    walk: dict[str, list[str]], sample_searcher: Searcher, start: str
) -> None:
    """Only by pages below it, so that no way in leans on another."""
    waiting, seen = [start], set()
    while waiting:
        url = waiting.pop()
        if url in walk and url not in seen:
            seen.add(url)
            below = () if url.startswith("/release/") else (start, *MISSING, "/release/")
            waiting += [link for link in walk[url] if link.startswith(below)]
    reached = {url.split("/")[2] for url in seen if url.startswith("/release/")}
    assert reached == set(sample_searcher.archive.live_ids())


@pytest.mark.parametrize(
    "url",
    [
        "/dates/2005/13", "/dates/2005/02/30", "/dates/0000", "/dates/05", "/dates/x", "/dates/2005/1",
        "/people/nobody-at-all", "/sources/none", "/places/nowhere", "/facets/colour", "/nothing",
        "/static/none.css", "/static/../__init__.py", "/release/", "/dates/2005/01/27/x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_kind_page(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    page = read(answer.text)
    assert page.mistakes == []
    assert "q" in page.fields


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
@pytest.mark.parametrize("url", ["/", "/search", "/search.json", "/help"])
def test_pages_are_only_looked_at(client: FlaskClient, method: str, url: str) -> None:
    answer = getattr(client, method)(url)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_dates_that_are_not_known_to_the_day_have_their_rows(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    for date in ("1998", "2003-03", "2003-03-09", ""):
        write(f"r{date}.json", json.dumps({"title": f"Of {date}", "body": "Text of it.", "date": date}))
    build.add(data, folder)
    client = create_app(data).test_client()
    assert "month not known" in client.get("/dates/1998").text
    assert "day not known" in client.get("/dates/2003/03").text
    assert "2 releases" in read(client.get("/dates/2003").text).h1
    assert "1 release" in read(client.get("/dates/undated").text).h1
    assert "month not known" in client.get("/search?from=1998&to=1998").text


def test_a_name_is_accepted_for_a_slug(client: FlaskClient) -> None:
    answer = client.get("/people/Halvard J. Brenn")
    assert (answer.status_code, answer.location) == (302, "/people/halvard-brenn")
    answer = client.get("/sources/Norland Coast Authority")
    assert (answer.status_code, answer.location) == (302, "/sources/norland-coast-authority")


def test_a_person_has_every_spelling(client: FlaskClient, sample_searcher: Searcher) -> None:
    text = client.get("/people/halvard-brenn").text
    spellings = sample_searcher.archive.spellings("halvard-brenn")
    assert len(spellings) > 1
    assert all(name in text for name, _ in spellings)


def test_what_could_not_be_read_is_listed(client: FlaskClient, sample_searcher: Searcher) -> None:
    remarks = counts.remarks(sample_searcher.archive, skipped=True)
    assert remarks
    for url in ("/about", "/about/files"):
        text = read(client.get(url).text).text
        assert all(remark.path in text and remark.reason in text for remark in remarks)


def test_health(client: FlaskClient, sample_searcher: Searcher) -> None:
    said = client.get("/healthz").json
    assert said == {"status": "ok", "releases": 63, "fingerprint": sample_searcher.fingerprint, "grammar": "4"}


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Halvard J. Brenn", "brenn"),
        ("Dean Holloway Jr.", "holloway"),
        ("Zoë Brûlard", "brulard"),
        ("Øystein", "oystein"),
    ],
)
def test_people_are_sorted_by_their_last_name(label: str, key: str) -> None:
    from indexer.query import NameField

    assert sort_key(NameField.PERSON, label)[0] == key


@pytest.mark.parametrize(
    ("page", "total", "before", "after", "beyond"),
    [
        (1, 0, None, None, False), (1, 10, None, None, False), (1, 11, None, 2, False), (2, 11, 1, None, False),
        (3, 11, None, None, True),
    ],
)  # fmt: skip
def test_the_pager_knows_its_ends(page: int, total: int, before: int | None, after: int | None, beyond: bool) -> None:
    found = make_pager(page, 10, total, str)
    assert (found.before, found.after, found.beyond) == (before, after, beyond)
