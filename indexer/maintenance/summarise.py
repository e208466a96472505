"""What is worth telling of an archive: its numbers, who and what is commonest in it, queries that find something."""

from __future__ import annotations

from archive.store import counts
from indexer.maintenance.import_summary import Arrival, Suggestion
from indexer.query import Filters, Name
from indexer.results import FacetValue, PeriodCount
from indexer.search import Searcher

TOP = 5
"""Sources and people that are named."""


def asked(searcher: Searcher) -> Arrival:
    """The report on an archive, asked of it and of its index."""
    sources = _top(searcher, Name.SOURCE)
    people = _top(searcher, Name.PERSON)
    years = searcher.periods("", Filters(), "year")
    return Arrival(
        totals=counts.totals(searcher.archive),
        fingerprint=searcher.fingerprint,
        date_rules=tuple(counts.rules(searcher.archive, "date")),
        sources=sources,
        people=people,
        years=years,
        suggestions=_suggestions(searcher, sources, people, years),
        notice=searcher.notice,
    )


def _top(searcher: Searcher, name: Name) -> tuple[FacetValue, ...]:
    # One more than is shown: "no value" may be among the commonest.
    return tuple(value for value in searcher.facet("", Filters(), name, TOP + 1) if value.value)[:TOP]


def _suggestions(
    searcher: Searcher,
    sources: tuple[FacetValue, ...],
    people: tuple[FacetValue, ...],
    years: tuple[PeriodCount, ...],
) -> tuple[Suggestion, ...]:
    """A name as a phrase, a source within its year, and a name beside a source: each with its hits."""
    dated = [year for year in years if year.period]
    busiest = max(dated, key=lambda year: year.count).period if dated else ""
    tried = [f'"{person.label}"' for person in people[:1]]
    tried += [f'source:"{source.label}" date:{busiest}' for source in sources[:1] if busiest]
    tried += [f'person:"{person.label}" -title:{person.label.split()[-1]}' for person in people[1:2]]
    tried += [f"date:{busiest}"] if busiest else []
    counted = [Suggestion(text, searcher.search(text, limit=0).total) for text in tried]
    return tuple(one for one in counted if one.hits)[:3]
