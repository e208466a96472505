"""A query evaluated on arrays: the documents that match, and their scores.

The rules are those of indexer.search.matching, which holds them against one text; here they are held against
posting lists. Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise, product

import numpy as np

from indexer import kernels
from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.postings import EMPTY, Part, Parts, Postings, PostingSource
from indexer.engine.arrays.evaluate.scoring import FUNCTION_WEIGHT, TOGETHER, Scores, Scoring, is_function_stem
from indexer.engine.arrays.segments import NAMES_FIELD, PAIRS_FIELD, cover, is_pair, pair
from indexer.kernels import Documents, Floats, Mask, Places
from indexer.language import stem, words_within_edits
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    AtLeast,
    Choice,
    Clause,
    Everything,
    Filters,
    Fuzzy,
    Named,
    NameField,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    TextClause,
    Undated,
    WithId,
    Word,
)


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that match, in ascending order, and how any of them are scored.

    Scoring waits until it is known which documents are wanted: an intersection scores what is left of it, and
    a list by date scores nothing but its page. A score has two parts: what the clauses give, and what a document
    gains beyond that where words stand together, `most_gain` at most, which is dear to find out.
    """

    documents: Documents
    given: Scores
    gained: Scores | None = None
    most_gain: float = 0.0

    def scores(self, chosen: Documents) -> Floats:
        """The scores of some of the documents."""
        given = self.given(chosen)
        return given if self.gained is None else given + self.gained(chosen)


