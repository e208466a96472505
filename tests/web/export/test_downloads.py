"""Every hit of a search as a file over the web: the bytes of the command, headers, slots, refusals."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from page_reader import read
from werkzeug.test import TestResponse

from indexer.cli import main
from indexer.errors import ExportBroken
from indexer.search import Searcher
from web import create_app

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "zip": "application/zip",
}
TOO_LARGE = quote(" OR ".join(f"w{number}*" for number in range(40)))
LONG = " OR ".join(f"zzq{number}" for number in range(100)) + " OR harbor"


@pytest.fixture
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


@pytest.mark.parametrize(
    ("params", "options"),
    [
        ("", []),
        ("q=harbor", ["harbor"]),
        ("q=harbor&page=2&per=50", ["harbor"]),
        ("q=lamp+in%3Aversions&sort=oldest", ["lamp", "in:versions", "--sort", "oldest"]),
        ("source=Norland+Coast+Authority&from=1996", ["--source", "Norland Coast Authority", "--from", "1996"]),
        ("q=zzqx", ["zzqx"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", TYPES)
def test_a_file_is_what_the_command_writes(
    client: FlaskClient, sample_data: Path, shape: str, params: str, options: list[str]
) -> None:
    answer = client.get(f"/search.{shape}?{params}")
    line = ["--data", str(sample_data), "export", *options, "--format", shape, "--url", "http://localhost"]
    assert answer.data == CliRunner().invoke(main, line).stdout_bytes
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[shape]
    assert answer.headers["Dateline-Total"] == str(client.get(f"/search.json?{params}&limit=0").get_json()["total"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Length" not in answer.headers


@pytest.mark.parametrize("shape", TYPES)
def test_a_head_has_the_headers_and_takes_no_slot(client: FlaskClient, shape: str) -> None:
    for _ in range(5):
        head = client.head(f"/search.{shape}?q=harbor")
        assert (head.status_code, head.data) == (200, b"")
    whole = client.get(f"/search.{shape}?q=harbor")
    assert dict(head.headers.items()) == dict(whole.headers.items())


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "all"),
        ("fog signal", "fog-signal"),
        ('"; rm -rf / \r\nX: y', "rm-rf-x-y"),
        ("título OR 海岸", "titulo-or"),
        ("海岸", "search"),
        ("a" * 300, "a" * 40),
        ("<script>", "script"),
    ],
)
def test_the_file_has_a_short_name_in_ascii(client: FlaskClient, query: str, name: str) -> None:
    header = client.head(f"/search.csv?q={quote(query)}").headers["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="dateline-{name}-\d{{4}}-\d\d-\d\d\.csv"', header)


@pytest.mark.parametrize("shape", TYPES)
def test_a_query_that_hits_a_limit_is_refused_with_the_limit_named(client: FlaskClient, shape: str) -> None:
    for _ in range(3):  # and no slot is lost
        answer = client.get(f"/search.{shape}?q={TOO_LARGE}")
        assert (answer.status_code, answer.mimetype) == (422, "text/plain")
        assert "Only the first 32 of the 40 words" in answer.text
        assert "Dateline-Total" not in answer.headers


def test_the_third_at_once_is_told_to_wait(sample_data: Path) -> None:
    app = create_app(sample_data)

    def ask() -> TestResponse:
        return app.test_client().get("/search.jsonl?q=harbor")

    first, second = ask(), ask()
    third = ask()
    assert (third.status_code, third.mimetype) == (503, "text/plain")
    assert 1 <= int(third.headers["Retry-After"]) <= 60
    assert "Try again" in third.text
    assert create_app(sample_data).test_client().get("/search.csv?q=harbor").status_code == 200  # another app
    first.close()  # a client that went away before it read anything
    fourth = ask()
    assert fourth.status_code == 200
    assert ask().status_code == 503
    iterated = fourth.iter_encoded()
    next(iter(iterated))
    fourth.close()  # or in the middle
    second.close()
    second.close()
    assert [each.status_code for each in (ask(), ask(), ask())] == [200, 200, 503]


def test_an_export_whose_client_takes_nothing_loses_its_slot(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(sample_data)
    first, second = (app.test_client().get("/search.jsonl?q=harbor") for _ in range(2))
    assert app.test_client().get("/search.jsonl?q=harbor").status_code == 503
    monkeypatch.setattr("web.export_slots.STALLED_S", 0.0)
    third = app.test_client().get("/search.jsonl?q=harbor")
    monkeypatch.undo()
    assert third.status_code == 200
    with pytest.raises(ExportBroken, match="not taken"):
        _ = first.data
    first.close()  # gives back no slot but its own
    assert len(third.data.splitlines()) == int(third.headers["Dateline-Total"])
    second.close()


def test_a_release_that_cannot_be_read_breaks_the_stream_and_gives_the_slot_back(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(sample_data)
    lost = app.test_client().get("/search.json?q=harbor").get_json()["hits"][3]["id"]
    with monkeypatch.context() as patched:
        patched.setattr(
            "indexer.export.export.load_versions",
            lambda archive, ids, others, damaged: damaged.append(lost) or {},
        )
        for _ in range(3):
            answer = app.test_client().get("/search.csv?q=harbor")
            assert answer.status_code == 200
            with pytest.raises(ExportBroken, match=lost):
                _ = answer.data
    assert app.test_client().get("/search.csv?q=harbor").status_code == 200


def test_the_results_page_leads_to_the_files(client: FlaskClient, sample_searcher: Searcher) -> None:
    total = sample_searcher.search("harbor lamp").total
    page = client.get("/search?q=harbor+lamp&sort=newest&page=1&per=50").text
    assert f'Download<span class="unseen"> all {total} releases' in page
    assert read(page).mistakes == []
    links = re.findall(r'href="(/search\.(?:csv|jsonl|ris|bib|zip)[^"]*)"', page)
    assert links == [f"/search.{shape}?q=harbor+lamp&amp;sort=newest" for shape in TYPES]
    for link in links:
        assert client.head(link.replace("&amp;", "&")).headers["Dateline-Total"] == str(total)


def test_a_long_query_has_buttons_of_its_form(client: FlaskClient) -> None:
    page = client.get(f"/search?q={quote(LONG)}").text
    assert re.findall(r'<button class="link" form="box" formaction="([^"]+)"', page) == [
        f"/search.{shape}" for shape in TYPES
    ]
    assert "/search.csv?" not in page


def test_what_is_not_searched_whole_or_not_found_offers_no_file(client: FlaskClient) -> None:
    for query in (f"{TOO_LARGE}+OR+bridge", "zzqx"):
        assert 'class="downloads"' not in client.get(f"/search?q={query}").text


def test_a_relaxed_page_offers_what_it_shows(client: FlaskClient) -> None:
    page = client.get("/search?q=harbor+zzqx").text
    assert "No release has everything you asked for" in page
    (link,) = re.findall(r'href="(/search\.csv[^"]*)"', page)
    total = client.head(link.replace("&amp;", "&")).headers["Dateline-Total"]
    assert f"{total} release" in re.findall('Download<span class="unseen">([^<]*)', page)[0]
