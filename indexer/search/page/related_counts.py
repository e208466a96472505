"""The hits of queries related to that of a page: its clauses, its other readings and spellings, and less of it.

All are counted in one call, since behind a network each call is a round trip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

from indexer import deadline
from indexer.query import Clause, Query, listed_clauses
from indexer.results import Alternative
from indexer.search import history, suggestions
from indexer.search.open_index import OpenIndex
from indexer.search.suggestions import Variant

MAX_LISTED_CLAUSES = 40
"""Clauses that a receipt lists."""


@dataclass(frozen=True, slots=True)
class RelatedCounts:
    """The hits of related queries; `clauses` has each clause of the query with the hits of it alone.

    The `fallback` is with fewer words, to be shown instead of the page or below it.
    """

    fallback: suggestions.Counted | None = None
    spellings: tuple[Alternative, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    interpretations: tuple[Alternative, ...] = ()
    clauses: tuple[tuple[Clause, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Variants:
    """The variants of a query by kind, in the order in which they are counted: its interpretations first.

    They share the words of the query, and what resembles it most is then evaluated first.
    """

    interpretations: Sequence[Variant]
    fallbacks: Sequence[Variant]
    respelt: Sequence[Variant]
    alternatives: Sequence[Variant]

    def groups(self) -> list[Sequence[Variant]]:
        return [self.interpretations, self.fallbacks, self.respelt, self.alternatives]


def count_related(index: OpenIndex, query: Query, total: int) -> RelatedCounts:
    """Count the queries related to that of a page with `total` hits, in one call; nothing where time is over."""
    clauses = listed_clauses(query.clause)[:MAX_LISTED_CLAUSES]
    groups = [[_marked(each, query) for each in group] for group in _make_variants(index, query, total).groups()]
    variants = list(chain.from_iterable(groups))
    alone = [Query(history.widen(clause, query.clause)) for clause in clauses]
    hits = index.totals([*(variant.query for variant in variants), *alone])
    if deadline.is_over():
        return RelatedCounts()
    counted = iter([(each, each.with_hits(number)) for each, number in zip(variants, hits, strict=False)])
    ways, relaxed, spelt, left = ([*islice(counted, len(group))] for group in groups)
    others = () if total else suggestions.select_alternatives(index.backend, (each for _, each in left))
    return RelatedCounts(
        fallback=suggestions.choose_fallback(relaxed, suggestions.FULL_PAGE, total),
        spellings=suggestions.select_spellings(spelt, total),
        alternatives=others,
        interpretations=tuple(each for _, each in ways),
        clauses=tuple(zip(clauses, hits[len(variants) :], strict=True)),
    )


def _make_variants(index: OpenIndex, query: Query, total: int) -> _Variants:
    """The variants of a query with `total` hits that are worth counting, without its marker of the history."""
    plain = history.without_marker(query)
    is_short = total < suggestions.FULL_PAGE
    may_relax = is_short and (not total or suggestions.may_fill(plain))
    respelt = suggestions.respell(index.backend, plain, total) if is_short else []
    return _Variants(
        suggestions.list_interpretations(plain),
        suggestions.fallbacks(plain) if may_relax else [],
        [each for each in respelt if suggestions.is_short(each)],
        [] if total else suggestions.suggest_alternatives(plain),
    )


def _marked(variant: Variant, original: Query) -> Variant:
    return variant._replace(query=history.with_marker(variant.query, original))
