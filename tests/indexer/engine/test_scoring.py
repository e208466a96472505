"""Scores compared with a plain reference: BM25 written out word by word, without arrays."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from brute_force import words

from archive.release import Version
from indexer.engine.arrays.evaluate import result_set
from indexer.language.function_words import FUNCTION_WORDS
from indexer.language.parser import parse_query
from indexer.language.term_forms import stem
from indexer.maintenance import build
from indexer.query import And, AtLeast, Clause, Everything, Near, Not, Or, Query, Word
from indexer.search import Searcher
from indexer.search.matching import ReleaseText, match, release_text

QUERIES = [
    "bridge", "the", "survey flood", "survey OR lamp OR comet", '"national waterways survey"', '"of the"', "naviga*",
    "title:survey", "bridge -flood", "(survey OR bridge) date:2004..2010", "water NEAR/5 level", "bridge bridge",
    "-bridge", "person:mbeko flood", "brigde~2", "comet OR (bridge flood)",
    "2 OF (harbor wing flood level)", "national waterways survey",
    "the survey of the waterways", "harbor OR wing OR flood OR level",
]  # fmt: skip


FUNCTION_STEMS = {stem(word) for word in FUNCTION_WORDS}


K1, B = 1.2, 0.75
TITLE_WEIGHT, FUNCTION_WEIGHT = 0.4, 0.2


class Reference:
    """The formula of scoring.py, from the texts."""

    def __init__(self, versions: list[Version]) -> None:
        self.texts: dict[str, ReleaseText] = {v.work: release_text(v) for v in versions}
        title = {v.work: len(words(v.release.title)) for v in versions}
        self.lengths = {"title": title, "whole": {v.work: title[v.work] + len(words(v.release.body)) for v in versions}}

    def bm25(self, field: str, frequencies: Counter[str], work: str, idf: float) -> float:
        lengths = self.lengths[field]
        norm = K1 * (1 - B + B * lengths[work] / (sum(lengths.values()) / len(lengths)))
        return idf * frequencies[work] / (frequencies[work] + norm)

    def idf(self, frequencies: Counter[str]) -> float:
        documents = sum(1 for count in frequencies.values() if count)
        return math.log(1 + (len(self.texts) - documents + 0.5) / (documents + 0.5))

    def frequencies(self, clause: Clause) -> tuple[Counter[str], Counter[str]]:
        """How often a clause matches in each title, and in each whole text."""
        title, whole = Counter[str](), Counter[str]()
        for work, text in self.texts.items():
            found = match(clause, text)
            title[work] = len(found.title) if found else 0
            whole[work] = title[work] + (len(found.body) if found else 0)
        return title, whole

    def proximity_bonus(self, clauses: tuple[Clause, ...], work: str) -> float:
        """The bonus for neighbouring content words of the query near each other in a release."""
        content = [c for c in clauses if isinstance(c, Word) and not c.title and stem(c.term) not in FUNCTION_STEMS]
        bonus = 0.0
        for left, right in itertools.pairwise(content):
            idf = sum(self.idf(self.frequencies(word)[1]) for word in (left, right))
            for distance, ordered, weight in ((1, True, 0.05), (8, False, 0.1)):
                title, whole = self.frequencies(Near(left, right, distance, ordered))
                score = self.bm25("whole", whole, work, idf) + TITLE_WEIGHT * self.bm25("title", title, work, idf)
                bonus += weight * score
        return bonus

    def score(self, clause: Clause, work: str) -> float:
        match clause:
            case And(clauses):
                each = sum(self.score(c, work) for c in clauses if not isinstance(c, Not))
                return each + self.proximity_bonus(clauses, work)
            case Or(clauses) | AtLeast(_, clauses):
                each = sum(self.score(c, work) for c in clauses if match(c, self.texts[work]) is not None)
                return each + self.proximity_bonus(clauses, work)
            case Not() | Everything():
                return 0.0
        title, whole = self.frequencies(clause)
        factor = FUNCTION_WEIGHT if isinstance(clause, Word) and stem(clause.term) in FUNCTION_STEMS else 1
        idf = self.idf(whole)
        return factor * (self.bm25("whole", whole, work, idf) + TITLE_WEIGHT * self.bm25("title", title, work, idf))


@pytest.fixture(scope="module")
def reference(sample_searcher: Searcher) -> Reference:
    archive = sample_searcher.archive
    return Reference(list(archive.releases(archive.live_ids())))


@pytest.mark.parametrize("query", QUERIES)
def test_scores_equal_the_formula_written_out(sample_searcher: Searcher, reference: Reference, query: str) -> None:
    clause = parse_query(query).clause
    for hit in sample_searcher.search(query, limit=100).hits:
        assert hit.score == pytest.approx(reference.score(clause, hit.id), abs=1e-6)


def test_the_best_hit_is_first(sample_searcher: Searcher, reference: Reference) -> None:
    clause = parse_query("survey flood OR bridge").clause
    hits = sample_searcher.search("survey flood OR bridge", limit=100).hits
    best: Callable[[str], float] = lambda work: reference.score(clause, work)  # noqa: E731
    assert best(hits[0].id) == pytest.approx(max(best(hit.id) for hit in hits))


def test_how_often_a_word_of_content_stands_outweighs_how_often_a_function_word_does(
    data: Path, write: Callable[..., Path], folder: Path
) -> None:
    """Both are as long, and hold both words: one says "ferry" twice, the other "the" five times."""
    write(
        "ferry.txt", "Notice F\n\nHarbor wing, quay, pier, lamp: ferry sails, board says of the ferry, and it is there."
    )
    write("the.txt", "Notice T\n\nThe harbor wing, the quay, the pier, the lamp: the board says that the ferry sails.")
    for number in range(4):
        write(
            f"{number}.txt", f"Notice {number}\n\nHarbor wing {number} quay by pier, lamp, board says nothing of boats."
        )
    build.add(data, folder)
    with Searcher(data) as searcher:
        titles = [hit.title.text for hit in searcher.search("the ferry").hits]
    assert titles == ["Notice F", "Notice T"]


@pytest.mark.parametrize("query", ["survey flood", "harbor OR wing OR flood OR level", "national waterways survey"])
@pytest.mark.parametrize("likely", [1, 3])
def test_the_best_are_the_same_however_few_are_looked_at_for_pairs(
    sample_searcher: Searcher, query: str, likely: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clause, backend = parse_query(query).clause, sample_searcher.backend
    whole = backend.find(Query(clause))
    everything = whole.page(0, whole.total)
    assert whole.total > 2 * likely
    monkeypatch.setattr(result_set, "MIN_CANDIDATES", likely)
    for offset, limit in ((0, 1), (0, 3), (1, 2), (0, whole.total + 5), (whole.total, 3), (0, 0)):
        assert backend.find(Query(clause)).page(offset, limit) == everything[offset : offset + limit]
