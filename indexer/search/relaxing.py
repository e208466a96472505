"""What is searched instead when no release holds all the words of a query: most of them, or else any.

Requiring every word leaves many a sentence-long query without a hit. What keeps the ranking good is: at least three
quarters of the words where that gives ten releases, otherwise any, in plain order of score (measured on the judged
collections). Everything in the query that is not a plain word (phrases, names, dates, exclusions) stays required.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from indexer.language import FUNCTION_WORDS, printed
from indexer.query import And, Clause, Query, Word, all_of, any_of, at_least
from indexer.results import Alternative

SHARE = 0.75
"""The share of the words that must be there in the first attempt."""

ENOUGH = 10
"""Releases that the first attempt must give."""


def relaxed(query: Query, total: Callable[[Query], int]) -> Alternative | None:
    """The reading to fall back to where `query` finds nothing; None where it has no words to leave out.

    `total` tells how many releases a query finds.
    """
    if not isinstance(query.clause, And):
        return None
    words: list[Clause] = [c for c in query.clause.clauses if _is_content(c)]
    rest = [c for c in query.clause.clauses if not (isinstance(c, Word) and not c.title)]
    if len(words) < 2:
        return None
    wanted = math.ceil(SHARE * len(words))
    if wanted < len(words):
        most = replace(query, clause=all_of([at_least(wanted, words), *rest]))
        if (hits := total(most)) >= ENOUGH:
            return Alternative(
                printed(most.clause), f"at least {wanted} of the {len(words)} words", hits, query.filters
            )
    some = replace(query, clause=all_of([any_of(words), *rest]))
    hits = total(some)
    return Alternative(printed(some.clause), "any of the words", hits, query.filters) if hits else None


def _is_content(clause: Clause) -> bool:
    return isinstance(clause, Word) and not clause.title and clause.key not in FUNCTION_WORDS
