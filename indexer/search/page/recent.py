"""The hits of a query by the time they were added, as feeds have them: what is under embargo is held back.

A release that was added before its embargo ended is as new as the day on which it ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.release import PublishedDate
from archive.store import Archive
from archive.store.listings import Embargo, load_added_times
from indexer.engine import ResultSet


class RankedRecent(NamedTuple):
    """Ids of public hits, last first, each with when it became public here (UTC, ISO 8601), and how many there are."""

    ids: Sequence[str]
    times: Mapping[str, str]
    total: int


def rank_recent(
    archive: Archive,
    results: ResultSet,
    embargoes: Mapping[str, Embargo],
    today: PublishedDate,
    offset: int,
    limit: int,
) -> RankedRecent:
    """The public hits from `offset` (0 is the last) on, of results in the order of Order.ADDED."""
    delayed = _find_delayed(results, embargoes)
    if not delayed:
        ids = [each for each, _ in results.page(offset, limit)]
        return RankedRecent(ids, load_added_times(archive, ids), results.total)
    before = [each for each, _ in results.page(0, offset + limit + len(delayed)) if each not in delayed]
    ended = {each: day for each, day in delayed.items() if not embargoes[each].is_ahead(today)}
    times = load_added_times(archive, before) | {each: f"{day}T00:00:00Z" for each, day in ended.items()}
    # Stable: hits of one time stay in the order of the results.
    ranked = sorted([*before, *ended], key=lambda each: times.get(each, ""), reverse=True)
    return RankedRecent(ranked[offset : offset + limit], times, results.total - len(delayed) + len(ended))


def _find_delayed(results: ResultSet, embargoes: Mapping[str, Embargo]) -> dict[str, str]:
    """The hits that were added before the day on which their embargo ends, with that day."""
    late = {each: embargo.first_day for each, embargo in embargoes.items() if embargo.is_later_than_arrival}
    return {each: day for each, day in late.items() if results.position(each) is not None}
