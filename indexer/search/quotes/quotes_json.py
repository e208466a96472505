"""Serializes a page of quotations as JSON, in one shape for command line and server (docs/JSON.md)."""

from __future__ import annotations

from typing import Any

from indexer.results import QuoteEntry, QuotePlace, QuotesPage

Json = dict[str, Any]


def quotes_to_json(page: QuotesPage) -> Json:
    """A page of quotations. Dates are ISO and as precise as known; "" where there is none."""
    return {
        "total": page.total,
        "places": page.places,
        "offset": page.offset,
        "limit": page.limit,
        "quotations": [_entry(each) for each in page.entries],
        "query": page.raw_query,
        "understood": page.canonical_query,
        "notices": list(page.notices),
        "filters": list(page.filters),
        "partial": page.partial or None,
        "fingerprint": page.fingerprint,
    }


def _entry(entry: QuoteEntry) -> Json:
    return {
        "words": entry.words.text,
        "spans": [list(span) for span in entry.words.spans],
        "before": entry.before,
        "after": entry.after,
        "speakers": [person.name for person in entry.speakers],
        "first": entry.first.iso if entry.first else "",
        "count": entry.count,
        "search": entry.exact,
        "places": [_place(each) for each in entry.places],
    }


def _place(place: QuotePlace) -> Json:
    return {
        "id": place.id,
        "title": place.title,
        "date": place.published.iso if place.published else "",
        "source": place.source,
        "version": place.version,
        "current": place.is_current,
        "start": place.start,
        "end": place.end,
        "speakers": [person.name for person in place.speakers],
        "office": place.office,
        "url": place.url,
    }
