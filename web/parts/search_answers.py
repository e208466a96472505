"""What the pages that show hits have in common: the answer to a search, its pager, its chips, the list of a facet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.query import Filters, NameField
from indexer.results import FacetValue, SearchPage
from indexer.search import Searcher
from web.parts import alphabet
from web.parts.chips import Chip, make_chips
from web.parts.pager import Pager, make_pager
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import Search
from web.validators import forbid_caching


def facet_listing(field: NameField, search: Search, url: Callable[[str, str, int], str]) -> alphabet.Listing:
    """The part of a field's values that the address asks for, among the hits of a search.

    `url` makes the address of such a part from an order, a letter and a page.
    """
    return _list_values(field, get_searcher().facet(search.text, search.filters, field), search.page, url)


def name_listing(field: NameField) -> tuple[alphabet.Listing, int]:
    """The part of all names of a field that the address asks for, and how many releases have none."""
    values = get_searcher().facet("", Filters(), field)
    unnamed = sum(each.count for each in values if not each.value)
    named = [each for each in values if each.value]
    return _list_values(field, named, parse_request()[0].page, lambda *_: ""), unnamed


def _list_values(
    field: NameField, values: Sequence[FacetValue], page: int, url: Callable[[str, str, int], str]
) -> alphabet.Listing:
    last = {key: given[-1] for key, given in query_params().items() if given}
    order, letter = last.get("order", ""), last.get("letter", "").lower()
    return alphabet.make_listing(
        field, values, order=order, letter=letter, page=page, url=lambda number: url(order, letter, number)
    )


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
    person = search.filters.person
    return make_chips(search, source.archive.people(person.any_of + person.none_of))
