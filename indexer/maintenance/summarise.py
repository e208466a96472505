"""Builds the import summary: counts, the commonest sources and people, and suggested queries."""

from __future__ import annotations

from archive.store import counts
from indexer.maintenance.import_summary import ImportSummary, Suggestion
from indexer.query import Filters, NameField
from indexer.results import FacetValue, PeriodCount
from indexer.search import Searcher

MAX_NAMES = 5
"""Sources, and people, that a summary names."""


def build_import_summary(searcher: Searcher) -> ImportSummary:
    """Build the summary from an archive and its index."""
    sources = _commonest(searcher, NameField.SOURCE)
    people = _commonest(searcher, NameField.PERSON)
    years = searcher.periods("", Filters(), "year")
    return ImportSummary(
        totals=counts.totals(searcher.archive),
        fingerprint=searcher.fingerprint,
        date_rules=tuple(counts.rules(searcher.archive, "date")),
        sources=sources,
        people=people,
        years=years,
        suggestions=_suggestions(searcher, sources, people, years),
        notice=searcher.notice,
    )


def _commonest(searcher: Searcher, name: NameField) -> tuple[FacetValue, ...]:
    # One more than is shown: "no value" may be among the commonest.
    return tuple(value for value in searcher.facet("", Filters(), name, MAX_NAMES + 1) if value.value)[:MAX_NAMES]


def _suggestions(
    searcher: Searcher,
    sources: tuple[FacetValue, ...],
    people: tuple[FacetValue, ...],
    years: tuple[PeriodCount, ...],
) -> tuple[Suggestion, ...]:
    """Suggested queries with hits: a name as a phrase, a source in the busiest year, a person outside headlines."""
    dated = [year for year in years if year.period]
    busiest = max(dated, key=lambda year: year.count).period if dated else ""
    queries = [f'"{person.label}"' for person in people[:1]]
    queries += [f'source:"{source.label}" date:{busiest}' for source in sources[:1] if busiest]
    queries += [f'person:"{person.label}" -title:{person.label.split()[-1]}' for person in people[1:2]]
    queries += [f"date:{busiest}"] if busiest else []
    suggestions = [Suggestion(text, searcher.search(text, limit=0).total) for text in queries]
    return tuple(each for each in suggestions if each.hits)[:3]