class Evaluator:
    """Evaluates clauses against one opened index. Without `together`, words score alike wherever they stand."""

    def __init__(self, source: PostingSource, columns: Columns, *, together: bool = True) -> None:
        self.source, self.columns = source, columns
        self.scoring = Scoring(columns)
        self._together = TOGETHER if together else ()
        # A query and its readings ask for the same words, one after the other.
        self._last: tuple[frozenset[Word], Documents] = frozenset(), EMPTY.documents

    def evaluate(self, clause: Clause) -> Matches:
        """The documents that match `clause`."""
        match clause:
            case And(clauses):
                return self._all(clauses)
            case Or(clauses):
                return self._any(clauses)
            case AtLeast(count, clauses):
                return self._any(clauses, count)
            case Not(inner):
                return _unscored(kernels.without(self.columns.live, self.evaluate(inner).documents))
            case Word() | Phrase() | Prefix() | Fuzzy() | Near():
                return self._text(clause)
            case _:
                return _unscored(self._facts(clause))

    def filtered(self, documents: Documents, filters: Filters, but: NameField | None = None) -> Documents:
        """Those of `documents` that pass the filters; the "any of" of field `but` is not applied."""
        if not filters:
            return documents
        mask = np.ones(self.columns.count, bool)
        for name in NameField:
            choice = filters.choice(name)
            mask &= self._chosen(name, Choice((), choice.none_of) if name is but else choice)
        if days := filters.days():
            mask &= self._within(days)
        if filters.undated:
            mask &= self.columns.date == 0
        return documents[mask[documents]]

    def _all(self, clauses: tuple[Clause, ...]) -> Matches:
        """An And: what must hold, rarest first, then what must not; scores added in the query's order."""
        wanted: dict[Clause, Matches] = {c: self.evaluate(c) for c in clauses if not isinstance(c, Not | Near)}
        # Nearness is dear: it is looked for only in what is left.
        nears = [clause for clause in clauses if isinstance(clause, Near)]
        holding = [one.documents for clause, one in wanted.items() if not isinstance(clause, Word)]
        if words := [*(clause for clause in wanted if isinstance(clause, Word)), *_words(nears)]:
            holding.append(self._holding(words))
        documents = reduce(kernels.both, sorted(holding, key=len)) if holding else self.columns.live
        for clause in clauses:
            if isinstance(clause, Not):
                documents = kernels.without(documents, self.evaluate(clause.clause).documents)
        for near in nears:
            documents = self._standing_near(near, documents)

        def given(chosen: Documents) -> Floats:
            parts = (wanted.get(c) or self.evaluate(c) for c in clauses if not isinstance(c, Not))
            return _sum(len(chosen), (part.scores(chosen) for part in parts))

        return Matches(documents, given, *self._gain(clauses))

    def _any(self, clauses: tuple[Clause, ...], count: int = 1) -> Matches:
        """What holds in so many branches (any, for an Or); of each branch that holds, its score."""
        parts = [self.evaluate(c) for c in clauses]
        documents = parts[0].documents
        for part in parts[1:]:
            documents = kernels.either(documents, part.documents)
        if count > 1:
            holding = np.bincount(np.concatenate([part.documents for part in parts]), minlength=self.columns.count)
            documents = documents[holding[documents] >= count]
        return Matches(
            documents,
            lambda chosen: _sum(len(chosen), map(partial(_given_by, chosen), clauses, parts)),
            *self._gain(clauses),
        )

    def _gain(self, clauses: tuple[Clause, ...]) -> tuple[Scores | None, float]:
        """What documents gain where neighbouring words of a query stand together in them, and what they can at most."""
        words = [c for c in clauses if isinstance(c, Word) and not c.title and not is_function_stem(stem(c.term))]
        pairs = [(left, right, self._idf(left) + self._idf(right)) for left, right in pairwise(words)]
        if not pairs or not self._together:
            return None, 0.0
        share = sum(share for _, _, share in self._together)
        most = self.scoring.most(share * sum(weight for _, _, weight in pairs))

        def gained(chosen: Documents) -> Floats:
            places: dict[TextClause, list[Places]] = {
                word: [self.source.places_in(f, self.keys(word, f), chosen) for f in ("title", "body")]
                for word in words
            }
            return _sum(
                len(chosen),
                (
                    self._nearness(Near(left, right, distance, ordered), places, share * weight, chosen)
                    for left, right, weight in pairs
                    for distance, ordered, share in self._together
                ),
            )

        return gained, most

    def _idf(self, word: Word) -> float:
        return self.scoring.idf(len(self._text(word).documents))

    def _nearness(self, near: Near, places: dict[TextClause, list[Places]], weight: float, chosen: Documents) -> Floats:
        """What chosen documents gain by two words, whose places in titles and in bodies are given, near each other."""
        sides = zip(places[near.left], places[near.right], strict=True)
        title, body = (Postings(*kernels.counted(_partnered(near, left, right))) for left, right in sides)
        return self.scoring.weighed(title, body, weight)(chosen)

    def _text(self, clause: TextClause | Near) -> Matches:
        if isinstance(clause, Near):
            return self._near_each_other(clause)
        title = self._in_field(clause, "title")
        body = EMPTY if clause.title else self._in_field(clause, "body")
        if isinstance(clause, Word) and not clause.title:
            documents = self.source.documents(("title_loose", "body_loose"), stem(clause.term))
        else:
            documents = kernels.either(body.documents, title.documents)
        factor = FUNCTION_WEIGHT if isinstance(clause, Word) and is_function_stem(stem(clause.term)) else 1.0
        return Matches(documents, self.scoring.scorer(len(documents), title, body, factor))

    def _in_field(self, clause: TextClause, field: str) -> Postings:
        if isinstance(clause, Word):
            return self.source.postings(f"{field}_loose", stem(clause.term))
        return self._verbatim(clause, field)

    def _verbatim(self, term: Phrase | Prefix | Fuzzy, field: str) -> Postings:
        if isinstance(term, Phrase) and len(term.terms) > 1:
            lists = cover(term.terms)
            if field == "body" and len(lists) == 1:
                return self.source.postings(PAIRS_FIELD, lists[0][1])
            return self.source.standing([self._side(term, field)])
        if isinstance(term, Prefix):
            return self.source.beginning(field, term.prefix)
        return self.source.united(field, self.keys(term, field))

    def keys(self, term: TextClause, field: str) -> list[str]:
        """The verbatim keys of a field that a term stands for."""
        match term:
            case Word(key):
                return self.source.forms(field, stem(key))
            case Prefix(key):
                return self.source.terms(field, key)
            case Fuzzy(key, edits):
                return words_within_edits(key, self.source.terms(field, key[0]), edits)
            case Phrase(keys):
                return list(keys)

    def _side(self, term: TextClause, field: str) -> Parts:
        """The terms that stand where a term does."""
        if isinstance(term, Phrase):
            return _phrase(term.terms, field)
        return Parts(False, [Part(0, field, key) for key in self.keys(term, field)])

    def _near_each_other(self, near: Near) -> Matches:
        """Where two terms stand near each other; how often (places that have a partner) is found where it is asked."""
        words = _words([near])
        documents = self._standing_near(near, self._holding(words) if words else self.columns.live)

        def given(chosen: Documents) -> Floats:
            title = self.source.standing(*self._nearby(near, "title"))
            body = EMPTY if near.left.title else self.source.standing(*self._nearby(near, "body"), chosen)
            return self.scoring.scorer(len(documents), title, body)(chosen)

        return Matches(documents, given)

    def _holding(self, words: Sequence[Word]) -> Documents:
        """The documents that hold all of these words, one at least."""
        asked, (last, documents) = frozenset(words), self._last
        if asked == last:
            return documents
        documents = reduce(kernels.both, sorted((self._text(word).documents for word in asked), key=len))
        self._last = asked, documents
        return documents

    def _standing_near(self, near: Near, within: Documents) -> Documents:
        """Those of the documents in which the two stand near each other."""
        found = kernels.both(within, self._side_by_side(near))
        for field in text_fields(near.left):
            rest = kernels.without(within, found)
            found = kernels.either(found, self.source.holding(*self._nearby(near, field), rest))
        return found

    def _side_by_side(self, near: Near) -> Documents:
        """The documents that hold the two as a pair of common words: there they need not be looked for."""
        words = [term for term in (near.left, near.right) if isinstance(term, Word) and not term.title]
        found = EMPTY.documents
        if len(words) < 2 or near.distance < 1:
            return found
        keys = [self.keys(word, "body") for word in words]
        for one, other in [*product(*keys), *(() if near.ordered else product(*reversed(keys)))]:
            if is_pair(one, other):
                found = kernels.either(found, self.source.postings(PAIRS_FIELD, pair(one, other)).documents)
        return found

    def _nearby(self, near: Near, field: str) -> tuple[list[Parts], list[tuple[int, int]]]:
        return [self._side(term, field) for term in (near.left, near.right)], _windows(near)

    def _facts(self, clause: Clause) -> Documents:
        match clause:
            case Everything():
                return self.columns.live
            case Named(name, keys):
                return self.source.standing([_phrase(keys, NAMES_FIELD[name])]).documents
            case Published():
                return self._of_live(self._within(clause))
            case Added(first, last):
                days = self.columns.added // 1_000_000
                return self._of_live((days >= first) & (days <= last))
            case Undated():
                return self._of_live(self.columns.date == 0)
            case WithId(release_id):
                number = self.columns.number(release_id)
                return np.array([] if number is None else [number], np.int32)
        raise TypeError(f"not a clause: {clause!r}")

    def _of_live(self, mask: Mask) -> Documents:
        return np.flatnonzero(mask & self.columns.live_mask).astype(np.int32)

    def _within(self, days: Published) -> Mask:
        columns = self.columns
        if (days.first, days.last) == (FIRST_DAY, LAST_DAY):
            return np.asarray(columns.date > 0)
        return np.asarray((columns.first >= days.first) & (columns.last <= days.last) & (columns.date > 0))

    def _chosen(self, name: NameField, choice: Choice) -> Mask:
        codes, count = self.columns.names(name), self.columns.count
        mask = codes.having(choice.any_of, count) if choice.any_of else np.ones(count, bool)
        return mask & ~codes.having(choice.none_of, count)


