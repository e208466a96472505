"""Rankings of a query as it is typed: all words first, then what fills a page that is short."""

from __future__ import annotations

import math

from benchmarks.ranking.indexed import IndexedCollection
from indexer.language import FUNCTION_WORDS, is_ignored, tokenizer
from indexer.query import Clause, Word, all_of, any_of, at_least
from indexer.search.suggestions import MIN_WORD_SHARE

PAGE = 10
"""Hits of a page: a strict answer of fewer is short."""

ANY, STRICT, RELAXED, FILLED = "any word", "all words", "relaxed where none", "filled where short"


def rank_as_typed(collection: IndexedCollection, text: str) -> dict[str, list[str]]:
    """The rankings of a query's text, by what is done where few or no documents hold all of its words."""
    keys = [term for term in tokenizer.exact_terms(text) if not is_ignored(term)]
    words: list[Clause] = [Word(key) for key in keys]
    content: list[Clause] = [Word(key) for key in keys if key not in FUNCTION_WORDS] or words
    strict = collection.rank(all_of(words))
    fill = _fill(collection, content) if len(strict) < PAGE else []
    filled = [*strict, *(document for document in fill if document not in set(strict))]
    return {
        ANY: collection.rank(any_of(words)),
        STRICT: strict,
        RELAXED: strict or fill,
        FILLED: filled,
    }


def _fill(collection: IndexedCollection, words: list[Clause]) -> list[str]:
    """Documents with most of the words if they fill a page, or else with any, in order of score."""
    required = math.ceil(MIN_WORD_SHARE * len(words))
    most = collection.rank(at_least(required, words)) if 1 < required < len(words) else []
    return most if len(most) >= PAGE else collection.rank(any_of(words))
