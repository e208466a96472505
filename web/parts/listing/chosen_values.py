"""The values that a search has chosen, in the facet beside its results even where the commonest ten leave them out."""

from __future__ import annotations

from dataclasses import replace

from indexer.query import NameField
from indexer.results import Facet, FacetValue
from indexer.search import Searcher
from web.urls import Search


def with_chosen_values(source: Searcher, search: Search, facet: Facet) -> Facet:
    """The facet with every chosen value in it, those behind the commonest at its end with their counts."""
    listed = {each.value for each in facet.values}
    missing = [value for value in search.filters.choice(facet.name).any_of if value not in listed]
    if not missing:
        return facet
    counts = source.count_values(search.text, search.filters, facet.name) if facet.values else {}
    names = source.archive.people([value for value in missing if value]) if facet.name is NameField.PERSON else {}
    added = [FacetValue(value, names.get(value, value), counts.get(value, 0)) for value in missing]
    return replace(facet, values=(*facet.values, *added), distinct=max(facet.distinct, len(facet.values) + len(added)))
