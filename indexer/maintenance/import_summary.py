"""The import summary as a value: counts of the archive, how it was read, and suggested queries."""

from __future__ import annotations

from dataclasses import dataclass

from archive.store import Totals
from indexer.results import FacetValue, PeriodCount


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that has hits in this archive, and how many."""

    text: str
    hits: int


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """The archive in a few numbers, as `add` and `stats` print it."""

    totals: Totals
    fingerprint: str
    date_rules: tuple[tuple[str, int], ...]
    sources: tuple[FacetValue, ...]
    people: tuple[FacetValue, ...]
    years: tuple[PeriodCount, ...]
    suggestions: tuple[Suggestion, ...]
    notice: str = ""
    """A sentence where an older index was used, as the live one is damaged."""
