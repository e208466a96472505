"""The URL of a release's page, as command line and JSON print it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from archive.ids import slug
from indexer.comparison import Passage
from indexer.query import NO_FILTERS, Filters, NameField

LONG_QUERY = 500
"""Characters of the parameters of a search, encoded, beyond which a page does not repeat them in each of its links."""

_RESERVED = re.compile(r"original|timemap|v\d+")
"""Slugs that are URLs of something else below a release."""


def release_slug(title: str) -> str:
    """The slug of a release's URL, never one that means something else there."""
    plain = slug(title)
    return f"{plain}-release" if _RESERVED.fullmatch(plain) else plain


def release_path(
    release_id: str, title: str, query: str = "", filters: Filters = NO_FILTERS, version: int | None = None
) -> str:
    """`/release/<id>/<slug>`, or `/release/<id>/v<version>`; with the search, unless it is long, to mark its words."""
    path = f"/release/{quote(release_id)}/{quote(release_slug(title)) if version is None else f'v{version}'}"
    params = urlencode(search_params(query, filters), errors="replace")
    return f"{path}?{params}" if params and len(params) <= LONG_QUERY else path


def quotation_path(release_id: str, number: int, passage: Passage) -> str:
    """`/release/<id>/v<number>` with a passage marked; a fragment, with which browsers find it too, comes behind."""
    return f"/release/{quote(release_id)}/v{number}?{urlencode(passage_params(passage), errors='replace')}"


def passage_params(passage: Passage) -> list[tuple[str, str]]:
    """A passage as the parameters of an address."""
    beside = [("before", passage.before), ("after", passage.after)]
    return [("quote", passage.words), *((name, words) for name, words in beside if words is not None)]


def search_params(query: str, filters: Filters) -> list[tuple[str, str]]:
    """The query parameters of a search in canonical order, defaults omitted."""
    params = [("q", query)] if query else []
    for name in NameField:
        params += [(name.value, value) for value in filters.choice(name).any_of]
    for name in NameField:
        params += [(f"not_{name.value}", value) for value in filters.choice(name).none_of]
    params += [("from", filters.since.iso)] if filters.since else []
    params += [("to", filters.until.iso)] if filters.until else []
    params += [("undated", "1")] if filters.undated else []
    return params
