"""Cursors: page by page they give the whole answer, each hit once, and go on in another index."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import main
from indexer.maintenance import build
from indexer.query import Choice, Filters, NameField, Order
from indexer.search import Searcher

QUERIES = [
    "", "the", "bridge", "harbor OR bridge OR flood", '"the harbor"', "national survey", "harbor NEAR/5 the",
    "title:the", "in:versions", "is:edited in:versions the", "-bridge", "2 OF (bridge flood harbor comet)",
    "bridge zzzz the", "brigde", "zzzz", "date:2005", "person:Brenn", "added:2026..",
]  # fmt: skip


def walk(searcher: Searcher, text: str, filters: Filters, order: Order, limit: int) -> list[str]:
    ids: list[str] = []
    cursor = ""
    while True:
        page = searcher.search(text, filters, order, limit=limit, cursor=cursor)
        assert page.offset == len(ids)
        ids += [hit.id for hit in page.hits]
        if not page.next:
            return ids
        cursor = page.next


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("text", QUERIES)
def test_all_pages_together_are_the_whole_answer(sample_searcher: Searcher, text: str, order: Order) -> None:
    filters = Filters().with_choice(NameField.PLACE, Choice((), ("Port Elsinore",)))
    for each in (Filters(), filters):
        whole = sample_searcher.search(text, each, order, limit=1000)
        expected = [hit.id for hit in whole.hits]
        assert len(set(expected)) == whole.total == len(expected)
        assert whole.next == ""
        for limit in (1, 7, 1000):
            assert walk(sample_searcher, text, each, order, limit) == expected


def test_no_hit_has_nothing_behind_it(sample_searcher: Searcher) -> None:
    assert sample_searcher.search("bridge", limit=0).next == ""
    assert sample_searcher.search("bridge", offset=10_000).next == ""


def release(number: int, day: int) -> str:
    return f"Ferry number {number}\n\nPORT, Jan. {day}, 2011 -- The ferry sails, said Ada Quill.\n"


@pytest.fixture
def ferries(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    for number in range(1, 9):
        write(f"{number}.txt", release(number, number))
    build.add(data, folder)
    return data


def titles(searcher: Searcher, cursor: str = "", limit: int = 100) -> tuple[list[str], str]:
    page = searcher.search("ferry", order=Order.OLDEST, cursor=cursor, limit=limit)
    return [hit.title.text[-2:].strip() for hit in page.hits], page.next


def test_in_another_index_it_goes_on_behind_the_last_hit(
    ferries: Path, folder: Path, write: Callable[..., Path]
) -> None:
    with Searcher(ferries) as searcher:
        first, cursor = titles(searcher, limit=3)
        assert first == ["1", "2", "3"]
        build.rebuild(ferries)  # the same releases in another generation
        assert titles(searcher, cursor)[0] == ["4", "5", "6", "7", "8"]
        (folder / "1.txt").unlink()  # before the cursor: ranks move
        build.add(ferries, folder)
        assert titles(searcher, cursor)[0] == ["4", "5", "6", "7", "8"]
        write("0.txt", release(10, 1))
        write("00.txt", release(11, 1))
        build.add(ferries, folder)
        assert titles(searcher, cursor)[0] == ["4", "5", "6", "7", "8"]


def test_it_goes_on_at_the_rank_where_the_last_hit_is_none_any_more(ferries: Path, folder: Path) -> None:
    with Searcher(ferries) as searcher:
        _, cursor = titles(searcher, limit=3)
        (folder / "3.txt").unlink()
        build.add(ferries, folder)
        assert titles(searcher, cursor)[0] == ["5", "6", "7", "8"]  # 1, 2, 4 stand before


def broken() -> list[str]:
    plain = b"1 3 abc 0123456789abcdef 0123456789abcdef"
    return [
        "x", "=", "é", "<script>alert(1)</script>", "\0", "a" * 10_000, "🚢", "\u202e", " ",
        base64.urlsafe_b64encode(plain).decode(), base64.urlsafe_b64encode(b"1 -3 a b c").decode(),
        base64.urlsafe_b64encode(b"\xff\xfe\x00").decode(),
    ]  # fmt: skip


@pytest.mark.parametrize("cursor", broken())
def test_a_broken_cursor_is_a_notice(sample_searcher: Searcher, cursor: str) -> None:
    page = sample_searcher.search("bridge", cursor=cursor)
    assert page.offset == 0
    assert page.hits == sample_searcher.search("bridge").hits
    assert "The cursor belongs to another search; it was left out." in page.receipt.notices


def test_the_cursor_of_another_search_is_a_notice(sample_searcher: Searcher) -> None:
    cursor = sample_searcher.search("the", limit=2).next
    assert sample_searcher.search("the", cursor=cursor).offset == 2
    for page in (
        sample_searcher.search("a", cursor=cursor),
        sample_searcher.search("the", order=Order.NEWEST, cursor=cursor),
        sample_searcher.search("the", Filters(undated=True), cursor=cursor),
        sample_searcher.search("the", cursor=cursor + "="),
        sample_searcher.search("the", cursor=cursor[:-1]),
    ):
        assert page.offset == 0
        assert [notice for notice in page.receipt.notices if "cursor" in notice]


def test_the_command_takes_what_it_prints(sample_data: Path) -> None:
    def run(*more: str) -> dict[str, object]:
        result = CliRunner().invoke(main, ["--data", str(sample_data), "search", "the", "--json", *more])
        page: dict[str, object] = json.loads(result.stdout)
        return page

    first = run("--limit", "5")
    second = run("--limit", "5", "--cursor", str(first["next"]))
    assert second["hits"] == run("--limit", "5", "--offset", "5")["hits"]
    assert run("--limit", "1000")["next"] is None
