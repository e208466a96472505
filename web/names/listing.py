"""Long lists of names: by count or by letter, filtered, those named once left out at first, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer.query import NameField
from indexer.results import FacetValue
from indexer.search.names import NameRequest, NameSelection
from web.parts import Pager, make_pager
from web.request_values import parse_request, query_params
from web.searcher import get_searcher
from web.urls import Search

PER_PAGE = 200
"""Names on one page."""

MAX_FILTER = 100
"""Characters of a filter that are read."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which part of a list an address asks for; `all` is "1" or "0" where it says so, "" where it does not."""

    order: str = ""
    letter: str = ""
    filter: str = ""
    all: str = ""
    page: int = 1

    def params(self) -> list[tuple[str, str]]:
        """Query parameters in canonical order, defaults omitted."""
        page = str(self.page) if self.page > 1 else ""
        pairs = [("order", self.order), ("letter", self.letter), ("filter", self.filter), ("all", self.all)]
        return [(name, value) for name, value in [*pairs, ("page", page)] if value]

    def at_page(self, page: int) -> ListRequest:
        """Another page of the same part."""
        return replace(self, page=page)

    def sorted_by(self, order: str) -> ListRequest:
        """The same names, of all letters, in this order, from the first page on."""
        return replace(self, order=order, letter="", page=1)

    def of_letter(self, letter: str) -> ListRequest:
        """Those of the names that stand under a letter, from A to Z."""
        return replace(self, order="az", letter=letter, page=1)

    @property
    def without_filter(self) -> ListRequest:
        """The same list without its filter."""
        return replace(self, filter="", page=1)

    def including_once(self, shown: bool) -> ListRequest:
        """With, or without, the names that stand in one release only."""
        return replace(self, all="1" if shown else "", letter="", page=1)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a part of a list of names: what is shown, which letters there are, and the other pages.

    `named` is how many names there are on all pages, `once` how many more are named in one release only, `unnamed`
    how many releases have no name.
    """

    values: tuple[FacetValue, ...]
    order: str
    letter: str
    letters: tuple[str, ...]
    named: int
    once: int
    unnamed: int
    request: ListRequest
    pager: Pager


def read_list_request() -> ListRequest:
    """The part of a list that the address at hand asks for; what cannot be read in it is left out."""
    last = {key: given[-1].strip() for key, given in query_params().items() if given}
    return ListRequest(
        "az" if last.get("order") == "az" else "",
        last.get("letter", "").lower(),
        " ".join(last.get("filter", "")[:MAX_FILTER].split()),
        last.get("all", "") if last.get("all") in ("0", "1") else "",
        parse_request()[0].page,
    )


def list_all_names(
    name: NameField, request: ListRequest, url: Callable[[ListRequest], str], *, repeated: bool
) -> Listing:
    """A page of all names of a field; `repeated` says whether those named once are left out where nothing is said."""
    wanted = _to_names(request, repeated)
    return _cut_page(get_searcher().names(name).choose(wanted), request, url)


def list_facet(name: NameField, search: Search, request: ListRequest, url: Callable[[ListRequest], str]) -> Listing:
    """A page of a field's values among the hits of a search: all where they fit on one, else as a list of all names."""
    source = get_searcher()
    found = source.choose_names(search.text, search.filters, name, _to_names(request, repeated=True))
    if not request.all and found.once and found.total + found.once <= PER_PAGE:
        found = source.choose_names(search.text, search.filters, name, _to_names(request, repeated=False))
    return _cut_page(found, request, url)


def _to_names(request: ListRequest, repeated: bool) -> NameRequest:
    """Whoever filters looks for one name, and may look for one that stands in a single release."""
    repeated = repeated if not request.all else request.all == "0"
    return NameRequest(request.order or "count", request.letter, request.filter, repeated and not request.filter)


def _cut_page(found: NameSelection, request: ListRequest, url: Callable[[ListRequest], str]) -> Listing:
    pager = make_pager(request.page, PER_PAGE, found.total, lambda page: url(request.at_page(page)))
    return Listing(
        found.page((request.page - 1) * PER_PAGE, PER_PAGE),
        found.order,
        found.letter,
        found.letters,
        found.total,
        found.once,
        found.unnamed,
        request,
        pager,
    )
