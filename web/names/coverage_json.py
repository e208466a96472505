"""The coverage of the archive as JSON (docs/JSON.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.query import NameField
from web.names.coverage import CoverageTable, SourceRow
from web.names.months import Gap
from web.urls import facet_value_url

Json = dict[str, Any]


def coverage_to_json(
    table: CoverageTable, rows: Sequence[SourceRow], page: int, pages: int, unread: Iterable[tuple[str, int]]
) -> Json:
    """A page of the table; `unread` are reasons why files could not be read, with how many."""
    whole = _row_to_json(table.whole)
    return {
        "year": table.year,
        "total": whole["total"],
        "undated": whole["undated"],
        "first": whole["first"],
        "last": whole["last"],
        "periods": whole["periods"],
        "sources_total": len(table.rows),
        "page": page,
        "pages": pages,
        "sources": [_name_to_json(row) | _row_to_json(row) for row in rows],
        "unread": [{"reason": reason, "count": count} for reason, count in unread],
        "url": "/coverage",
    }


def gaps_to_json(gaps: Iterable[Gap]) -> list[Json]:
    """Times without a release."""
    return [{"first": gap.first, "last": gap.last, "months": gap.months} for gap in gaps]


def periods_to_json(periods: Mapping[str, int]) -> list[Json]:
    """The releases of each period that has some, in order."""
    return [{"period": period, "count": count} for period, count in sorted(periods.items())]


def _name_to_json(row: SourceRow) -> Json:
    return {"name": row.source, "url": facet_value_url(NameField.SOURCE, row.source, row.source)}


def _row_to_json(row: SourceRow) -> Json:
    return {
        "total": row.total,
        "undated": row.undated,
        "first": row.first,
        "last": row.last,
        "periods": periods_to_json(row.periods),
        "empty_months": row.empty_months,
        "gaps": gaps_to_json(row.gaps),
    }
