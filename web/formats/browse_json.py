"""Names and dates as JSON (docs/JSON.md): the values of the pages, in the shape of the search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.query import NameField
from indexer.results import FacetValue, PeriodCount
from web.urls import Search, date_url, facet_value_url

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NameSummary:
    """What a slug stands for, or several people who share it: spellings and years with counts, and the search."""

    name: NameField
    label: str
    slug: str
    path: str
    total: int
    spellings: Sequence[tuple[str, int]]
    years: Sequence[PeriodCount]
    people: Sequence[FacetValue]
    search: Search


@dataclass(frozen=True, slots=True)
class PeriodList:
    """The parts of a period ("" is all time, `2011`, `2011-01`) with counts; a date that is less exact is shorter."""

    period: str
    parts: Sequence[PeriodCount]
    search: Search


def name_summary_to_json(found: NameSummary) -> Json:
    """A person, source or place; of several people who share a slug each, with the spellings and years of all."""
    return {
        "name": found.label,
        "slug": found.slug,
        "total": found.total,
        "spellings": [{"name": spelling, "count": count} for spelling, count in found.spellings],
        "years": _periods(found.years),
        "people": values_to_json(found.name, found.people),
        "url": found.path,
        "search": found.search.url("/search.json"),
    }


def period_list_to_json(found: PeriodList) -> Json:
    """The parts of a period; releases whose date is not known so far are in `unknown`."""
    known = [each for each in found.parts if len(each.period) > len(found.period)]
    total = sum(each.count for each in found.parts)
    return {
        "period": found.period,
        "total": total,
        "unknown": total - sum(each.count for each in known),
        "periods": [{"period": each.period, "count": each.count, "url": date_url(each.period)} for each in known],
        "url": date_url(found.period) if found.period else "/dates",
        "search": found.search.url("/search.json"),
    }


def values_to_json(name: NameField, values: Iterable[FacetValue]) -> list[Json]:
    """Names with their counts and pages."""
    return [
        {
            "name": each.label,
            "key": each.value,
            "count": each.count,
            "url": facet_value_url(name, each.value, each.label),
        }
        for each in values
    ]


def _periods(periods: Iterable[PeriodCount]) -> list[Json]:
    return [{"period": each.period, "count": each.count} for each in periods]
