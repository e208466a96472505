"""Did you mean: words as the archive spells them, alone and together, and never what finds less."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import SettingsOf

from indexer.maintenance import build
from indexer.query import Choice, Filters
from indexer.search import Searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, engine: SettingsOf) -> Iterator[Searcher]:
    """Thirty releases on missile defense, one on missile defence, forty that hold `middle`, one with a slip."""
    home = tmp_path_factory.mktemp("spelling")
    folder = home / "releases"
    folder.mkdir()
    for number in range(30):
        (folder / f"missile{number}.txt").write_text(f"Notice {number}\n\nMissile defense talks went on.\n", "utf-8")
    for number in range(40):
        (folder / f"middle{number}.txt").write_text(f"Paper {number}\n\nThe middle pier was shut.\n", "utf-8")
    (folder / "defence.txt").write_text("Abroad\n\nMissile defence was spoken of. The middle of defence.\n", "utf-8")
    (folder / "slip.txt").write_text("Slip\n\nA middel pier, a harbour, a cat.\n", "utf-8")
    settings = engine(home / "data")
    build.add(home / "data", folder, settings=settings)
    with Searcher(home / "data", settings) as opened:
        yield opened


def offered(searcher: Searcher, text: str) -> list[tuple[str, int]]:
    return [(other.text, other.hits) for other in searcher.search(text).spellings]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("missle", [("missile", 31)]),
        ("misisle", [("missile", 31)]),  # neighbours exchanged
        ("imssile", [("missile", 31)]),  # the first two as well
        ("missle defense", [("missile defense", 30)]),
        ("missle defence", [("missile defence", 1)]),  # not "middle defence", which is further off
        ("misile defnse", [("missile defense", 30)]),  # all words together
        ('"missle defense"', [('"missile defense"', 30)]),
        ("middel pier", [("middle pier", 40)]),  # it occurs, and a far commoner spelling is near
        ("missile defense", []),
        ("harbour", []),
        ("qqqqqq", []),
        ("cat", []),
        ("missle 2011", []),
        ("the", []),
    ],
)
def test_words_are_offered_as_the_archive_spells_them(
    searcher: Searcher, typed: str, meant: list[tuple[str, int]]
) -> None:
    assert offered(searcher, typed) == meant


def test_what_is_offered_finds_what_it_says_and_more_than_the_query(searcher: Searcher) -> None:
    for typed in ("missle", "middel pier", "misile defnse"):
        page = searcher.search(typed)
        strict = 0 if page.relaxed else page.total
        for other in page.spellings:
            assert searcher.search(other.text, other.filters).total == other.hits > strict


def test_the_reason_names_each_word(searcher: Searcher) -> None:
    (other,) = searcher.search("misile defnse").spellings
    assert other.reason == "“missile” instead of “misile”, “defense” instead of “defnse”"


def test_filters_stay(searcher: Searcher) -> None:
    nowhere = Filters(place=Choice(("Nowhere",)))
    assert searcher.search("missle", nowhere).spellings == ()
    (other,) = searcher.search("missle", Filters(place=Choice(("",)))).spellings
    assert other.filters.place == Choice(("",))
