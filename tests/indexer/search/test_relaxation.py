"""Query relaxation: most of the words, or any, where no release has all, and never without a notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import SettingsOf

from indexer.maintenance import build
from indexer.search.searcher import Searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, engine: SettingsOf) -> Iterator[Searcher]:
    """Releases on five subjects; twelve with three of the four words, no one with all."""
    home = tmp_path_factory.mktemp("relaxing")
    folder = home / "releases"
    folder.mkdir()
    for number in range(12):
        (folder / f"three{number}.txt").write_text(
            f"Notice {number}\n\nTreaty missile defense talks went on.\n", "utf-8"
        )
    (folder / "one.txt").write_text("Notice\n\nA pelican was seen in the harbor of the town.\n", "utf-8")
    settings = engine(home / "data")
    build.add(home / "data", folder, settings=settings)
    with Searcher(home / "data", settings) as searcher:
        yield searcher


def test_most_of_the_words_where_that_gives_ten(searcher: Searcher) -> None:
    page = searcher.search("treaty missile defense pelican")
    assert page.relaxed
    assert (page.relaxed.text, page.relaxed.reason) == (
        "3 OF (treaty missile defense pelican)",
        "at least 3 of the 4 words",
    )
    assert page.total == page.relaxed.hits == 12
    assert page.receipt.canonical_query == "treaty missile defense pelican"
    assert searcher.search(page.relaxed.text).hits == page.hits


def test_any_of_the_words_otherwise_and_function_words_count_for_nothing(searcher: Searcher) -> None:
    page = searcher.search("the zyzzyva of the pelican")
    assert page.relaxed
    assert (page.relaxed.text, page.total) == ("zyzzyva OR pelican", 1)
    assert page.alternatives  # what else might be meant is offered as well


@pytest.mark.parametrize(
    "query", ['"treaty pelican"', "zyzzyva", "treaty pelican place:nowhere", "zyzzyva quux", "-treaty -a"]
)
def test_what_is_not_a_plain_word_stays_required(searcher: Searcher, query: str) -> None:
    page = searcher.search(query)
    assert page.relaxed is None
    assert page.total == 0


def test_a_query_that_finds_something_is_left_alone(searcher: Searcher) -> None:
    page = searcher.search("treaty missile")
    assert page.relaxed is None
    assert page.total == 12
