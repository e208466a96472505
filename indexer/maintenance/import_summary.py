"""The arrival report as a value: what came in, how it was read, and queries worth trying on it."""

from __future__ import annotations

from dataclasses import dataclass

from archive.store import Totals
from indexer.results import FacetValue, PeriodCount


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that has hits here, and how many."""

    text: str
    hits: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """The archive in a few numbers: the same whether asked after `add` or by `stats`."""

    totals: Totals
    fingerprint: str
    date_rules: tuple[tuple[str, int], ...]
    sources: tuple[FacetValue, ...]
    people: tuple[FacetValue, ...]
    years: tuple[PeriodCount, ...]
    suggestions: tuple[Suggestion, ...]
    notice: str = ""
    """That an older index says so, as the newest one is damaged."""
