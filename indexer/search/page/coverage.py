"""What the archive holds of a name that is asked for: how many releases, and from which years.

A receipt quotes it, so that one sees where a search can find nothing because nothing is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer import deadline
from indexer.query import Choice, Clause, Filters, Named, NameField, Query, leaves
from indexer.search import history
from indexer.search.limits import Plan
from indexer.search.open_index import OpenIndex

MAX_NAMED_CLAUSES = 4
"""Clauses of a query whose coverage is looked up."""


class Coverage(NamedTuple):
    """Releases of a name, and the first and last year of those with a date; "" where none has one."""

    releases: int
    first_year: str
    last_year: str

    @property
    def years(self) -> str:
        """The years in words, such as `2004` or `2004 to 2009`."""
        return self.first_year if self.first_year == self.last_year else f"{self.first_year} to {self.last_year}"


@dataclass(frozen=True, slots=True)
class NameCoverage:
    """The coverage of each clause that names somebody or something, and of each filter by name."""

    clauses: Mapping[Clause, Coverage] = field(default_factory=dict)
    filters: Mapping[NameField, Coverage] = field(default_factory=dict)


def find_coverage(index: OpenIndex, query: Query) -> NameCoverage:
    """The coverage of the names in a query and its filters; nothing where time is over."""
    named = [clause for clause in dict.fromkeys(leaves(query.clause)) if isinstance(clause, Named)]
    chosen = [(name, Choice(any_of)) for name in NameField if any(any_of := query.filters.choice(name).any_of)]
    clauses: dict[Clause, Coverage] = {
        clause: _cover(index, Query(history.widen(clause, query.clause))) for clause in named[:MAX_NAMED_CLAUSES]
    }
    filters = {name: _cover(index, Query(filters=Filters().with_choice(name, choice))) for name, choice in chosen}
    return NameCoverage() if deadline.is_over() else NameCoverage(clauses, filters)


def _cover(index: OpenIndex, query: Query) -> Coverage:
    results = index.find(query, Plan(query.clause))
    years = [period for period, _ in results.periods("year") if period]
    return Coverage(results.total, years[0] if years else "", years[-1] if years else "")
