from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.ingest.parse import parse_file
from archive.parsed import FolderFile
from archive.readers import read
from archive.sample import RELEASES
from benchmarks.cli import main
from benchmarks.contest.all_peers import ContestantFigures, Disagreement, eligible_contestants, find_disagreements
from benchmarks.contest.figures import by_class, percentile
from benchmarks.contest.questions import CLASSES, TODAY, Question, draw_questions
from benchmarks.contest.report import format_report, format_table
from benchmarks.corpus.sentences import HARVEST_FILE, harvest_releases
from benchmarks.corpus.synthetic import Corpus
from benchmarks.hard import measure as hard
from benchmarks.hard.texts import TEXTS
from benchmarks.meter import Meter
from benchmarks.peers.peer import MODULES, Page, import_contestant
from benchmarks.process_runner import run_python
from benchmarks.ranking import collections as judged
from benchmarks.ranking import ranking
from benchmarks.ranking.measures import average_precision, ndcg
from benchmarks.ranking.plain_bm25 import PlainBM25
from indexer.language import stems, tokenizer


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache whose harvest comes from the sample, so that no test reads thousands of releases."""
    cache = tmp_path_factory.mktemp("benchmarks")
    files = [FolderFile(str(p), p.name, p.stat().st_size, 0) for p in sorted(RELEASES.rglob("*.txt"))[:30]]
    releases = [record.release for file in files for record in parse_file(file, TODAY).records]
    (cache / HARVEST_FILE).write_text(json.dumps(asdict(harvest_releases(releases))), "utf-8")
    return cache


@pytest.fixture(scope="module")
def corpus(cache: Path) -> Corpus:
    corpus = Corpus(cache, 90, seed=3, part=40)
    corpus.make(workers=1)
    return corpus


@pytest.fixture(scope="module")
def drawn(corpus: Corpus) -> list[Question]:
    return draw_questions(corpus, 4)


@pytest.fixture(scope="module")
def dateline_pages(corpus: Corpus, drawn: list[Question], tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return pages("dateline", corpus, drawn, tmp_path_factory.mktemp("dateline"))


def pages(name: str, corpus: Corpus, drawn: list[Question], folder: Path) -> list[Page]:
    module = import_contestant(name)
    meter = Meter()
    module.build(corpus, folder, meter)
    assert meter.total.cpu > 0
    assert module.size(folder).total > 10_000
    index = module.open_index(folder)
    try:
        found = [index.page(index.prepare(question)) for question in drawn]
        best = [len(index.ten_best(index.prepare(question))) for question in drawn]
    finally:
        index.close()
    assert best == [min(10, page.total) for page in found]
    return found


def test_a_corpus_depends_on_its_seed_and_a_smaller_one_is_its_beginning(cache: Path, corpus: Corpus) -> None:
    stories = list(corpus.stories())
    smaller = Corpus(cache, 25, seed=3, part=25)
    smaller.make(workers=1)
    assert [story.number for story in stories] == list(range(90))
    assert list(smaller.stories()) == stories[:25]
    other = Corpus(cache, 25, seed=4, part=25)
    other.make(workers=1)
    assert list(other.stories()) != stories[:25]


def test_every_so_manieth_story_comes_with_its_own_keys(corpus: Corpus) -> None:
    pairs = list(zip(corpus.stories(step=7), corpus.terms(step=7), strict=True))
    assert [story.number for story, _ in pairs] == list(range(0, 90, 7))
    for story, keys in pairs:
        assert keys.body.split() == tokenizer.exact_terms(story.body)
        assert keys.title_stemmed.split() == [stem for key in tokenizer.exact_terms(story.title) for stem in stems(key)]


def test_stories_are_news(corpus: Corpus) -> None:
    stories = list(corpus.stories())
    words = [len(keys.body.split()) for keys in corpus.terms(step=1)]
    assert 200 < sum(words) / len(words) < 400
    assert all(1 <= len(story.slugs) <= 3 and story.source and story.title for story in stories)
    assert len({story.published[:4] for story in stories if story.published}) > 10


def test_there_are_questions_of_every_class_and_the_same_each_time(corpus: Corpus, drawn: list[Question]) -> None:
    assert {question.group for question in drawn} == set(CLASSES)
    assert len(drawn) == len({(question.group, question.text) for question in drawn}) == 4 * len(CLASSES)
    assert draw_questions(corpus, 4) == drawn


def test_every_question_has_hits(drawn: list[Question], dateline_pages: list[Page]) -> None:
    found = {q.text: page.total for q, page in zip(drawn, dateline_pages, strict=True)}
    dry = [q.text for q in drawn if not found[q.text] and q.group not in ("date + word", "name + word")]
    assert dry == []


@pytest.mark.parametrize("name", [name for name in MODULES if name != "dateline"])
def test_peers_give_the_same_totals_facets_and_timelines(
    name: str, corpus: Corpus, drawn: list[Question], dateline_pages: list[Page], tmp_path: Path
) -> None:
    if name == "tantivy":
        pytest.importorskip("tantivy")
    for question, mine, theirs in zip(drawn, dateline_pages, pages(name, corpus, drawn, tmp_path), strict=True):
        assert theirs.numbers == mine.numbers, question.text
        assert len(theirs.snippets) == theirs.hits


def answer(total: int, **more: Any) -> dict[str, Any]:
    times = {"cpu": 2.0, "wall": 3.0}
    hits = [min(10, total)] * 2
    return {"group": "and", "text": "a b", "numbers": {"total": total}, "hits": hits, "first": 5.0,
            "ten": times, "page": times} | more  # fmt: skip


def test_numbers_that_differ_and_short_pages_are_told() -> None:
    first = ContestantFigures("dateline", answers=[answer(12), answer(3)])
    same = ContestantFigures("fts5", answers=[answer(12), answer(3)])
    other = ContestantFigures("tantivy", answers=[answer(11), answer(3, hits=[3, 2])])
    assert find_disagreements([first, same]) == []
    assert find_disagreements([first, other]) == [
        Disagreement("tantivy", "and", "a b", "hits", [3, 3], [3, 2]),
        Disagreement("tantivy", "and", "a b", "total", 12, 11),
    ]


def entry(name: str, *, scale: float) -> ContestantFigures:
    groups = {"quick": 1.0, "slow": 4.0}
    answers = [
        answer(1, group=group, page={"cpu": ms * (scale if group == "slow" else 1), "wall": ms})
        for group, ms in groups.items()
        for _ in range(3)
    ]
    spent = {"wall": 2.0, "cpu": 3.0}
    size = {"index": 2_000_000, "texts": 1_000_000, "together": 0}
    memory = {"peak_mb": 50.0, "workers_mb": [70.0]}
    build = {"parts": {"index": spent}, "total": spent, "size": size, "memory": memory}
    resident = {"VmRSS": 40.0, "RssAnon": 30.0}
    return ContestantFigures(name, build, {"open": 1.0, "first": 2.0}, answers, resident)


def test_classes_stand_worst_first_and_all_of_them_last() -> None:
    rows = by_class([entry("dateline", scale=2), entry("fts5", scale=1)])
    assert [row["class"] for row in rows] == ["slow", "quick", "all"]
    assert [row["page_ratios"]["fts5"] for row in rows] == pytest.approx([2, 1, 9 / 5])


def test_the_report_names_every_class_and_contestant() -> None:
    entries = [entry("dateline", scale=2), entry("fts5", scale=1)]
    report = format_report(entries, find_disagreements(entries))
    for word in ("dateline", "fts5", "slow", "quick", "all", "agree on all 6 questions"):
        assert word in report
    assert "1 disagreements" in format_report(entries, [Disagreement("fts5", "and", "a b", "total", 1, 2)])


def test_a_table_is_aligned() -> None:
    assert format_table(["", "ms"], [("a", 1.5), ("long", 1234.5)]) == "         ms\na      1.50\nlong  1,234"


@pytest.mark.parametrize(("share", "expected"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2), (1, 5), (0, 1)])
def test_percentile(share: float, expected: float) -> None:
    assert percentile([5, 1, 3, 2, 4], share) == expected


def test_stock_whoosh_is_spared_large_corpora() -> None:
    assert eligible_contestants([], 20_000) == list(MODULES)
    assert eligible_contestants(["whoosh", "fts5"], 200_000) == ["fts5"]


@pytest.mark.parametrize(
    ("ranking", "grades", "expected_ndcg", "expected_precision"),
    [
        ("abc", {"a": 1}, 1.0, 1.0),
        ("bac", {"a": 1}, 0.6309, 0.5),
        ("abcd", {"a": 1, "d": 1}, (1 + 0.4307) / (1 + 0.6309), (1 + 2 / 4) / 2),
        ("a", {"a": 1, "z": 1}, 1 / 1.6309, 0.5),  # a relevant document that is not found counts
        ("ab", {"a": 1, "b": 3}, (1 + 3 * 0.6309) / (3 + 0.6309), 1.0),
        ("ab", {"a": 0, "b": 1}, 0.6309, 0.5),
        ("", {"a": 1}, 0.0, 0.0),
        ("ab", {}, 0.0, 0.0),
    ],
)
def test_measures_of_ranking(
    ranking: str, grades: dict[str, int], expected_ndcg: float, expected_precision: float
) -> None:
    assert ndcg(list(ranking), grades) == pytest.approx(expected_ndcg, abs=1e-4)
    assert average_precision(list(ranking), grades) == pytest.approx(expected_precision)


def test_ndcg_looks_no_deeper_than_ten() -> None:
    assert ndcg(list("bcdefghijka"), {"a": 1}) == 0.0


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("read", "documents", "queries", "relevant"),
    [(judged.cranfield, 1400, 225, 1612), (judged.cacm, 3204, 52, 796), (judged.cisi, 1460, 76, 3114),
     (judged.med, 1033, 30, 696)],
)  # fmt: skip
def test_judged_collections_are_read_whole(
    corpora: Path, read: Any, documents: int, queries: int, relevant: int
) -> None:
    found = read()
    assert len(found.documents) == documents
    assert len([query for query in found.queries if query in found.grades]) == queries
    assert sum(grade for grades in found.grades.values() for grade in grades.values()) == relevant
    assert all(found.queries.values())


def test_a_collection_is_ranked_through_the_seam(tmp_path: Path) -> None:
    texts = {"1": ("", "missile defense talks"), "2": ("", "missiles"), "5": ("", "corn and beans")}
    small = judged.JudgedCollection(
        "MED", texts, {"1": "missile defense", "2": "corn", "3": "x"}, {"1": {"1": 1}, "2": {"5": 1}}
    )
    found = ranking.measure_quality(small, tmp_path)
    assert (found.queries, found.ndcg, found.map, found.plain_ndcg, found.plain_map) == (2, 1, 1, 1, 1)
    assert "MED" in ranking.format_qualities([found])


def test_plain_bm25_counts_a_repeated_query_word_twice() -> None:
    texts = {"a": "corn corn beans", "b": "beans beans corn", "c": "peas"}
    assert PlainBM25(texts).ranking("corn beans beans", 10) == ["b", "a"]


def test_a_command_is_watched_to_its_end() -> None:
    watched = run_python(["-c", "import time; x = bytearray(60_000_000); time.sleep(0.3)"])
    assert watched.wall > 0
    assert watched.peak_mb == 0 or watched.peak_mb > 55


def test_a_command_that_fails_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        run_python(["-c", "raise SystemExit(3)"])


@pytest.mark.parametrize("size", ["", "k", "0", "-5", "20kk", "many", "2.5m"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    result = CliRunner().invoke(main, ["--size", size])
    assert result.exit_code == 2


def test_a_contestant_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(main, ["--contestants", "dateline,lucene"])
    assert result.exit_code == 2
    assert "lucene: choose from" in result.output


@pytest.mark.parametrize("name", TEXTS)
def test_a_hard_file_of_text_gives_records_or_reasons(name: str) -> None:
    assert list(read(TEXTS[name](50_000), name))


def test_a_hard_file_is_measured_in_a_process_of_its_own() -> None:
    (figure,) = hard.measure_files(100_000, ["one release.txt"])
    assert figure.name == "one release.txt"
    assert (figure.records, figure.outcome) == (1, "read")
    assert 0 < figure.first <= figure.silence <= figure.whole
    assert figure.peak_mb > 0
    assert "1 of 1 within 5 s of silence and 500 MB" in hard.format_figures([figure])


def test_a_hard_file_of_many_records_is_left_unless_the_whole_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hard, "MAX_CPU_S", 0.0)
    (left,) = hard.measure_files(100_000, ["many records.jsonl"])
    (whole,) = hard.measure_files(100_000, ["many records.jsonl"], whole=True)
    assert (left.records, left.outcome) == (1, "read, then left")
    assert whole.records > 1
    assert whole.outcome == "read"


def test_a_hard_file_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hard, "TIMEOUT_S", 0.0)
    (figure,) = hard.measure_files(100_000, ["one release.txt"])
    assert figure.outcome == "given up"
    assert not figure.within
