"""Edit distance: rapidfuzz against the textbook's recursion, over a whole vocabulary at once."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.fuzzy import nearest_words, words_within_edits

# Few letters, so that words resemble each other: plain, accented, beyond the first plane, and half a pair.
WORDS = st.text(alphabet="abé\u0301𝒜\ud800", max_size=9)


@cache
def textbook_distance(left: str, right: str) -> int:
    if not left or not right:
        return len(left) + len(right)
    return min(
        textbook_distance(left[1:], right) + 1,
        textbook_distance(left, right[1:]) + 1,
        textbook_distance(left[1:], right[1:]) + (left[0] != right[0]),
    )


@pytest.mark.parametrize(
    ("wanted", "word", "distance"),
    [
        ("bridge", "bridge", 0),
        ("bridge", "bridges", 1),  # a letter more
        ("bridge", "brige", 1),  # a letter less
        ("bridge", "brudge", 1),  # another letter
        ("bridge", "brigde", 2),  # two letters changed about are two edits
        ("bridge", "fridge", 1),
        ("bridge", "brie", 2),
        ("bridge", "ridges", 2),
        ("", "ab", 2),
        ("é", "e", 1),
        ("é", "e\u0301", 2),
    ],
)
def test_distances(wanted: str, word: str, distance: int) -> None:
    assert textbook_distance(wanted, word) == distance
    for edits in range(4):
        assert nearest_words([word], wanted, edits) == ([(word, distance)] if distance <= edits else [])


def test_the_first_letter_must_agree_and_the_nearest_come_first() -> None:
    words = ["brine", "fridge", "bridges", "bridge", "Bridge", "ridge", "", "brudge"]
    assert words_within_edits("bridge", words, 0) == ["bridge"]
    assert words_within_edits("bridge", words, 1) == ["bridge", "bridges", "brudge"]
    assert words_within_edits("bridge", words, 2) == ["bridge", "bridges", "brudge", "brine"]
    assert words_within_edits("bridge", [], 2) == []


@given(WORDS, st.lists(WORDS, max_size=30), st.integers(0, 3))
def test_a_vocabulary_is_searched_as_word_by_word(wanted: str, words: list[str], edits: int) -> None:
    near = [(word, textbook_distance(wanted, word)) for word in words]
    expected = sorted([pair for pair in near if pair[1] <= edits], key=lambda pair: pair[1])
    assert nearest_words(words, wanted, edits) == expected
    assert words_within_edits(wanted, words, edits) == [word for word, _ in expected if word[:1] == wanted[:1]]


def test_words_longer_than_a_machine_word_are_compared_whole() -> None:
    long = "ab" * 200
    assert nearest_words([f"{long}a", f"x{long}yy", long[:150] + "c" + long[151:]], long, 2) == [
        (f"{long}a", 1),
        (long[:150] + "c" + long[151:], 1),
    ]


def test_a_search_without_a_respelt_word_does_not_wait_for_it(sample_data: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from indexer.search import Searcher\n"
        "searcher = Searcher(Path(sys.argv[1]))\n"
        "assert searcher.search('of the').total >= 10\n"
        "print('rapidfuzz' in sys.modules)\n"
        "assert searcher.search('surveu~').total\n"
        "print('rapidfuzz' in sys.modules)\n"
    )
    command = [sys.executable, "-c", script, str(sample_data)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["False", "True"]
