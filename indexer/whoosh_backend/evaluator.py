"""A query evaluated on arrays: the documents that match, and their scores.

The rules are those of indexer.matching, which holds them against one text; here they are held against
posting lists. Tests compare the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer import kernels
from indexer.fuzzy import within_edits
from indexer.kernels.types import Documents, Floats, Mask, Places
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
    Name,
    Named,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Term,
    Undated,
    WithId,
    Word,
)
from indexer.tokens import loose
from indexer.whoosh_backend.columns import Columns
from indexer.whoosh_backend.common import cover
from indexer.whoosh_backend.fields import NAMES_FIELD, PAIRS_FIELD
from indexer.whoosh_backend.postings import EMPTY, NOWHERE, Postings, PostingSource
from indexer.whoosh_backend.scoring import FUNCTION_WEIGHT, TOGETHER, Scores, Scoring, is_function_stem

MUCH_LONGER = 8
"""From this ratio of lengths on, walking through a posting list beats unpacking all of its places."""


class _Part(NamedTuple):
    """A term of a phrase: how many words after its beginning it stands, in which field, and the term."""

    offset: int
    field: str
    term: str


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

    def filtered(self, documents: Documents, filters: Filters, but: Name | None = None) -> Documents:
        """Those of `documents` that pass the filters; the "any of" of field `but` is not applied."""
        mask = np.ones(self.columns.count, bool)
        for name in Name:
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
        documents = self.columns.live
        for holding in sorted((one.documents for one in wanted.values()), key=len):
            documents = kernels.both(holding, documents)
        for clause in clauses:
            if isinstance(clause, Not):
                documents = kernels.without(documents, self.evaluate(clause.clause).documents)
        # Nearness is dear: it is looked for only in what is left.
        nears = [clause for clause in clauses if isinstance(clause, Near)]
        for near in nears:
            documents = kernels.both(documents, self._holding_both(near))
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
            lambda chosen: _sum(len(chosen), (_of_those(part, chosen) for part in parts)),
            *self._gain(clauses),
        )

    def _gain(self, clauses: tuple[Clause, ...]) -> tuple[Scores | None, float]:
        """What documents gain where neighbouring words of a query stand together in them, and what they can at most."""
        words = [c for c in clauses if isinstance(c, Word) and not c.title and not is_function_stem(loose(c.key))]
        pairs = [(left, right, self._idf(left) + self._idf(right)) for left, right in pairwise(words)]
        if not pairs or not self._together:
            return None, 0.0
        share = sum(share for _, _, share in self._together)
        most = self.scoring.most(share * sum(weight for _, _, weight in pairs))

        def gained(chosen: Documents) -> Floats:
            places: dict[Term, list[Places]] = {
                word: [self._places(word, field, chosen) for field in ("title", "body")] for word in words
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

    def _nearness(self, near: Near, places: dict[Term, list[Places]], weight: float, chosen: Documents) -> Floats:
        """What chosen documents gain by two words, whose places in titles and in bodies are given, near each other."""
        sides = zip(places[near.left], places[near.right], strict=True)
        title, body = (Postings(*kernels.counted(_partnered(near, left, right))) for left, right in sides)
        return self.scoring.weighed(title, body, weight)(chosen)

    def _text(self, clause: Term | Near, factor: float = 1.0) -> Matches:
        only_title = clause.left.title if isinstance(clause, Near) else clause.title
        title = self._in_field(clause, "title")
        body = EMPTY if only_title else self._in_field(clause, "body")
        if isinstance(clause, Word) and not only_title:
            documents = self.source.documents(("title_loose", "body_loose"), loose(clause.key))
        else:
            documents = kernels.either(body.documents, title.documents)
        if isinstance(clause, Word) and is_function_stem(loose(clause.key)):
            factor *= FUNCTION_WEIGHT
        return Matches(documents, self.scoring.scorer(len(documents), title, body, factor))

    def _in_field(self, clause: Term | Near, field: str) -> Postings:
        if isinstance(clause, Near):
            return Postings(*kernels.counted(self._near(clause, field)))
        if isinstance(clause, Word):
            return self.source.postings(f"{field}_loose", loose(clause.key))
        return self._verbatim(clause, field)

    def _verbatim(self, term: Phrase | Prefix | Fuzzy, field: str) -> Postings:
        if isinstance(term, Phrase) and len(term.keys) > 1:
            lists = cover(term.keys)
            if field == "body" and len(lists) == 1:
                return self.source.postings(PAIRS_FIELD, lists[0][1])
            return Postings(*kernels.counted(self._places(term, field)))
        if isinstance(term, Prefix):
            return self.source.beginning(field, term.key)
        return self.source.united(field, self.keys(term, field))

    def _places(self, term: Term, field: str, within: Documents | None = None) -> Places:
        """Where a term begins; if `within` is given, at least the places in these documents."""
        if isinstance(term, Phrase):
            return self._phrase(self._parts(term.keys, field))
        return self._places_of(field, self.keys(term, field), within)

    def keys(self, term: Term, field: str) -> list[str]:
        """The verbatim keys of a field that a term stands for."""
        match term:
            case Word(key):
                return self.source.forms(field, loose(key))
            case Prefix(key):
                return self.source.terms(field, key)
            case Fuzzy(key, edits):
                return [k for k in self.source.terms(field, key[0]) if within_edits(key, k, edits)]
            case Phrase(keys):
                return list(keys)

    def _places_of(self, field: str, keys: Sequence[str], within: Documents | None) -> Places:
        """The places of verbatim keys. Of much longer lists only those within the documents asked about."""
        if within is not None:
            count = sum(self.source.document_count(field, key) for key in keys)
            if len(within) * MUCH_LONGER <= count:
                return self.source.places_in(field, keys, within)
        lists = [self.source.places(field, key) for key in keys]
        return lists[0] if len(lists) == 1 else np.sort(np.concatenate([NOWHERE, *lists]), kind="stable")

    def _parts(self, keys: Sequence[str], field: str) -> list[_Part]:
        """The terms whose places together are a phrase."""
        if field != "body":
            return [_Part(offset, field, key) for offset, key in enumerate(keys)]
        return [_Part(offset, PAIRS_FIELD if is_pair else field, term) for offset, term, is_pair in cover(keys)]

    def _phrase(self, parts: list[_Part]) -> Places:
        """Where a phrase begins: the places of its rarest part, thinned by each other part in turn.

        Places are asked for only in the documents that hold all parts: a common word has millions.
        """
        within = self._holding_all(parts) if len(parts) > 1 else None
        lists = [(part.offset, self._places_of(part.field, [part.term], within)) for part in parts]
        (first, begins), *others = sorted(lists, key=lambda one: len(one[1]))
        begins = begins - first if first else begins
        for offset, places in others:
            begins = kernels.followed(begins, places, offset)
        return begins

    def _holding(self, term: Term, field: str) -> Documents:
        """The documents with all words of a term in a field: those where it stands, and perhaps others."""
        if isinstance(term, Phrase):
            return self._holding_all(self._parts(term.keys, field))
        return self._in_field(term, field).documents

    def _holding_all(self, parts: list[_Part]) -> Documents:
        return reduce(kernels.both, sorted((self.source.postings(p.field, p.term).documents for p in parts), key=len))

    def _holding_both(self, near: Near) -> Documents:
        """The documents with both sides in one field; those where they are near, and perhaps others."""
        return reduce(kernels.either, (self._holding_sides(near, field) for field in text_fields(near.left)))

    def _holding_sides(self, near: Near, field: str) -> Documents:
        return kernels.both(self._holding(near.left, field), self._holding(near.right, field))

    def _standing_near(self, near: Near, within: Documents) -> Documents:
        """Those of the documents in which the two stand near each other."""
        found = [kernels.counted(self._near(near, field, within))[0] for field in text_fields(near.left)]
        return kernels.both(within, reduce(kernels.either, found))

    def _near(self, near: Near, field: str, within: Documents | None = None) -> Places:
        """The places of either side that have a partner on the other; see `_places`."""
        if within is None:
            within = self._holding_sides(near, field)
        return _partnered(near, self._places(near.left, field, within), self._places(near.right, field, within))

    def _facts(self, clause: Clause) -> Documents:
        match clause:
            case Everything():
                return self.columns.live
            case Named(name, keys):
                return kernels.counted(self._phrase(self._parts(keys, NAMES_FIELD[name])))[0]
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

    def _chosen(self, name: Name, choice: Choice) -> Mask:
        codes, count = self.columns.names(name), self.columns.count
        mask = codes.having(choice.any_of, count) if choice.any_of else np.ones(count, bool)
        return mask & ~codes.having(choice.none_of, count)


def _partnered(near: Near, left: Places, right: Places) -> Places:
    """The places of either side that have a partner on the other."""
    first, second, reach = _length(near.left), _length(near.right), near.distance
    # How far from a left place a right one may stand: after its last word, or before its first.
    windows = [(first, first - 1 + reach)]
    if not near.ordered:
        windows.append((1 - second - reach, -second))
    if len(left) > len(right):  # the shorter list is looked up in the longer
        left, right, windows = right, left, [(-high, -low) for low, high in windows]
    return kernels.partnered(left, right, sorted(windows))


def text_fields(term: Term) -> tuple[str, ...]:
    """The fields in which a term is looked for."""
    return ("title",) if term.title else ("title", "body")


def _length(term: Term) -> int:
    return len(term.keys) if isinstance(term, Phrase) else 1


def _unscored(documents: Documents) -> Matches:
    return Matches(documents, lambda chosen: np.zeros(len(chosen)))


def _of_those(part: Matches, chosen: Documents) -> Floats:
    """The scores that one branch of an OR gives: nothing where it does not match."""
    scores = np.zeros(len(chosen))
    there = kernels.both(chosen, part.documents)
    scores[np.searchsorted(chosen, there)] = part.scores(there)
    return scores


def _sum(count: int, parts: Iterable[Floats]) -> Floats:
    """The sum, always from left to right, so that equal queries score equal to the last bit."""
    return reduce(np.add, parts, np.zeros(count))
