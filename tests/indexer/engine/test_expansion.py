"""The vocabularies that fuzzy and misspelt words are compared with: cut out of what is kept, within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.arrays.evaluate import PostingSource
from indexer.engine.arrays.evaluate.expansion import Expansions


class Dictionary:
    """A source that has terms, in the order of their bytes as segments have them, and counts how often it is read."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = sorted({word.encode() for word in words})
        self.reads: list[str] = []

    def terms(self, field: str, prefix: str) -> list[str]:
        self.reads.append(f"{field}:{prefix}")
        return [word.decode() for word in self._words if word.startswith(prefix.encode())]


def expansions_of(dictionary: Dictionary) -> Expansions:
    return Expansions(cast("PostingSource", dictionary))


WORDS = st.text(st.sampled_from("abé日𐍈\uffff"), min_size=1, max_size=4)


@given(st.lists(WORDS, max_size=30), WORDS)
def test_a_vocabulary_is_the_same_where_its_letter_is_kept(words: list[str], prefix: str) -> None:
    dictionary = Dictionary(words)
    expected = dictionary.terms("body", prefix)
    expansions = expansions_of(dictionary)
    assert expansions.vocabulary("body", prefix) == expected
    expansions.vocabulary("body", prefix[0])
    dictionary.reads.clear()
    assert expansions.vocabulary("body", prefix) == expected
    assert dictionary.reads == []


def test_the_letter_asked_for_least_recently_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.engine.arrays.evaluate.expansion.MAX_WORDS", 4)
    dictionary = Dictionary(["aa", "ab", "ba", "bb", "ca"])
    expansions = expansions_of(dictionary)
    for letter in "abaca":
        expansions.vocabulary("body", letter)
    assert dictionary.reads == ["body:a", "body:b", "body:c"]
    expansions.vocabulary("body", "b")
    assert dictionary.reads[3:] == ["body:b"]
    assert list(expansions.vocabulary("title", "a")) == ["aa", "ab"]  # another field
    assert dictionary.reads[4:] == ["title:a"]
