"""The quotations that a query finds, grouped by their words; and who said them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.quotations.quotation_columns import QuotationColumns
from indexer.engine.arrays.files import list_bounds
from indexer.engine.protocol import QuotationGroup, QuotationPlace
from indexer.kernels import Documents, Floats, Numbers
from indexer.query import Order

_NO_DATE = 99999999
"""Stands for a missing date where the earliest comes first."""


class ArrayQuotationSet:
    """The quotations with these numbers; `scores` has the score of the document of each."""

    def __init__(
        self, columns: Columns, quotations: QuotationColumns, numbers: Documents, scores: Floats, order: Order
    ) -> None:
        self._columns, self._quotations = columns, quotations
        documents = quotations.documents[numbers]
        dates = columns.date[documents]
        dates = np.where(dates == 0, _NO_DATE, dates)
        _, groups = np.unique(quotations.hashes[numbers], return_inverse=True)
        # Within a group by date, then id, then place in the text: the first is the one that the group is known by.
        arranged = np.lexsort((numbers, columns.number[documents], columns.rank[documents], dates, groups))
        self._numbers, self._dates, self._scores = numbers[arranged], dates[arranged], scores[arranged]
        self._bounds: Numbers = list_bounds(np.bincount(groups))
        self._order = order

    @property
    def total(self) -> int:
        """How many different quotations there are."""
        return len(self._bounds) - 1

    @property
    def places(self) -> int:
        """In how many places they stand."""
        return len(self._numbers)

    def page(self, offset: int, limit: int) -> Sequence[QuotationGroup]:
        """The groups from `offset` on."""
        groups = self._ranking[max(0, offset) : max(0, offset) + max(0, limit)].tolist()
        return [QuotationGroup(tuple(self._places(*self._bounds[group : group + 2].tolist()))) for group in groups]

    def _places(self, begin: int, end: int) -> list[QuotationPlace]:
        numbers = self._numbers[begin:end]
        documents = self._quotations.documents[numbers]
        indices = numbers - self._quotations.starts[documents]
        rows = (self._columns.ids[documents], self._columns.number[documents], indices)
        return [
            QuotationPlace(release.decode(), number, index)
            for release, number, index in zip(*(row.tolist() for row in rows), strict=True)
        ]

    @cached_property
    def _ranking(self) -> Numbers:
        """The groups in the order of the query; ties are broken by first date and by the first place."""
        firsts = self._bounds[:-1]
        dates = self._dates[firsts].astype(np.int64)
        newest = np.where(dates == _NO_DATE, 1, -dates)
        documents = self._quotations.documents[self._numbers[firsts]]
        ties = (self._numbers[firsts], self._columns.number[documents], self._columns.rank[documents])
        match self._order:
            case Order.OLDEST:
                return np.lexsort((*ties, dates))
            case Order.RELEVANCE:
                best = np.maximum.reduceat(self._scores, firsts) if self.total else self._scores
                return np.lexsort((*ties, newest, -best))
            case _:
                return np.lexsort((*ties, newest))


def count_speakers(
    quotations: QuotationColumns, numbers: Documents, limit: int | None
) -> tuple[list[tuple[str, int]], int]:
    """In how many documents each speaker says one of these quotations, and how many speakers there are.

    By slug; commonest first, then by slug; all, or the first `limit`. "" counts documents where one is nobody's.
    """
    documents = quotations.documents[numbers].astype(np.int64)
    which, slugs = quotations.speakers_of(numbers)
    pairs = np.unique((documents[which] << 32) | slugs)
    counts = np.bincount(pairs & 0xFFFFFFFF, minlength=len(quotations.slugs))
    present = np.flatnonzero(counts)
    top = present[np.argsort(-counts[present], kind="stable")]
    found = [(quotations.slugs[at], int(counts[at])) for at in top.tolist()]
    if missing := len(np.unique(documents[~quotations.has_speaker[numbers]])):
        found.insert(bisect_left(found, -missing, key=lambda pair: -pair[1]), ("", missing))
    return found[:limit], len(present)
