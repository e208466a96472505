"""Many queries at once: each count is that of its page, what is left out is said, and only our own page may ask."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from page_reader import read

from indexer import deadline
from indexer.cli import main
from indexer.search import Searcher, batch
from web import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def total(searcher: Searcher, query: str) -> int:
    page = searcher.search(query)
    return 0 if page.relaxed else page.total


QUERIES = [
    "national waterways", '"national waterways"', "bridge", "Halvard Brenn", "halvard j. brenn", "zzzz", "bridge -toll",
    "title:bridge", "flood date:2005", "the", "to be", "bridge in:versions", "national survey in:versions", "tele*",
    '"', "(((", "person:Brenn", "O'Brien", "<script>alert(1)</script>", "\u202ebridge", "🚢", "port elsinore's ferry",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_counts_are_those_of_the_pages(sample_searcher: Searcher, query: str) -> None:
    (row,) = sample_searcher.count_batch(query).rows
    assert (row.line, row.query) == (1, query.strip())
    assert row.total == total(sample_searcher, query)
    assert row.total == total(sample_searcher, row.understood)
    found = {each.reason: each.hits for each in sample_searcher.search(query).interpretations}
    if found:
        assert (row.exact, row.near, row.any_form) == tuple(
            found[each] for each in ("exact words", "near each other", "in any form")
        )


@pytest.mark.parametrize(
    ("name", "exact", "near", "any_form"),
    [
        ("Halvard Brenn", '"halvard brenn"', "halvard NEAR/10 brenn", "halvard brenn"),
        ("Mary-Ann O'Brien", '"mary ann o\'brien"', "mary-ann NEAR/10 o'brien", "mary-ann o'brien"),
        ("Will Smith", '"will smith"', "will NEAR/10 smith", "will smith"),
        ("Ada will Quill", '"ada will quill"', "ada NEAR/10 quill will", "ada will quill"),
        ("U.S. Senate", '"u s senate"', "u.s NEAR/10 senate", "u.s senate"),
    ],
)
def test_a_name_as_it_is_typed_is_read_in_all_three_ways(
    sample_searcher: Searcher, name: str, exact: str, near: str, any_form: str
) -> None:
    (row,) = sample_searcher.count_batch(name).rows
    ways = (row.exact, row.near, row.any_form)
    assert ways == tuple(total(sample_searcher, each) for each in (exact, near, any_form))


def test_a_single_word_is_near_nothing_and_operators_are_not_read_otherwise(sample_searcher: Searcher) -> None:
    rows = sample_searcher.count_batch("floods\nbridge OR ferry\n" + "word " * 17).rows
    assert (rows[0].exact, rows[0].near, rows[0].any_form) == (
        total(sample_searcher, '"floods"'), None, total(sample_searcher, "floods"),
    )  # fmt: skip
    assert [(row.exact, row.near, row.any_form) for row in rows[1:]] == [(None, None, None)] * 2


def test_blank_lines_and_remarks_are_passed_over_and_lines_numbered(sample_searcher: Searcher) -> None:
    text = "\ufeffbridge\r\n\r\n  # a remark\n\t ferry \rflood\n#\n\n"
    rows = sample_searcher.count_batch(text).rows
    assert [(row.line, row.query) for row in rows] == [(1, "bridge"), (4, "ferry"), (5, "flood")]
    assert sample_searcher.count_batch(" \n#\n").rows == ()


def test_more_than_two_hundred_are_there_without_counts(sample_searcher: Searcher) -> None:
    found = sample_searcher.count_batch("bridge\n" * 203)
    assert found.left_out == 3
    assert [row.total is None for row in found.rows] == [False] * 200 + [True] * 3
    assert found.rows[200].notices == ("Not searched: at most 200 queries are counted at once.",)


class Clock:
    """A clock of processor time that goes on a second with each look."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        self.now += 1_000_000_000
        return self.now


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.thread_time_ns", Clock())


@pytest.mark.usefixtures("slow")
def test_what_is_cut_by_the_clock_says_so(sample_data: Path) -> None:
    with Searcher(sample_data) as searcher:
        rows = searcher.count_batch(
            "\n".join(["bridge lamp", "harbor comet", "flood", "ferry", "river", "x", "y"])
        ).rows
    assert len(rows) == 7
    assert all(row.total is None and row.notices for row in rows[-3:])
    assert rows[-1].notices == ("Not searched: the 10 seconds for all the queries had run out.",)
    assert any("took too long" in notice for row in rows for notice in row.notices)
    assert all(row.notices for row in rows if row.total is None)


def test_what_is_left_of_a_limit_is_never_more_than_it() -> None:
    assert deadline.seconds_left(7) == 7
    with deadline.limit_time(100):
        assert deadline.seconds_left(7) == 7
        assert 7 < deadline.seconds_left(1000) <= 100
    with deadline.limit_time(0):
        assert deadline.seconds_left(7) == 0


