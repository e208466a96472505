"""Nothing a release or an address says can run, load, leave, or break a page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from page_reader import read

from indexer.maintenance import build
from web import create_app

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


@pytest.mark.parametrize(
    "url", ["/", "/search?q=flood", "/nothing", "/search.json", "/static/dateline.css", "/healthz"]
)
def test_every_answer_guards_itself(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def evil(data: Path, folder: Path, write: Callable[..., Path]) -> FlaskClient:
    fields = ("title", "source", "place", "byline", "language", "number")
    release = {name: f"{name} {EVIL}" for name in fields} | {
        "body": f"Commissioner John {EVIL} Brenn said so.\n\nSaid Ada Quill, minister: {EVIL}",
        "date": "2005-01-02",
        "url": "javascript:alert(1)",
        "people": [f"Jane {EVIL} Doe"],
    }
    write(f"{'<script>alert(1)<'}.json".replace("/", "_"), json.dumps(release))
    write("broken <script>alert(2)<.json", '{"title": "<script>')
    build.add(data, folder)
    return create_app(data).test_client()


def test_script_in_every_field_is_inert(evil: FlaskClient) -> None:
    hit = evil.get("/search.json").get_json()["hits"][0]
    everywhere = "&".join(f"{name}={EVIL}" for name in ("q", "source", "person", "place", "from", "sort", "page"))
    pages = [
        "/", "/search", "/search?q=script", "/search?q=alert+1", f"/search?{everywhere}", f"/nothing/{EVIL}",
        hit["url"], f"{hit['url']}?q=script", f"/release/{hit['id']}/v1", f"/release/{EVIL}", "/sources", "/places",
        "/people", "/latest", "/dates/2005/01/02", "/about", "/about/files", "/facets/source", "/facets/person",
    ]  # fmt: skip
    pages += [
        link for page in ("/sources", "/places") for link in read(evil.get(page).text).paths if link.count("/") == 2
    ]
    for url in pages:
        html = evil.get(url, follow_redirects=True).text
        page = read(html)
        assert page.mistakes == [], url
        scripts = re.findall(r"<script[^>]*>", html, re.IGNORECASE)
        assert [each for each in scripts if each != '<script type="application/ld+json">'] == scripts[-1:], url
        assert re.fullmatch(r'<script src="/static/dateline\.js\?v=[0-9a-f]{12}" defer>', scripts[-1]), url
        assert "<img" not in html, url
        assert not {name for name in page.attributes if name.startswith("on")}, url
        assert not [link for link in page.links if link.lower().startswith(("javascript", "data"))], url


def test_the_original_of_a_page_is_shown_as_text(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("page.html", f"<html><body><h1>A Headline Here</h1><p>Text of it. {EVIL}</p></body></html>")
    build.add(data, folder)
    client = create_app(data).test_client()
    work = client.get("/search.json").get_json()["hits"][0]["id"]
    answer = client.get(f"/release/{work}/original")
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "page.html" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:99", 'a"><script>', "", "a b", "localhost\\@evil"])
def test_a_host_of_ones_own_making_is_harmless(client: FlaskClient, host: str) -> None:
    for url in ("/search?q=flood", "/release/0000000000", "/people/Halvard%20J.%20Brenn"):
        answer = client.get(url, headers={"Host": host})
        assert answer.status_code < 500
        assert "evil" not in answer.headers.get("Location", "")
        assert "<script>" not in answer.text


def test_an_app_may_answer_to_its_own_name_alone(sample_data: Path) -> None:
    client = create_app(sample_data, hosts=("localhost", "127.0.0.1")).test_client()
    assert client.get("/", headers={"Host": "127.0.0.1:8311"}).status_code == 200
    answer = client.get("/", headers={"Host": "rebound.example"})
    assert answer.status_code == 400
    assert "cannot be read" in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8311", 200), ("[::1]", 200), ("[::1]:8311", 200), ("archive.example", 200),
        ("www.archive.example", 200), ("::1", 400), ("[::2]", 400), ("[::1", 400), ("[::1].evil.example", 400),
        ("localhost.evil.example", 400), ("evilarchive.example", 400), ("evil.example:localhost", 400),
        ("localhost@evil.example", 400), ("", 400),
    ],
)  # fmt: skip
def test_the_names_an_app_answers_to(sample_data: Path, host: str, status: int) -> None:
    client = create_app(sample_data, hosts=("localhost", "::1", ".archive.example")).test_client()
    for url in ("/", "/static/dateline.css", "/nothing/here"):
        answer = client.get(url, headers={"Host": host})
        assert answer.status_code == (404 if status == 200 and "nothing" in url else status), url
        answer.close()


def test_without_an_archive_a_page_says_what_to_do(data: Path) -> None:
    client = create_app(data).test_client()
    for url in ("/", "/search?q=a", "/dates", "/about", "/healthz", "/search.json"):
        answer = client.get(url)
        assert answer.status_code == 503
        assert "There is no archive in" in answer.text
    with client.get("/static/dateline.css") as style:
        assert style.status_code == 200
    assert not data.exists()


def test_without_an_index_a_page_says_how_to_make_it_and_then_works(sample_data: Path, data: Path) -> None:
    shutil.copytree(sample_data, data)
    shutil.rmtree(data / "index")
    client = create_app(data).test_client()
    answer = client.get("/search?q=flood")
    assert answer.status_code == 503
    assert "rebuild" in answer.text
    build.rebuild(data)
    assert client.get("/search?q=flood").status_code == 200


def test_a_rebuild_and_an_addition_show_without_a_restart(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("one.txt", "Lamp Is Lit\n\nPORT ELSINORE, May 2, 1996 -- The lamp is lit.\n")
    build.add(data, folder)
    client = create_app(data).test_client()
    before = client.get("/search?q=lamp").text
    build.rebuild(data)
    assert client.get("/search?q=lamp").text == before
    write("two.txt", "Lamp Is Out\n\nPORT ELSINORE, May 3, 1996 -- The lamp is out.\n")
    build.add(data, folder)
    assert client.get("/search.json?q=lamp").get_json()["total"] == 2


parameters = st.sampled_from(
    [
        "q", "source", "person", "place", "not_source", "not_person", "not_place", "from", "to", "undated", "sort",
        "page", "per", "limit", "offset", "order", "letter", "v", "all", "any", "phrase", "none",
    ]
)  # fmt: skip
hard = [
    "2005", "2005-02", "9" * 30, "-1", '"', "(" * 500, "NOT " * 300, "a NEAR/0 b", "date:last 9999 years", "*", "~2",
    "\x00", "id:x",
]  # fmt: skip
values = st.text(max_size=30) | st.sampled_from(hard)
known = [
    "/search", "/search.json", "/search/guided", "/facets/person", "/facets/source", "/people", "/sources", "/latest",
    "/dates/2005", "/about/files",
]  # fmt: skip
paths = st.sampled_from(known) | st.text(max_size=20).map(lambda text: "/" + text)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=paths, query=st.lists(st.tuples(parameters, values), max_size=5))
def test_no_address_breaks_the_server(client: FlaskClient, path: str, query: list[tuple[str, str]]) -> None:
    from urllib.parse import quote, urlencode

    url = quote(path, errors="replace") + "?" + urlencode(query, errors="replace")
    # Whole, with its host: of a path that begins with two slashes the test client would make a host.
    answer = client.get("http://localhost" + url)
    assert answer.status_code < 500, url


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_no_query_breaks_a_page_of_a_release(client: FlaskClient, sample_data: Path, text: str) -> None:
    work = client.get("/search.json?limit=1").get_json()["hits"][0]
    answer = client.get(work["url"], query_string={"q": text.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert read(answer.text).mistakes == []


@pytest.mark.parametrize("raw", ["q=%ff%fe", "q=%00", "q=%", "q", "&&&", "q=a;b", "%3Cscript%3E=1", "q=%ED%A0%80"])
def test_raw_addresses_are_read_as_well_as_they_can_be(client: FlaskClient, raw: str) -> None:
    assert client.get(f"/search?{raw}").status_code == 200


def test_an_error_of_ours_is_a_page_that_says_nothing_of_it(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("web.views.results.run_search", fail)
    answer = create_app(sample_data).test_client().get("/search?q=private")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "private" not in answer.text
