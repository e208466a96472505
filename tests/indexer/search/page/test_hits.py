"""Why hits matched, and which of them are the same release word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.maintenance import build
from indexer.results import MatchReason, SearchPage
from indexer.search.searcher import Searcher


@pytest.fixture
def search(data: Path, folder: Path, write: Callable[..., Path]) -> Callable[..., SearchPage]:
    def search(query: str, *files: str) -> SearchPage:
        for number, text in enumerate(files):
            write(f"{number:02}.txt", text)
        build.add(data, folder)
        with Searcher(data) as searcher:
            return searcher.search(query, limit=20)

    return search


STORY = "The Survey said today that floods and a flooded road defend nobody. The flood was wide, and the Missile too."


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("flood", [MatchReason("flood", ("floods", "flooded", "flood"), False)]),
        ("missile", [MatchReason("missile", ("missile",), True)]),
        ("title:missile", [MatchReason("title:missile", ("missile",), True)]),
        (
            '"the flood" road',
            [MatchReason('"the flood"', ("the flood",), False), MatchReason("road", ("road",), False)],
        ),
        ("road -zebra", [MatchReason("road", ("road",), False)]),
        ("road OR zebra", [MatchReason("road", ("road",), False)]),
        ("", []),
    ],
)
def test_each_clause_with_its_words_as_written(
    search: Callable[..., SearchPage], query: str, reasons: list[MatchReason]
) -> None:
    (hit,) = search(query, f"Missile Day\n\n{STORY}\n").hits
    assert sorted(hit.reasons) == sorted(reasons)


def test_a_long_query_and_a_long_phrase_are_cut(search: Callable[..., SearchPage]) -> None:
    text = " ".join(f"word{number}" for number in range(60))
    (hit,) = search(f'"{text}" ' + " ".join(text.split()), f"Title\n\n{text}\n").hits
    assert len(hit.reasons) < 10
    assert all(len(word) < 70 for reason in hit.reasons for word in (reason.clause, *reason.words))


def test_twins_are_known_by_their_words(search: Callable[..., SearchPage]) -> None:
    page = search(
        "survey",
        f"Road Closed\n\n{STORY}\n",
        f"ROAD CLOSED!\n\n{STORY.upper()}\n",
        f"Road Closed\n\n{STORY} More.\n",
        f"Road Open\n\n{STORY}\n",
    )
    by_title = {hit.id: hit for hit in page.hits}
    twins = [hit for hit in page.hits if hit.twin_of]
    assert page.total == len(by_title) == 4
    assert [(hit.title.text.lower().strip("!"), by_title[hit.twin_of].twin_of) for hit in twins] == [
        ("road closed", "")
    ]
    assert by_title[twins[0].twin_of].rank < twins[0].rank


def test_releases_without_text_are_no_twins(search: Callable[..., SearchPage]) -> None:
    assert not [hit for hit in search("road", "Road Closed\n", "Road closed\n").hits if hit.twin_of]
