"""The addresses that leave the program: what a release's page is called, on the command line and in JSON."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from archive.ids import slug
from indexer.query import NO_FILTERS, Filters, Name

_RESERVED = re.compile(r"original|v\d+")
"""Slugs that are addresses of something else below a release."""


def release_slug(title: str) -> str:
    """The decoration of a release's address, never one that means something else."""
    plain = slug(title)
    return f"{plain}-release" if _RESERVED.fullmatch(plain) else plain


def release_path(release_id: str, title: str, query: str = "", filters: Filters = NO_FILTERS) -> str:
    """`/release/<id>/<slug>`; with the search, so that the page marks its words. The slug is decoration."""
    path = f"/release/{quote(release_id)}/{quote(release_slug(title))}"
    pairs = search_pairs(query, filters)
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path


def search_pairs(text: str, filters: Filters) -> list[tuple[str, str]]:
    """The parameters that say a search, in their one order; what is not asked for is not said."""
    found = [("q", text)] if text else []
    for name in Name:
        found += [(name.value, value) for value in filters.choice(name).any_of]
    for name in Name:
        found += [(f"not_{name.value}", value) for value in filters.choice(name).none_of]
    found += [("from", filters.since.iso)] if filters.since else []
    found += [("to", filters.until.iso)] if filters.until else []
    found += [("undated", "1")] if filters.undated else []
    return found