def run(data: Path, *line: str, text: str = "", code: int = 0) -> str:
    result = CliRunner().invoke(main, ["--data", str(data), "search", *line], input=text)
    assert result.exit_code == code, result.output
    return result.stdout


def test_the_command_prints_csv_and_json_of_the_same(sample_data: Path, tmp_path: Path) -> None:
    text = 'bridge\n=1+1\n"national waterways", survey\n@x\n-bridge\n\t=2\nbri\0dge\n'
    (tmp_path / "queries.txt").write_text(text, "utf-8")
    rows = json.loads(run(sample_data, "--batch", str(tmp_path / "queries.txt"), "--json"))
    printed = run(sample_data, "--batch", "-", text=text)
    table = list(csv.DictReader(io.StringIO(printed, newline="")))
    assert list(table[0]) == ["line", "query", "understood", "total", "exact", "near", "any_form", "notices"]
    assert [row["query"].removeprefix("'") for row in table] == [row["query"] for row in rows]
    for name in ("total", "exact", "near", "any_form"):
        assert [row[name] for row in table] == ["" if row[name] is None else str(row[name]) for row in rows]
    assert not [cell for row in table for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t")]


@pytest.mark.parametrize("more", [("bridge",), ("--limit", "3"), ("--sort", "newest"), ("--person", "a")])
def test_nothing_else_goes_with_a_file_of_queries(sample_data: Path, more: tuple[str, ...]) -> None:
    run(sample_data, "--batch", "-", *more, text="bridge\n", code=2)


def test_the_page_has_the_counts_and_the_csv_too(client: FlaskClient, sample_searcher: Searcher) -> None:
    form = read(client.get("/batch").text)
    assert form.mistakes == []
    text = "national waterways\n<script>alert(1)</script>\nzzzz"
    answer = client.post("/batch", data={"queries": text, "format": "html"}, headers=OWN)
    assert answer.status_code == 200
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)
    page = read(answer.text)
    assert page.mistakes == []
    assert answer.text.count("<script") == 1
    rows = sample_searcher.count_batch(text).rows
    assert f'<td class="number">{rows[0].exact}</td>' in answer.text
    answer = client.post("/batch", data={"queries": text, "format": "csv"}, headers=OWN)
    assert answer.mimetype == "text/csv"
    table = list(csv.reader(io.StringIO(answer.get_data(as_text=True), newline="")))
    assert [row[3] for row in table[1:]] == [str(row.total) for row in rows]


def test_the_form_comes_back_as_it_was_sent(client: FlaskClient) -> None:
    text = "bridge\r\n\u202e<b>&amp;\r\n\r\n</textarea>\tflood"
    page = client.post("/batch", data={"queries": text}, headers=OWN).text
    (shown,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)
    assert html.unescape(shown) == text.replace("\r\n", "\n")
    assert "\u202e" not in page


def test_the_page_says_what_was_left_out(client: FlaskClient) -> None:
    answer = client.post("/batch", data={"queries": "bridge\n" * 250}, headers=OWN).text
    assert "50 queries of 250 were not counted" in answer
    assert answer.count('scope="row"') == batch.MAX_QUERIES
    assert "no query in these lines" in client.post("/batch", data={}, headers=OWN).text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost:80"}, 200),
        ({"Origin": "HTTP://LOCALHOST"}, 200),
        ({"Origin": "http://localhost:8311"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://evil.example", "Referer": "http://localhost/batch"}, 403),
        ({"Origin": "http://localhost@evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Referer": "http://localhost/batch"}, 200),
        ({"Referer": "http://evil.example/localhost"}, 403),
        ({"Origin": "https://news.example.org"}, 200),
        ({"Referer": "https://news.example.org/archive/batch"}, 200),
        ({"Origin": "https://news.example.org:8443"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_page_may_send_the_form(sample_data: Path, headers: dict[str, str], status: int) -> None:
    client = create_app(sample_data, url="https://news.example.org/archive").test_client()
    assert client.post("/batch", data={"queries": "bridge"}, headers=headers).status_code == status


def test_a_form_has_64_kb_at_most(client: FlaskClient) -> None:
    assert client.post("/batch", data={"queries": "x" * 60_000}, headers=OWN).status_code == 200
    answer = client.post("/batch", data={"queries": "x" * 70_000}, headers=OWN)
    assert (answer.status_code, answer.mimetype) == (413, "text/html")


@pytest.mark.parametrize("url", ["/", "/search", "/search.json", "/people", "/help", "/healthz", "/people.json"])
def test_everything_else_goes_on_refusing_forms(client: FlaskClient, url: str) -> None:
    answer = client.post(url, data={"queries": "bridge"}, headers=OWN)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}
