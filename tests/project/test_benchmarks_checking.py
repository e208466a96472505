"""The quote gate over some real releases, by a seed: no turned quotation passes, and few answers are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.checking import score
from benchmarks.checking.plants import Plant, find_sentences
from indexer.maintenance import build
from indexer.search import Searcher

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def searcher(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Some hundred releases of members of Congress."""
    root = tmp_path_factory.mktemp("checking")
    (root / "in").mkdir()
    for path in sorted((corpora / "congress").glob("20*.jsonl")):
        shutil.copyfile(path, root / "in" / path.name)
    build.add(root / "data", root / "in")
    with Searcher(root / "data") as opened:
        yield opened


def test_planted_quotations_get_their_verdicts(searcher: Searcher) -> None:
    result = score.run(searcher, count=6, seed=7)
    assert result.plants > 60
    assert result.passed == 0, result.wrong
    assert result.right >= 0.97 * result.plants, result.wrong
    assert result.nearest >= 0.95 * result.with_nearest, result.wrong


def test_a_wrong_answer_is_told(searcher: Searcher) -> None:
    result = score.score(
        searcher, [Plant("exact", "Martians landed on the roof of this office.", "exact", True, frozenset("x"))]
    )
    assert (result.right, result.nearest, result.passed) == (0, 0, 0)
    assert [each.said for each in result.wrong] == ["not here"]
    assert "Martians" in score.format_score(result)


def test_only_plain_sentences_are_planted() -> None:
    plain = "The office of the attorney general has filed a complaint in the district court."
    assert list(
        find_sentences(f"{plain} Mr. Smith said so. He said “it is so and no other thing is known of it here”.")
    ) == [plain]
