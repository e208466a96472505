"""The study behind the ranking's parameters: its scores are the engine's, and it prefers a plain to a peak."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from archive.ingest.parse import parse_file
from archive.parsed import FolderFile
from archive.sample import RELEASES
from benchmarks.cli import main
from benchmarks.contest.questions import TODAY
from benchmarks.ranking import as_typed, judged_sets, leave_one_out, parts, ranking
from benchmarks.ranking.collections import JudgedCollection
from benchmarks.ranking.indexed import IndexedCollection, index_collection
from benchmarks.ranking.measures import average_precision, ndcg
from benchmarks.ranking.memory import MemoryRanking
from benchmarks.ranking.plain_bm25 import PlainBM25
from benchmarks.ranking.setting import ENGINE, PLAIN, Setting, Shape, Weights
from benchmarks.ranking.variants import CHANGES, vary
from indexer.language import tokenizer
from indexer.query import Word, any_of

QUERIES = {
    "1": "the flood survey of the bridge",
    "2": "harbor harbor wing and level, water level",
    "3": "national waterways survey",
    "4": "what did the senator say of the fog signal",
    "5": "bridge bridge",
}


@pytest.fixture(scope="module")
def judged() -> JudgedCollection:
    """The sample as a judged collection; the judgments are made up."""
    files = [FolderFile(str(p), p.name, p.stat().st_size, 0) for p in sorted(RELEASES.rglob("*.txt"))[:60]]
    releases = [record.release for file in files for record in parse_file(file, TODAY).records]
    documents = {
        str(number): (one.title, one.body) for number, one in enumerate(releases, 101)
    }  # as names, in the same order
    grades = {query: {str(100 + n): n % 2 for n in range(int(query), 50, 3)} for query in QUERIES if query != "5"}
    return JudgedCollection("MED", documents, QUERIES, grades | {"5": {"101": 1, "999": 1}})


@pytest.fixture(scope="module")
def in_memory(judged: JudgedCollection) -> MemoryRanking:
    return MemoryRanking(judged)


def test_scores_in_memory_are_those_of_the_engine(
    judged: JudgedCollection, in_memory: MemoryRanking, tmp_path: Path
) -> None:
    scores = in_memory.scores(ENGINE)
    with index_collection(judged, tmp_path) as collection:
        for row, query in enumerate(in_memory.queries):
            words = any_of([Word(key) for key in tokenizer.exact_terms(judged.queries[query])])
            found = dict(zip(in_memory.index.names, scores[row].tolist(), strict=True))
            assert collection.score(words) == pytest.approx({n: s for n, s in found.items() if s}, abs=1e-9)


def test_without_its_parts_the_ranking_in_memory_is_plain_bm25(
    judged: JudgedCollection, in_memory: MemoryRanking
) -> None:
    plain = PlainBM25({name: " ".join(texts) for name, texts in judged.documents.items()})
    found = [(plain.ranking(judged.queries[query], 1_000), judged.grades[query]) for query in in_memory.queries]
    expected = np.mean([(ndcg(*one), average_precision(*one)) for one in found], axis=0)
    assert in_memory.measure(PLAIN) == pytest.approx(tuple(expected), abs=1e-9)


def test_measures_in_memory_are_those_written_out(judged: JudgedCollection, in_memory: MemoryRanking) -> None:
    scores = np.random.default_rng(7).permuted(np.tile(np.arange(len(judged.documents)), (len(QUERIES), 1)), axis=1)
    expected = []
    for row, query in enumerate(in_memory.queries):
        order = [in_memory.index.names[n] for n in np.argsort(-scores[row]) if scores[row][n] > 0]
        expected.append((ndcg(order, judged.grades[query]), average_precision(order, judged.grades[query])))
    assert in_memory.measure_scores(scores.astype(float)) == pytest.approx(tuple(np.mean(expected, axis=0)))


@pytest.mark.parametrize(
    ("change", "title", "text"),
    [
        ("no titles", "", "one two three A title"),
        ("first words as titles", "one two three A title", ""),
        ("short, no titles", "", "A title one two three"),
        ("short, first words as titles", "A title one two three", ""),
    ],
)
def test_titles_are_taken_away_or_made_up(change: str, title: str, text: str) -> None:
    assert CHANGES[change](("A title", "one two three")) == (title, text)


def test_a_change_that_changes_nothing_is_no_set_of_its_own(judged: JudgedCollection) -> None:
    untitled = JudgedCollection("MED", {"1": ("", " ".join(map(str, range(60))))}, {}, {})
    assert [name for name, _ in vary(untitled)] == [
        "as it is",
        "first words as titles",
        "short, no titles",
        "short, first words as titles",
    ]
    assert len(list(vary(judged))) == 5


def test_a_plain_is_preferred_to_a_peak() -> None:
    peak: dict[leave_one_out.Place, float] = {
        (0, 0): 0.0,
        (0, 1): 9.0,
        (0, 2): 0.0,
        (0, 3): 5.5,
        (0, 4): 6.0,
        (0, 5): 5.0,
    }
    assert leave_one_out.choose([peak]) == (0, 4)
    assert leave_one_out.choose([peak, {place: -value for place, value in peak.items()}]) == (
        0,
        5,
    )  # all alike: the last


def test_each_collection_is_judged_by_the_choice_of_the_others(judged: JudgedCollection) -> None:
    sets = [
        judged_sets.JudgedSet(name, "as it is", MemoryRanking(judged), (0.5, 0.4)) for name in ("CACM", "CISI", "MED")
    ]
    grid: dict[leave_one_out.Place, Setting] = {
        (0,): PLAIN,
        (1,): ENGINE,
        (2,): Setting(Shape(k1=2.0), Weights(title=3.0)),
    }
    said: list[str] = []
    logs = leave_one_out.measure_grid(sets, grid, said.append)
    found = leave_one_out.leave_out(sets, grid, logs)
    assert [one.collection for one in found.left_out] == ["CACM", "CISI", "MED"]
    assert said == ["CACM: 3 settings", "CISI: 3 settings", "MED: 3 settings"]
    assert found.chosen in grid.values()
    part = leave_one_out.with_standard_bm25(grid)
    assert list(part) == [(0,), (1,)]
    assert leave_one_out.leave_out(sets, part, logs).chosen in part.values()
    for word in ("CACM", "mean of all", "least of all", "chosen on all: k1"):
        assert word in leave_one_out.format_study(found)


def test_without_collections_there_is_nothing_to_choose(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(judged_sets, "FOLDER", tmp_path / "none")
    result = CliRunner().invoke(main, ["leave-one-out"])
    assert result.exit_code == 1
    assert "not here" in result.output


def test_every_part_of_the_ranking_is_measured_without_it(judged: JudgedCollection) -> None:
    figures = parts.measure_parts(judged_sets.make_judged_sets(judged))
    by_name = {one.name: one for one in figures}
    assert by_name["none (plain BM25)"].ratios["no titles"] == (1.0, 1.0)
    assert {"the engine's", "before", "without the title", "without proximity"} <= by_name.keys()
    assert "without function words' weight" in parts.format_parts(figures)
    assert parts.measure_parts([]) == []
    assert parts.format_parts([]) == ""


def test_a_short_answer_is_filled_below_its_hits(tmp_path: Path) -> None:
    texts = {"1": ("", "corn and beans"), "2": ("", "corn"), "3": ("", "beans beans"), "4": ("", "and so on")}
    small = JudgedCollection(
        "MED", texts, {"1": "corn and beans", "2": "peas and corn"}, {"1": {"1": 1}, "2": {"2": 1}}
    )
    with index_collection(small, tmp_path) as collection:
        assert isinstance(collection, IndexedCollection)
        found = as_typed.rank_as_typed(collection, "corn and beans")
        dry = as_typed.rank_as_typed(collection, "peas and corn")
    assert found[as_typed.STRICT] == found[as_typed.RELAXED] == ["1"]
    assert found[as_typed.FILLED][0] == "1"
    assert set(found[as_typed.FILLED]) == {"1", "2", "3"}
    assert set(found[as_typed.ANY]) == {"1", "2", "3", "4"}
    assert dry[as_typed.STRICT] == []
    assert set(dry[as_typed.RELAXED]) == set(dry[as_typed.FILLED]) == {"1", "2"}
    quality = ranking.measure_quality(small, tmp_path)
    assert quality.as_typed[as_typed.STRICT] == (0.5, 0.5)
    assert "filled where short" in ranking.format_as_typed([quality])
    assert ranking.format_as_typed([]) == ""
