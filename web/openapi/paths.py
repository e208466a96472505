"""Every address that programs read, in the order of docs/URLS.md."""

from __future__ import annotations

from collections.abc import Iterator

from web.openapi import parameters as given
from web.openapi.media_types import ATOM, CSV, EXPORTS, HTML, JSON, TEXT, XML
from web.openapi.operations import Operation
from web.openapi.release_paths import list_release_operations
from web.openapi.shapes import TEXT as TEXT_SCHEMA
from web.openapi.shapes import either, strict

_SEARCH = (given.QUERY, *given.FILTERS)
_NAMES = {"people": "person", "sources": "source", "places": "place"}


def list_operations() -> Iterator[Operation]:
    """All of them."""
    yield from list_release_operations()
    yield from _search_operations()
    yield from _name_operations()
    yield from _date_operations()
    yield from _discovery_operations()


def _search_operations() -> Iterator[Operation]:
    yield Operation(
        "/search.json", "search", "The hits of a search, with counts beside them", JSON, "Search",
        (*_SEARCH, given.ORDER, given.PAGE, given.PER, *given.WINDOW),
    )  # fmt: skip
    yield Operation(
        "/feed.atom", "follow_search", "The hits of a search by when they were added (Atom 1.0)", ATOM,
        parameters=(*_SEARCH, given.PAGE), errors=TEXT,
    )  # fmt: skip
    quotes = (*_SEARCH, given.ORDER, given.PAGE)
    yield Operation(
        "/quotes.json", "find_quotations", "Who said what: quotations with their places", JSON, "Quotes",
        (*quotes, given.PER, *given.WINDOW[:2]),
    )  # fmt: skip
    yield Operation(
        "/quotes.csv", "list_quotations", "The same as a table, a line for each place", CSV,
        parameters=(*_SEARCH, given.ORDER), errors=TEXT, headers=("Dateline-Total",),
    )  # fmt: skip
    yield Operation(
        "/quotes.atom", "follow_quotations", "The quotations of a search by date (Atom 1.0)", ATOM,
        parameters=(*_SEARCH, given.PAGE), errors=TEXT,
    )  # fmt: skip
    for suffix, media_type in EXPORTS.items():
        yield Operation(
            f"/search{suffix}", f"export_{suffix[1:]}", "Every hit of a search, as a file", media_type,
            parameters=(*_SEARCH, given.ORDER), others=(422,), errors=TEXT, headers=("Dateline-Total",),
        )  # fmt: skip
    yield Operation(
        "/batch", "count_queries", "The counts of many queries, a line each", CSV, method="post",
        others=(403, 413), errors=HTML, body=strict(queries={"type": "string"}, format=either("csv")),
    )  # fmt: skip
    yield Operation(
        "/check", "check_quotations", "The answers for the quotations of a text", JSON, "Checked", method="post",
        others=(403, 413), errors=HTML,
        body=strict(text=TEXT_SCHEMA, question=either("quotations", "sentences"), format=either("json")),
    )  # fmt: skip


def _name_operations() -> Iterator[Operation]:
    yield Operation("/latest.atom", "follow_all", "What is new (Atom 1.0)", ATOM, parameters=(given.PAGE,), errors=TEXT)
    yield Operation(
        "/changes.json", "list_changes", "Edited and withdrawn releases, the last change first", JSON, "Changes",
        (given.SINCE, given.PAGE),
    )  # fmt: skip
    yield Operation(
        "/changes.atom", "follow_changes", "The same as a feed (Atom 1.0)", ATOM,
        parameters=(given.SINCE, given.PAGE), errors=TEXT,
    )  # fmt: skip
    for folder, name in _NAMES.items():
        yield Operation(
            f"/{folder}.json", f"list_{folder}", f"The {folder} of all releases", JSON, "NameList",
            (given.LIST_ORDER, given.LETTER, given.FILTER, given.ALL, given.PAGE),
        )  # fmt: skip
        yield Operation(
            f"/{folder}/{{slug}}.json", f"get_{name}", f"A {name}: spellings, years, releases", JSON, "Name",
            (given.SLUG,), (302, 404, 410),
        )  # fmt: skip
        yield Operation(
            f"/{folder}/{{slug}}.atom", f"follow_{name}", f"The releases of a {name} (Atom 1.0)", ATOM,
            parameters=(given.SLUG, given.PAGE), others=(302, 404, 410), errors=TEXT,
        )  # fmt: skip


def _date_operations() -> Iterator[Operation]:
    yield Operation("/dates.json", "list_years", "The years of all releases", JSON, "Periods")
    yield Operation("/dates/{year}.json", "list_months", "The months of a year", JSON, "Periods", (given.YEAR,), (404,))
    yield Operation(
        "/dates/{year}/{month}.json", "list_days", "The days of a month", JSON, "Periods",
        (given.YEAR, given.MONTH), (404,),
    )  # fmt: skip


def _discovery_operations() -> Iterator[Operation]:
    yield Operation(
        "/coverage.json", "cover_sources", "The releases of each source by month, and the months without one", JSON,
        "Coverage", (given.COVERED_YEAR, given.PAGE),
    )  # fmt: skip
    yield Operation(
        "/suggest", "complete", "What a text may become (OpenSearch Suggestions)", "application/x-suggestions+json",
        "Suggestions", (given.TYPED,),
    )  # fmt: skip
    yield Operation(
        "/opensearch.xml", "describe_search", "How to search here (OpenSearch 1.1)",
        "application/opensearchdescription+xml", errors=TEXT,
    )  # fmt: skip
    yield Operation("/sitemap.xml", "list_sitemaps", "The lists of all releases (sitemaps.org)", XML, errors=TEXT)
    yield Operation(
        "/sitemap-{number}.xml", "list_releases", "Some of all releases", XML,
        parameters=(given.LIST_NUMBER,), others=(404,), errors=TEXT,
    )  # fmt: skip
    yield Operation("/robots.txt", "list_rules", "What crawlers may read (RFC 9309)", TEXT, errors=TEXT)
    yield Operation("/healthz", "check_health", "Whether the archive can be searched", JSON, "Health")
    yield Operation(
        "/openapi.json", "describe_addresses", "This document", "application/vnd.oai.openapi+json", "Document"
    )
