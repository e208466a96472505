"""The addresses around one search, prepared: a page of results has some two hundred that differ in one parameter each.

Every address is that of the `Search` with the change (`web.urls.Search`); only what differs is encoded anew.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote_plus

from indexer.query import Choice, NameField, Order
from web.urls import Search

_GROUPS = (
    "q", "person", "source", "place", "not_person", "not_source", "not_place", "from", "to", "undated", "sort", "page",
    "per",
)  # fmt: skip
"""The parameters in canonical order."""


class SearchUrls:
    """The addresses that change one thing in a search, each of its first page."""

    def __init__(self, search: Search) -> None:
        self._groups = dict.fromkeys(_GROUPS, "")
        for name, value in search.first_page.params():
            self._groups[name] = _join(self._groups[name], name, quote(value))
        self.is_long = search.is_long

    def with_choice(self, name: NameField, choice: Choice) -> str:
        """The search with another choice in one field."""
        return self._url(
            {
                name.value: "&".join([f"{name.value}={quote(each)}" for each in choice.any_of]),
                f"not_{name.value}": "&".join([f"not_{name.value}={quote(each)}" for each in choice.none_of]),
            }
        )

    def with_order(self, order: Order) -> str:
        """The search in another order."""
        return self._url({"sort": "" if order is Order.RELEVANCE else f"sort={quote(order.value)}"})

    def within_period(self, period: str) -> str:
        """The search in one year, month or day (ISO); "" is those without a date."""
        if not period:
            return self._url({"from": "", "to": "", "undated": "undated=1"})
        return self._url({"from": f"from={period}", "to": f"to={period}", "undated": ""})

    def _url(self, changes: dict[str, str]) -> str:
        query = "&".join(filter(None, (self._groups | changes).values()))
        return f"/search?{query}" if query else "/search"


@lru_cache(maxsize=64)
def prepare_urls(search: Search) -> SearchUrls:
    """The addresses around a search; made once, however many parts of a page ask for them."""
    return SearchUrls(search)


@lru_cache(maxsize=4096)
def quote(value: str) -> str:
    """A value as it stands in an address; names come again on every page."""
    return quote_plus(value, errors="replace")


def _join(group: str, name: str, value: str) -> str:
    return f"{group}&{name}={value}" if group else f"{name}={value}"
