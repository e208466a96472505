"""What a query may cost: plans are limited the same everywhere, answers stay small, and what is left out is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest
from engines import SettingsOf

from benchmarks.hard.queries import QUERIES, make_query
from indexer.engine import Frequencies
from indexer.language import cut_query
from indexer.language.parser import parse_query
from indexer.maintenance import build
from indexer.query import (
    And,
    AnyWord,
    AtLeast,
    Clause,
    Fuzzy,
    Near,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Quoted,
    Said,
    TextClause,
    Word,
    leaves,
)
from indexer.search import Searcher, limits, page_to_json


class FixedBackend:
    """A backend that knows frequencies alone."""

    def __init__(self, forms: int = 1, documents: int = 0, occurrences: int = 0) -> None:
        self._frequencies = Frequencies(forms, documents, occurrences)
        self.asked: list[TextClause] = []

    def frequencies(self, clauses: Sequence[TextClause]) -> list[Frequencies]:
        self.asked += clauses
        return [self._frequencies for _ in clauses]


def plan(clause: Clause, backend: FixedBackend | None = None) -> limits.Plan:
    return limits.plan_query(backend or FixedBackend(), clause)  # type: ignore[arg-type]


def words(count: int) -> tuple[Clause, ...]:
    return tuple(Word(f"w{number}") for number in range(count))


def test_a_plain_query_is_not_even_asked_about() -> None:
    backend = FixedBackend(documents=10**12, occurrences=10**12)
    clause = And((*words(7), Phrase(("of", "the"))))
    assert plan(clause, backend) == (clause, ())
    assert backend.asked == []


@pytest.mark.parametrize("join", [And, Or])
def test_clauses_are_left_out_in_reading_order(join: type[And | Or]) -> None:
    limited = plan(join(words(300)))
    assert limited.clause == join(words(256))
    assert limited.remarks == ("Only the first 256 of the 300 parts of this query were searched.",)


def test_a_clause_that_is_repeated_beside_itself_counts_once_and_stays() -> None:
    clause = Or(words(5) * 800)
    assert plan(clause) == (clause, ())


def test_the_same_word_in_other_brackets_counts_each_time() -> None:
    clause = Or(tuple(And((Word("a"), Word(f"w{number}"))) for number in range(200)))
    limited = plan(clause)
    assert len(leaves(limited.clause)) == 256
    assert limited.remarks


def test_what_is_left_of_brackets_keeps_its_meaning() -> None:
    limited = plan(And((AtLeast(2, words(300)), Or((Word("x"), Word("y"))))))
    assert limited.clause == AtLeast(2, words(256))


def test_patterns_have_a_limit_of_their_own() -> None:
    patterns = tuple(Fuzzy(f"word{number}") for number in range(40))
    limited = plan(Or((*patterns, Word("last"))))
    assert limited.clause == Or((*patterns[:32], Word("last")))
    assert limited.remarks == ("Only the first 32 of the 40 words with *, ? or ~ were searched.",)


def test_of_a_pattern_that_stands_for_too_much_the_commonest_are_searched() -> None:
    assert plan(Prefix("a"), FixedBackend(forms=2000)).remarks == ()
    limited = plan(Prefix("a"), FixedBackend(forms=4312))
    assert limited.clause == Prefix("a")
    assert limited.remarks == ("Of the 4,312 words that “a*” stands for, the 2,000 commonest were searched.",)
    every = Or(tuple(Prefix(letter) for letter in "abcdefgh"))
    assert plan(every, FixedBackend(forms=4312)).clause == Or(every.clauses[:5])


def test_the_first_words_are_free_and_the_others_have_a_budget() -> None:
    limited = plan(Or(words(30)), FixedBackend(documents=1_900_000))
    assert limited.clause == Or(words(10))
    assert "20 parts of this query were left out" in limited.remarks[0]
    assert plan(Or(words(30)), FixedBackend(documents=10**9)).clause == Or(words(8))


def test_positions_are_counted_where_they_are_needed() -> None:
    costly = FixedBackend(occurrences=5_000_000)
    assert plan(Or(words(30)), costly).remarks == ()
    phrases = Or(tuple(Phrase((f"w{number}", "x")) for number in range(30)))
    assert plan(phrases, costly).clause == Or(phrases.clauses[:8])
    nears = Or(tuple(Near(Word(f"w{number}"), Word("x"), 5) for number in range(30)))
    assert plan(nears, costly).clause == Or(nears.clauses[:8])


def test_a_phrase_has_a_length() -> None:
    long = Phrase(tuple(f"w{number}" for number in range(300)))
    assert plan(long).clause == Phrase(long.terms[:256])
    assert plan(Near(long, Word("x"), 5)).clause == Near(Phrase(long.terms[:256]), Word("x"), 5)
    assert plan(long).remarks[0].startswith("Only the first 256 words of a phrase were searched")


def test_a_phrase_has_few_words_that_may_be_any_of_several() -> None:
    stars = tuple(Prefix(f"w{number}") for number in range(6))
    limited = plan(PhrasePattern(("the", stars[0], AnyWord(), *stars[1:4], "of", AnyWord(), *stars[4:])))
    assert limited.clause == PhrasePattern(("the", stars[0], AnyWord(), *stars[1:4], "of"))
    assert "the first 4 with * or ? in it" in limited.remarks[0]
    allowed = PhrasePattern(("the", stars[0], AnyWord(), *stars[1:4], "of"))
    backend = FixedBackend()
    assert plan(allowed, backend) == (allowed, ())
    assert backend.asked == [Phrase(("the",)), *stars[:4], Phrase(("of",))]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, engine: SettingsOf) -> Iterator[Searcher]:
    """Twenty releases; one is long and repeats a word, one has words of every letter."""
    home = tmp_path_factory.mktemp("limits")
    folder = home / "releases"
    folder.mkdir()
    for number in range(18):
        (folder / f"{number}.txt").write_text(f"Notice {number}\n\n{' '.join(COMMON)} pier {number}.\n", "utf-8")
    (folder / "long.txt").write_text(f"Harbor Notice\n\n{'the harbor of ' * 20_000}\n", "utf-8")
    letters = " ".join(f"{letter}{other}" for letter in "abcdefghijklm" for other in "abcdefghijklm")
    (folder / "letters.txt").write_text(f"Letters\n\n{letters}\n", "utf-8")
    settings = engine(home / "data")
    build.add(home / "data", folder, settings=settings)
    with Searcher(home / "data", settings) as opened:
        yield opened


COMMON = tuple(
    f"{first}{second}" for first in ("har", "lam", "bri", "flo", "mis") for second in ("bor", "p", "dge", "d")
)
COMMON_WORDS = ("the", "of", "harbor", "notice", *COMMON) * 20


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_makes_a_large_page(searcher: Searcher, name: str) -> None:
    page = searcher.search(make_query(name, COMMON_WORDS))
    assert len(json.dumps(page_to_json(page), ensure_ascii=False).encode()) <= 100_000
    receipt = page.receipt
    assert len(receipt.clauses) <= 40
    assert len(receipt.notices) <= 13
    assert len(receipt.canonical_query) <= 9_100
    assert len(leaves(page.query.clause)) <= max(256, len(receipt.raw_query))
    assert all(len(other.text) <= 200 for other in (*page.alternatives, *page.interpretations, *page.spellings))
    assert "took too long" not in page.partial


def test_one_word_thousands_of_times_marks_each_place_once(searcher: Searcher) -> None:
    once, often = searcher.search("harbor"), searcher.search(" ".join(["harbor"] * 280))
    assert often.receipt.clauses == once.receipt.clauses
    assert [(hit.id, hit.matches) for hit in often.hits] == [(hit.id, hit.matches) for hit in once.hits]
    assert often.partial == ""


def test_a_partial_answer_is_not_kept(searcher: Searcher) -> None:
    text = " OR ".join(f"w{number}*" for number in range(40)) + " OR harbor"
    first = searcher.search(text)
    assert "32 of the 40" in first.partial
    assert first.total
    assert searcher._index.answers.get(first.query) is None
    assert searcher.search(text) == first
    assert searcher.find_limits(text) == first.partial
    assert searcher.find_limits("harbor") == ""


def test_a_query_is_cut_between_letters() -> None:
    assert cut_query("harbor") == "harbor"
    assert cut_query("é" * 5000) == "é" * 4096
    assert cut_query("a" + "é" * 5000) == "a" + "é" * 4095
    assert cut_query("\ud800") == "\ud800"
    assert parse_query(cut_query("\ud800" * 5000))


def test_what_is_said_counts_like_what_is_searched() -> None:
    text = " ".join(f"said:w{number}" for number in range(400))
    limited = plan(parse_query(f"{text} speaker:x").clause)
    assert isinstance(limited.clause, Quoted)
    assert len(leaves(limited.clause)) == 256
    assert "first 256 of the 401 parts" in limited.describe_cuts()


def test_common_words_that_are_said_are_left_out_by_their_occurrences() -> None:
    backend = FixedBackend(documents=1, occurrences=3_000_000)
    limited = plan(parse_query("said:(" + " ".join("abcdefghijklmnopqrst") + ")").clause, backend)
    assert len(leaves(limited.clause)) == 13
    assert limited.remarks


def test_a_long_phrase_is_cut_where_it_is_said() -> None:
    limited = plan(parse_query('said:"' + "a " * 300 + '"').clause)
    assert isinstance(limited.clause, Said)
    assert isinstance(limited.clause.text, Phrase)
    assert len(limited.clause.text.terms) == 256
