"""Quotations as CSV: a line for each place."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.export import encode_lines, make_inert
from indexer.results import QuoteEntry, QuotesPage
from web.site import absolute_url

MAX_ROWS, MAX_PLACES = 1000, 100
"""Quotations in a table, and places of each."""

COLUMNS = (
    "quotation", "speakers", "office", "first", "count", "date", "source", "title", "id", "version",
    "start", "end", "url",
)  # fmt: skip


def write_quotes_csv(page: QuotesPage) -> bytes:
    """A line of column names, then the places of each quotation in order."""
    rows = (row for entry in page.entries for row in _rows(entry))
    return encode_lines([COLUMNS, *([make_inert(cell) for cell in row] for row in rows)])


def _rows(entry: QuoteEntry) -> Iterator[list[str]]:
    first = entry.first.iso if entry.first else ""
    for place in entry.places:
        yield [
            entry.words.text, "; ".join(person.name for person in place.speakers), place.office, first,
            str(entry.count), place.published.iso if place.published else "", place.source, place.title, place.id,
            str(place.version), str(place.start), str(place.end), absolute_url(place.url),
        ]  # fmt: skip
