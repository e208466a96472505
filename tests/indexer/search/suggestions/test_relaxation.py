"""Query relaxation: most of the words, or any, where no release has all, and never without a notice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import SettingsOf

from indexer.maintenance import build
from indexer.query import And, Named, NameField, Or, Order, Phrase, Query, Word
from indexer.search import Searcher
from indexer.search.suggestions import fallbacks, may_fill


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


def test_a_query_that_finds_enough_is_left_alone(searcher: Searcher) -> None:
    page = searcher.search("treaty missile")
    assert page.relaxed is None
    assert page.more is None
    assert page.total == 12


def test_a_short_answer_is_followed_by_releases_with_fewer_of_the_words(searcher: Searcher) -> None:
    page = searcher.search("a pelican town")
    assert (page.total, page.more) == (1, None)  # nobody else has one of the words that matter
    page = searcher.search("pelican talks OR pelican town")
    assert page.more is None  # no list of words
    page = searcher.search("pelican notice")
    assert page.total == len(page.hits) == 1
    assert page.relaxed is None
    assert page.more
    assert (page.more.query.text, page.more.query.reason) == ("pelican OR notice", "any of the words")
    assert page.more.query.hits == 13
    assert [hit.rank for hit in page.more.hits] == list(range(2, 11))
    assert page.hits[0].id not in {hit.id for hit in page.more.hits}
    scores = [hit.score for hit in page.more.hits]
    assert scores == sorted(scores, reverse=True)
    assert sum(each.count for each in page.timeline) == 1
    assert searcher.ids("pelican notice") == [page.hits[0].id]


def test_most_of_the_words_follow_where_that_fills_the_page(searcher: Searcher) -> None:
    page = searcher.search("treaty missile defense 3")
    assert page.total == 1
    assert page.more
    assert page.more.query.text == "3 OF (treaty missile defense 3)"
    assert page.more.query.hits == 12
    assert len(page.more.hits) == 9


@pytest.mark.parametrize("query", ['"pelican" notice', '"a pelican" notice', 'pelican notice -"zzz yyy"', "pelican"])
def test_nothing_follows_where_something_was_quoted_or_nothing_can_be_left_out(searcher: Searcher, query: str) -> None:
    page = searcher.search(query)
    assert page.total == 1
    assert page.more is None


def test_what_follows_stands_on_the_first_page_by_relevance_only(searcher: Searcher) -> None:
    assert searcher.search("pelican notice", order=Order.NEWEST).more is None
    assert searcher.search("pelican notice", offset=1).more is None
    assert searcher.search("pelican notice", limit=1).more is None
    assert searcher.search("pelican notice", limit=0).more is None
    short = searcher.search("pelican notice", limit=4).more
    assert short
    assert len(short.hits) == 3


def test_a_name_and_an_exclusion_stay_required_in_what_follows(searcher: Searcher) -> None:
    more = searcher.search("pelican notice -treaty").more
    assert more is None
    more = searcher.search("pelican notice -zyzzyva").more
    assert more
    assert more.query.text == "(pelican OR notice) -zyzzyva"


def phrase(*terms: str, quoted: bool = False) -> Phrase:
    return Phrase(terms, quoted=quoted)


def test_a_phrase_that_punctuation_makes_is_one_word() -> None:
    clause = And((Word("talks"), phrase("c", "span"), Word("the")))
    (some,) = fallbacks(Query(clause))
    assert some.query.clause == Or((Word("talks"), phrase("c", "span")))
    assert may_fill(Query(clause))
    quoted = And((Word("talks"), phrase("c", "span", quoted=True), Word("treaty")))
    assert [each.query.clause for each in fallbacks(Query(quoted))] == [
        And((Or((Word("talks"), Word("treaty"))), phrase("c", "span", quoted=True)))
    ]
    assert not may_fill(Query(quoted))


def test_function_words_are_not_required() -> None:
    (some,) = fallbacks(Query(And((Word("the"), Word("pelican")))))
    assert some.query.clause == Word("pelican")
    assert fallbacks(Query(And((Word("to"), Word("be"))))) == []
    assert fallbacks(Query(And((Word("pelican"), Named(NameField.PLACE, ("x",)))))) == []


@pytest.mark.parametrize(
    ("query", "readings"),
    [
        ("missile or defense", {"missile OR defense"}),
        ("missile not defense", {"missile -defense"}),
        ("treaty missile or defense talks", {"(treaty missile) OR (defense talks)"}),
        ("treaty or missile or talks", {"treaty OR missile OR talks"}),
        ("missile and defense", set()),
        ("or missile defense", set()),
        ("missile defense or", set()),
        ("missile defense not", set()),
    ],
)
def test_small_or_and_not_are_words_and_the_other_reading_is_offered(
    searcher: Searcher, query: str, readings: set[str]
) -> None:
    page = searcher.search(query)
    assert page.receipt.canonical_query == query
    found = {other.text: other.hits for other in page.interpretations[3:]}
    assert set(found) == readings
    for text, hits in found.items():
        page = searcher.search(text)
        assert hits == (0 if page.relaxed else page.total)
