"""Sets of numbers as ascending arrays without repeats: of documents, or of places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.whoosh_backend.packing import Numbers


def member(wanted: Numbers, among: Numbers) -> NDArray[np.bool_]:
    """Which of `wanted` stand in `among`."""
    if not len(among):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(among, wanted)
    at[at == len(among)] = 0
    return np.asarray(among[at] == wanted)


def both(one: Numbers, other: Numbers) -> Numbers:
    """What stands in both: each of the shorter is looked up in the longer."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return few[member(few, many)]


def either(one: Numbers, other: Numbers) -> Numbers:
    """What stands in either."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    new = few[~member(few, many)]
    # Two ascending runs: a stable sort merges them in one pass.
    return np.sort(np.concatenate([many, new]), kind="stable") if len(new) else many


def without(these: Numbers, those: Numbers) -> Numbers:
    """What stands in the first and not in the second."""
    if len(those) > len(these):
        return these[~member(these, those)]
    kept = np.ones(len(these), bool)
    at = np.searchsorted(these, those)
    there = at < len(these)
    at = at[there]
    kept[at[these[at] == those[there]]] = False
    return these[kept]
