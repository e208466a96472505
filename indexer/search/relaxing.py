"""What is searched instead when no release holds all the words of a query: most of them, or else any.

Requiring every word leaves many a sentence-long query without a hit. What keeps the ranking good is: at least three
quarters of the words where that gives ten releases, otherwise any, in plain order of score (measured on the judged
collections). Everything in the query that is not a plain word (phrases, names, dates, exclusions) stays required.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from indexer.language import FUNCTION_WORDS
from indexer.query import And, Clause, Query, Word, all_of, any_of, at_least
from indexer.results import Alternative
from indexer.search.variants import Variant

SHARE = 0.75
"""The share of the words that must be there in the first attempt."""

ENOUGH = 10
"""Releases that the first attempt must give."""


def fallbacks(query: Query) -> list[Variant]:
    """What may be searched where `query` finds nothing, best first; none where it has no words to leave out."""
    if not isinstance(query.clause, And):
        return []
    words: list[Clause] = [c for c in query.clause.clauses if _is_content(c)]
    rest = [c for c in query.clause.clauses if not (isinstance(c, Word) and not c.title)]
    if len(words) < 2:
        return []
    wanted = math.ceil(SHARE * len(words))
    most = replace(query, clause=all_of([at_least(wanted, words), *rest]))
    some = Variant(replace(query, clause=all_of([any_of(words), *rest])), "any of the words")
    return [Variant(most, f"at least {wanted} of the {len(words)} words"), some] if wanted < len(words) else [some]


def choose_fallback(among: Sequence[Alternative]) -> Alternative | None:
    """The first of the fallbacks that finds enough, or the last where it finds anything; None for neither."""
    for fallback in among[:-1]:
        if fallback.hits >= ENOUGH:
            return fallback
    return among[-1] if among and among[-1].hits else None


def _is_content(clause: Clause) -> bool:
    return isinstance(clause, Word) and not clause.title and clause.key not in FUNCTION_WORDS
