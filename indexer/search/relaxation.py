"""Query relaxation: where no release holds all the words of a query, search for most of them, or else any.

A query as long as a sentence often has no release with every word. Three quarters of the words where that gives ten
releases, otherwise any, in plain order of score, ranks best on the judged collections (benchmarks/ranking). All that
is not a plain word (phrases, names, dates, exclusions) stays required.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from indexer.language import FUNCTION_WORDS
from indexer.query import And, Clause, Query, Word, all_of, any_of, at_least
from indexer.results import Alternative
from indexer.search.variants import Variant

MIN_WORD_SHARE = 0.75
"""The share of the words that the first fallback requires."""

MIN_HITS = 10
"""Hits that the first fallback must have to be used."""


def fallbacks(query: Query) -> list[Variant]:
    """The queries to search where `query` has no hit, best first; none where there is no word to leave out."""
    if not isinstance(query.clause, And):
        return []
    words: list[Clause] = [c for c in query.clause.clauses if _is_content(c)]
    rest = [c for c in query.clause.clauses if not (isinstance(c, Word) and not c.title)]
    if len(words) < 2:
        return []
    required = math.ceil(MIN_WORD_SHARE * len(words))
    most = replace(query, clause=all_of([at_least(required, words), *rest]))
    some = Variant(replace(query, clause=all_of([any_of(words), *rest])), "any of the words")
    return [Variant(most, f"at least {required} of the {len(words)} words"), some] if required < len(words) else [some]


def choose_fallback(among: Sequence[Alternative]) -> Alternative | None:
    """The first fallback with enough hits, or the last where it has any; None for neither."""
    for fallback in among[:-1]:
        if fallback.hits >= MIN_HITS:
            return fallback
    return among[-1] if among and among[-1].hits else None


def _is_content(clause: Clause) -> bool:
    return isinstance(clause, Word) and not clause.title and clause.term not in FUNCTION_WORDS
