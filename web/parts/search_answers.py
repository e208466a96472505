"""What the pages that show hits have in common: the answer to a search, its pager, its chips."""

from __future__ import annotations

from dataclasses import replace

from indexer.results import SearchPage
from indexer.search import Searcher
from web.parts.chips import Chip, make_chips, make_filter_chips
from web.parts.pager import Pager, make_pager
from web.urls import Search
from web.validators import forbid_caching


def run_search(source: Searcher, search: Search, notices: tuple[str, ...] = ()) -> SearchPage:
    """The page of results a search asks for; what its address got wrong is said in the receipt."""
    page = source.search(search.text, search.filters, search.order, offset=search.offset, limit=search.per)
    if page.partial:
        forbid_caching()
    receipt = replace(page.receipt, notices=(*page.receipt.notices, *notices))
    return replace(page, receipt=receipt)


def results_pager(search: Search, page: SearchPage, path: str = "/search") -> Pager:
    """The pages of an answer, at the address of results or another that takes the same parameters."""
    return make_pager(search.page, search.per, page.total, lambda number: search.at_page(number).url(path))


def search_chips(source: Searcher, search: Search) -> list[Chip]:
    """The constraints of a search, with the names of its people."""
    if search.is_long:
        return []  # each would repeat it: `form_choices`
    return make_chips(search, _chosen_people(source, search))


def filter_chips(source: Searcher, search: Search) -> list[Chip]:
    """Its filters alone, for a page whose box holds the words."""
    return [] if search.is_long else make_filter_chips(search, _chosen_people(source, search))


def _chosen_people(source: Searcher, search: Search) -> dict[str, str]:
    """The names of the people among the filters, by slug."""
    person = search.filters.person
    return source.archive.people(person.any_of + person.none_of)
