"""A query evaluated on arrays: the documents that match, and their scores.

The rules are those of indexer.search.matching, which applies them to one text; here they are applied to posting lists.
Tests compare the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial, reduce

import numpy as np

from indexer import deadline, kernels
from indexer.engine.arrays.evaluate import facts
from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.dictionary import Dictionary
from indexer.engine.arrays.evaluate.matches import Matches, Proximity, match_unscored, sum_scores
from indexer.engine.arrays.evaluate.near import NearMatcher, word_operands
from indexer.engine.arrays.evaluate.postings import EMPTY, PostingSource
from indexer.engine.arrays.evaluate.proximity import ProximityScorer
from indexer.engine.arrays.evaluate.quotations import QuotationMatcher, said_texts
from indexer.engine.arrays.evaluate.scoring import Scoring
from indexer.engine.arrays.evaluate.text_matcher import TextMatcher
from indexer.kernels import Documents, Floats
from indexer.query import (
    And,
    AtLeast,
    Clause,
    Filters,
    NameField,
    Near,
    Not,
    Or,
    QuotationClause,
    Quoted,
    TextClause,
    Word,
)


class Evaluator:
    """Evaluates clauses against one opened index; `with_proximity` says whether scores have a proximity bonus.

    A clause that stands several times in a conjunction or a disjunction is evaluated once and scored as often as it
    stands there. When the time of the thread is over (indexer.deadline), what is left to evaluate matches nothing.
    """

    def __init__(self, source: PostingSource, columns: Columns, *, with_proximity: bool = True) -> None:
        self.source, self.columns = source, columns
        self.dictionary = Dictionary(source)
        scoring = Scoring(columns)
        self._texts = TextMatcher(source, self.dictionary, scoring)
        self._nears = NearMatcher(source, self.dictionary, scoring)
        self.quotations = QuotationMatcher(source, self.dictionary, columns)
        self._pairs = ProximityScorer(source, self.dictionary, self._texts, scoring) if with_proximity else None

    def evaluate(self, clause: Clause) -> Matches:
        """The documents that match `clause`."""
        if deadline.is_over():
            return match_unscored(EMPTY.documents)
        if isinstance(clause, QuotationClause | Quoted):
            return self._match_quotations(clause)
        match clause:
            case And(clauses):
                return self._match_and(clauses)
            case Or(clauses):
                return self._match_or(clauses)
            case AtLeast(count, clauses):
                return self._match_or(clauses, count)
            case Not(inner):
                return match_unscored(self._exclude(self.columns.live, inner))
            case Near():
                words = word_operands([clause])
                return self._nears.match(clause, self._texts.documents_with_all(words) if words else self.columns.live)
        if isinstance(clause, TextClause):
            return self._texts.match(clause)
        return match_unscored(facts.match_fact(clause, self.source, self.columns))

    def apply_filters(self, documents: Documents, filters: Filters, but: NameField | None = None) -> Documents:
        """Those of `documents` that pass the filters; the "any of" of field `but` is not applied."""
        return facts.apply_filters(documents, filters, self.columns, but)

    def newest_matches(self, documents: Documents) -> Documents:
        """The documents that are hits: here all of them, since each is a release (history.py)."""
        return documents

    def _match_quotations(self, clause: Clause) -> Matches:
        """The documents with a quotation that matches; each scores as its text does by what is to be said in it."""
        documents = self.quotations.documents(clause)

        def clause_scores(subset: Documents) -> Floats:
            return sum_scores(len(subset), (self._score_text(text, documents, subset) for text in said_texts(clause)))

        return Matches(documents, clause_scores)

    def _score_text(self, text: TextClause | Near, documents: Documents, subset: Documents) -> Floats:
        found = self._nears.match(text, documents) if isinstance(text, Near) else self._texts.match(text)
        return found.scores(subset)

    def _exclude(self, documents: Documents, clause: Clause) -> Documents:
        """Those of `documents` that do not match; none where the time is over: not all that match are known then."""
        rest = kernels.difference(documents, self.evaluate(clause).documents)
        return EMPTY.documents if deadline.is_over() else rest

    def _match_and(self, clauses: tuple[Clause, ...]) -> Matches:
        """An And: intersects what must match, rarest first, and subtracts what must not; adds scores in query order."""
        times = Counter(clauses)
        matches: dict[Clause, Matches] = {c: self.evaluate(c) for c in times if not isinstance(c, Not | Near)}
        # Proximity is expensive: it is matched only in the documents that are left.
        nears = [clause for clause in times if isinstance(clause, Near)]
        documents = self._intersect(matches, nears)
        for clause in times:
            if isinstance(clause, Not):
                documents = self._exclude(documents, clause.clause)
        for near in nears:
            documents = self._nears.filter(near, documents)

        def clause_scores(subset: Documents) -> Floats:
            parts = ((matches.get(c) or self.evaluate(c), n) for c, n in times.items() if not isinstance(c, Not))
            return sum_scores(len(subset), (_repeat(part.scores(subset), n) for part, n in parts))

        return Matches(documents, clause_scores, self._proximity(clauses))

    def _intersect(self, matches: Mapping[Clause, Matches], nears: Sequence[Near]) -> Documents:
        """The documents that match all that was evaluated and contain the words of proximity matches, rarest first."""
        sets = [one.documents for clause, one in matches.items() if not isinstance(clause, Word)]
        if words := [*(clause for clause in matches if isinstance(clause, Word)), *word_operands(nears)]:
            sets.append(self._texts.documents_with_all(words))
        return reduce(kernels.intersect, sorted(sets, key=len)) if sets else self.columns.live

    def _match_or(self, clauses: tuple[Clause, ...], count: int = 1) -> Matches:
        """What matches at least `count` branches (one, for an Or); adds the scores of the branches that match."""
        times = Counter(clauses)
        parts = [self.evaluate(c) for c in times]
        documents = parts[0].documents
        for part in parts[1:]:
            documents = kernels.union(documents, part.documents)
        if count > 1:
            branches = np.zeros(self.columns.count, np.int32)
            for part, number in zip(parts, times.values(), strict=True):
                branches[part.documents] += number
            documents = documents[branches[documents] >= count]
        return Matches(
            documents,
            lambda subset: sum_scores(len(subset), map(partial(_branch_scores, subset), times, parts, times.values())),
            self._proximity(clauses),
        )

    def _proximity(self, clauses: tuple[Clause, ...]) -> Proximity | None:
        return None if self._pairs is None else self._pairs.proximity(clauses)


def _branch_scores(subset: Documents, clause: Clause, part: Matches, times: int) -> Floats:
    """The scores of one branch of an OR that stands there so many times: 0 where it does not match."""
    if isinstance(clause, TextClause | Near):
        return _repeat(part.scores(subset), times)  # its scores are 0 where the term does not occur
    scores = np.zeros(len(subset))
    matching = kernels.intersect(subset, part.documents)
    scores[np.searchsorted(subset, matching)] = _repeat(part.scores(matching), times)
    return scores


def _repeat(scores: Floats, times: int) -> Floats:
    """The scores of a clause that stands so many times."""
    return scores if times == 1 else scores * times
