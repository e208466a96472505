"""Validators: the second load of an address is a 304 while nothing changed, and never once something did."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from archive.sample import RELEASES
from archive.store import Archive
from indexer.maintenance import build
from indexer.search.searcher import Searcher
from web import create_app
from web.kept_answers import KeptAnswers

PAGES = ("/", "/search?q=bridge", "/search.json?q=bridge", "/people", "/dates/2005", "/about", "/latest", "/help")


@pytest.fixture
def own_data(sample_data: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_data, tmp_path / "own"))


@pytest.fixture
def client(own_data: Path) -> FlaskClient:
    return create_app(own_data).test_client()


@pytest.mark.parametrize("url", PAGES)
def test_the_second_load_is_a_304_without_a_body(client: FlaskClient, url: str) -> None:
    first = client.get(url)
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "private, no-cache"
    second = client.get(url, headers={"If-None-Match": tag})
    assert (second.status_code, second.data, second.headers["ETag"]) == (304, b"", tag)
    weak = client.get(url, headers={"If-None-Match": f'"other", W/{tag}'})
    assert weak.status_code == 304
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_an_address_that_is_none_is_never_unchanged(client: FlaskClient) -> None:
    assert client.get("/release/0000000000.json", headers={"If-None-Match": "*"}).status_code == 404
    assert "ETag" not in client.get("/nothing").headers


def test_what_is_added_withdrawn_or_corrected_changes_every_validator(client: FlaskClient, own_data: Path) -> None:
    tags = [client.get("/search?q=bridge").headers["ETag"]]
    folder = Path(shutil.copytree(RELEASES, own_data.parent / "more"))
    (folder / "new.txt").write_text("A New Bridge\n\nLISBON, March 3, 2004 -- The bridge is new.\n", "utf-8")
    build.add(own_data, folder)
    tags.append(client.get("/search?q=bridge").headers["ETag"])
    build.rebuild(own_data)
    tags.append(client.get("/search?q=bridge").headers["ETag"])
    assert len(set(tags)) == 3
    page = client.get("/search?q=bridge", headers={"If-None-Match": tags[0]})
    assert page.status_code == 200
    assert "A New" in page.text


def test_another_day_and_another_address_have_other_validators(
    client: FlaskClient, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = client.get("/search?q=added:yesterday").headers["ETag"]
    public = create_app(own_data, url="https://example.org").test_client()
    assert public.get("/search?q=added:yesterday").headers["ETag"] != today

    class Tomorrow(dt.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2101, 1, 1)

    monkeypatch.setattr("web.validators.dt.date", Tomorrow)
    assert client.get("/search?q=added:yesterday", headers={"If-None-Match": today}).status_code == 200


def test_a_partial_answer_is_not_kept(client: FlaskClient) -> None:
    too_much = "a* " + " ".join(f"w{n}*" for n in range(40))
    for path in ("/search", "/search.json"):
        answer = client.get(path, query_string={"q": too_much})
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_the_answer_of_an_older_index_is_not_kept(client: FlaskClient, own_data: Path) -> None:
    known = client.get("/search?q=bridge").headers["ETag"]
    build.rebuild(own_data)
    newest = max((own_data / "index").glob("gen-*"))
    segment = max(newest.glob("*.arrays"), key=lambda file: file.stat().st_size, default=None)
    damaged = segment or max((f for f in newest.iterdir() if f.is_file()), key=lambda file: file.stat().st_size)
    damaged.unlink()
    fresh = create_app(own_data).test_client()
    answer = fresh.get("/search?q=bridge", headers={"If-None-Match": known})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_what_changes_while_a_page_is_made_leaves_it_without_a_validator(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = iter(range(100))
    monkeypatch.setattr(Archive, "changes", property(lambda self: next(changes)))
    answer = client.get("/search?q=bridge")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


def test_static_files_are_kept_for_good_at_their_digest_alone(client: FlaskClient) -> None:
    page = client.get("/").text
    url = next(part.split('"')[0] for part in page.split('href="') if part.startswith("/static/dateline.css"))
    kept = {}
    for each in (url, "/static/dateline.css", "/static/dateline.css?v=0"):
        with client.get(each) as answer:
            kept[each] = answer.headers["Cache-Control"]
    assert "immutable" in kept.pop(url)
    assert set(kept.values()) == {"no-cache"}


def test_errors_have_the_shape_of_their_address(client: FlaskClient) -> None:
    problem = client.get("/release/0000000000.json")
    assert problem.mimetype == "application/problem+json"
    assert problem.get_json()["status"] == problem.status_code == 404
    assert problem.get_json()["detail"] == problem.get_json()["error"]
    assert client.get("/nothing.csv").mimetype == "text/plain"
    assert client.get("/nothing").mimetype == "text/html"


def test_the_same_address_is_answered_alike_and_without_a_search(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {url: client.get(url) for url in PAGES}
    monkeypatch.setattr(Searcher, "search", None)  # fails if it is called
    for url, before in first.items():
        again = client.get(url)
        assert (again.status_code, again.data, dict(again.headers)) == (200, before.data, dict(before.headers)), url
    assert client.get("/search?q=bridge&per=20").status_code == 500


def test_kept_answers_are_few_and_none_is_long() -> None:
    answers = KeptAnswers()
    answers.keep("state", "/long", Response("x" * 300_000))
    answers.keep("state", "/file", Response("x", mimetype="text/csv"))
    answers.keep("state", "/stream", Response(iter(["x"])))
    for number in range(100):
        answers.keep("state", f"/{number}", Response(str(number) * 100_000))
    assert all(answers.find("state", url) is None for url in ("/long", "/file", "/stream", "/0"))
    (last, total) = (answers.find("state", "/99"), sum(answers.find("state", f"/{n}") is not None for n in range(100)))
    assert last is not None
    assert last.get_data(as_text=True) == "99" * 100_000
    assert 70 <= total <= 90
    assert answers.find("other", "/99") is None


def test_each_address_has_a_validator_of_its_own(client: FlaskClient) -> None:
    known = client.get("/latest").headers["ETag"]
    for url in ("/about", "/search.csv?q=bridge", "/nothing", "/release/0000000000"):
        assert client.get(url, headers={"If-None-Match": known}).status_code != 304, url
