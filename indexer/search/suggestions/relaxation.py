"""Query relaxation: releases with most of the words of a query, or else any, where few or none have all of them.

A query as long as a sentence often has no release with every word. Three quarters of the words where that gives enough
releases, otherwise any, in plain order of score, ranks best on the judged collections (benchmarks/ranking). All that
is not a plain word (quoted phrases, names, dates, exclusions) stays required; function words do not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from indexer.language import FUNCTION_WORDS
from indexer.query import And, Clause, Phrase, Query, Said, Word, all_of, any_of, at_least, leaves
from indexer.results import Alternative
from indexer.search.suggestions.query_suggestions import Variant

MIN_WORD_SHARE = 0.75
"""The share of the words that the first fallback requires."""

FULL_PAGE = 10
"""Hits that the first fallback must have to be used, and below which a strict answer leaves a page short."""

Counted = tuple[Variant, Alternative]
"""A variant of a query, and the same with its hits."""


def fallbacks(query: Query) -> list[Variant]:
    """The queries to search where `query` has few hits or none, best first; none where there is no word to leave out.

    A phrase that punctuation makes (`C-SPAN`) counts as one word.
    """
    if not isinstance(query.clause, And):
        return []
    clauses = query.clause.clauses
    words = [each for each in clauses if _is_content(each)]
    rest = [each for each in clauses if not _may_be_left_out(each)]
    if not words or (len(words) == 1 and len(clauses) == len(rest) + 1):
        return []
    required = math.ceil(MIN_WORD_SHARE * len(words))
    most = replace(query, clause=all_of([at_least(required, words), *rest]))
    some = replace(query, clause=all_of([any_of(words), *rest]))
    fewer = Variant(most, f"at least {required} of the {len(words)} words")
    any_word = Variant(some, "any of the words" if len(words) > 1 else "the words that matter")
    return [fewer, any_word] if 1 < required < len(words) else [any_word]


def may_fill(query: Query) -> bool:
    """Whether releases with fewer of the words may follow a short answer: not where something was quoted."""
    texts = (leaf.text if isinstance(leaf, Said) else leaf for leaf in leaves(query.clause))
    return not any(isinstance(text, Phrase) and text.quoted for text in texts)


def choose_fallback(among: Sequence[Counted], wanted: int, strict: int = 0) -> Counted | None:
    """The first fallback with as many hits as wanted, or the last where it has more than the strict query."""
    for variant, counted in among[:-1]:
        if counted.hits >= wanted:
            return variant, counted
    return among[-1] if among and among[-1][1].hits > strict else None


def _may_be_left_out(clause: Clause) -> bool:
    """Whether it is a plain word, or the phrase that punctuation makes of one."""
    return isinstance(clause, Word | Phrase) and not clause.title and not (isinstance(clause, Phrase) and clause.quoted)


def _is_content(clause: Clause) -> bool:
    return _may_be_left_out(clause) and not (isinstance(clause, Word) and clause.term in FUNCTION_WORDS)
