"""Hits that are one release word for word, shown as one card; totals and exports have each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.results import Hit


@dataclass(frozen=True, slots=True)
class FoldedHit:
    """A hit with a card of its own, and its twins below it on the page."""

    hit: Hit
    twins: tuple[Hit, ...] = ()


def fold_twins(hits: Sequence[Hit]) -> list[FoldedHit]:
    """The hits in order, each twin with the one above that it equals."""
    twins: dict[str, list[Hit]] = {}
    for hit in hits:
        if hit.twin_of:
            twins.setdefault(hit.twin_of, []).append(hit)
    return [FoldedHit(hit, tuple(twins.get(hit.id, ()))) for hit in hits if not hit.twin_of]