def _phrase(keys: Sequence[str], field: str) -> Parts:
    """The terms that together are a phrase: pairs of common words where the field has them."""
    if field != "body":
        return Parts(True, [Part(offset, field, key) for offset, key in enumerate(keys)])
    return Parts(True, [Part(offset, PAIRS_FIELD if is_pair else field, term) for offset, term, is_pair in cover(keys)])


def _words(nears: Iterable[Near]) -> list[Word]:
    """The sides that are words."""
    return [term for near in nears for term in (near.left, near.right) if isinstance(term, Word)]


def _windows(near: Near) -> list[tuple[int, int]]:
    """How far from a left place a right one may stand: after its last word, or before its first."""
    first, second, reach = _length(near.left), _length(near.right), near.distance
    after, ahead = (first, first - 1 + reach), (1 - second - reach, -second)
    return [after] if near.ordered else [after, ahead]


def _partnered(near: Near, left: Places, right: Places) -> Places:
    """The places of either side that have a partner on the other."""
    windows = _windows(near)
    if len(left) > len(right):  # the shorter list is looked up in the longer
        left, right, windows = right, left, [(-high, -low) for low, high in windows]
    return kernels.partnered(left, right, sorted(windows))


def text_fields(term: TextClause) -> tuple[str, ...]:
    """The fields in which a term is looked for."""
    return ("title",) if term.title else ("title", "body")


def _length(term: TextClause) -> int:
    return len(term.terms) if isinstance(term, Phrase) else 1


def _unscored(documents: Documents) -> Matches:
    return Matches(documents, lambda chosen: np.zeros(len(chosen)))


def _given_by(chosen: Documents, clause: Clause, part: Matches) -> Floats:
    """The scores that one branch of an OR gives: nothing where it does not match."""
    if isinstance(clause, Word | Phrase | Prefix | Fuzzy | Near):
        return part.scores(chosen)  # what does not hold it at all has nothing of it anyway
    scores = np.zeros(len(chosen))
    there = kernels.both(chosen, part.documents)
    scores[np.searchsorted(chosen, there)] = part.scores(there)
    return scores


def _sum(count: int, parts: Iterable[Floats]) -> Floats:
    """The sum, always from left to right, so that equal queries score equal to the last bit."""
    return reduce(np.add, parts, np.zeros(count))
