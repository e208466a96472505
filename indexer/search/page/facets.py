"""Facets and timeline of the hits of a query: counts of the engine, labelled for people."""

from __future__ import annotations

from archive.store import Archive
from indexer.engine import ResultSet, Unit
from indexer.query import Clause, NameField, QuotationClause, leaves
from indexer.results import Facet, FacetValue, PeriodCount

MAX_FACET_VALUES = 10
"""Values of each facet on a page of results; `Searcher.facet` gives all."""


def read_facet(archive: Archive, results: ResultSet, name: NameField, limit: int | None, damaged: list[str]) -> Facet:
    """A facet; people whose record the archive cannot read are labelled by slug and appended to `damaged`."""
    counts, distinct = results.facet(name, limit)
    labels: dict[str, str] = {}
    if name is NameField.PERSON:
        slugs = [value for value, _ in counts if value]
        labels = archive.people(slugs)
        damaged += [slug for slug in slugs if slug not in labels]
    values = tuple(FacetValue(value, labels.get(value, value), count) for value, count in counts)
    return Facet(name, values, distinct)


def read_speakers(archive: Archive, results: ResultSet, clause: Clause, damaged: list[str]) -> tuple[FacetValue, ...]:
    """The commonest speakers of the quotations that a query found; nothing where it asks for no quotation."""
    if not any(isinstance(leaf, QuotationClause) for leaf in leaves(clause)):
        return ()
    counts, _ = results.speakers(MAX_FACET_VALUES)
    labels = archive.people([slug for slug, _ in counts if slug])
    damaged += [slug for slug, _ in counts if slug and slug not in labels]
    return tuple(FacetValue(slug, labels.get(slug, slug), count) for slug, count in counts)


def read_periods(results: ResultSet, unit: Unit) -> tuple[PeriodCount, ...]:
    """The years, months or days of the hits, in order, with their counts."""
    return tuple(PeriodCount(period, count) for period, count in results.periods(unit))
