"""The evaluator of the whole history: a document is a version, a hit the newest version of a release that matches."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from indexer.engine.arrays.evaluate.evaluator import Evaluator
from indexer.kernels import Documents, Numbers


class HistoryEvaluator(Evaluator):
    """Evaluates clauses against the current versions and all others together."""

    def newest_matches(self, documents: Documents) -> Documents:
        """Of the documents of each release the one of its current version, else of the version numbered highest."""
        ordered = documents[np.argsort(self._order[documents])]
        works = self._works[ordered]
        is_first = np.ones(len(ordered), bool)
        is_first[1:] = works[1:] != works[:-1]
        return np.sort(ordered[is_first])

    @cached_property
    def _works(self) -> Numbers:
        """For each document a number that all of its release have."""
        return np.unique(self.columns.ids, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def _order(self) -> Numbers:
        """The rank of each document by release, and within it from the current version to the oldest."""
        columns = self.columns
        order = np.empty(columns.count, np.int64)
        order[np.lexsort((-columns.number, ~columns.current, self._works))] = np.arange(columns.count)
        return order
