"""A query evaluated on arrays: the documents that match, and their scores.

The rules are those of indexer.search.matching, which applies them to one text; here they are applied to posting lists.
Tests compare the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import islice, pairwise, product

import numpy as np

from indexer import deadline, kernels
from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.expansion import Expansions
from indexer.engine.arrays.evaluate.postings import EMPTY, FieldTerm, Postings, PostingSource, TermOperand
from indexer.engine.arrays.evaluate.scoring import FUNCTION_WEIGHT, PROXIMITY_WEIGHTS, Scores, Scoring, is_function_stem
from indexer.engine.arrays.segments import (
    BIGRAMS_FIELD,
    NAMES_FIELD,
    PATH_FIELDS,
    WHOLE_FIELDS,
    bigram_term,
    cover_phrase,
    is_common_bigram,
)
from indexer.engine.protocol import Frequencies
from indexer.kernels import POSITION_BITS, Documents, Floats, Mask, PackedPositions
from indexer.language import stem, whole_name
from indexer.query import (
    FIRST_DAY,
    LAST_DAY,
    Added,
    And,
    AnyNamed,
    AnyWord,
    AtLeast,
    Choice,
    Clause,
    Described,
    Edited,
    Everything,
    Filters,
    Fuzzy,
    Named,
    NameField,
    Near,
    Not,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Published,
    Slot,
    TextClause,
    Undated,
    Versions,
    Wildcard,
    Withdrawn,
    WithId,
    Word,
)

MAX_PAIRS = 255
"""Different pairs of neighbouring words of a query that have a proximity bonus; the later ones have none."""


@dataclass(frozen=True, slots=True)
class Proximity:
    """The bonus for words near each other: at most `limit` for any document, and `limits` for some that are given."""

    bonus: Scores
    limit: float
    limits: Scores


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents that match, in ascending order, and how any of them are scored.

    Scoring is deferred until it is known which documents need a score: an intersection scores what is left of it, and
    a list by date scores nothing but its page. A score is the sum of the clauses' scores and of a proximity bonus,
    which is expensive to compute.
    """

    documents: Documents
    clause_scores: Scores
    proximity: Proximity | None = None

    def scores(self, subset: Documents) -> Floats:
        """The scores of some of the documents."""
        scores = self.clause_scores(subset)
        return scores if self.proximity is None else scores + self.proximity.bonus(subset)


class Evaluator:
    """Evaluates clauses against one opened index; `with_proximity` says whether scores have a proximity bonus.

    A clause that stands several times in a conjunction or a disjunction is evaluated once and scored as often as it
    stands there. When the time of the thread is over (indexer.deadline), what is left to evaluate matches nothing.
    """

    def __init__(self, source: PostingSource, columns: Columns, *, with_proximity: bool = True) -> None:
        self.source, self.columns = source, columns
        self.scoring = Scoring(columns)
        self.expansions = Expansions(source)
        self._proximity_weights = PROXIMITY_WEIGHTS if with_proximity else ()
        # A query and its readings look up the same words, one after the other.
        self._last_words: tuple[frozenset[Word], Documents] = frozenset(), EMPTY.documents

    def evaluate(self, clause: Clause) -> Matches:
        """The documents that match `clause`."""
        if deadline.is_over():
            return _match_unscored(EMPTY.documents)
        match clause:
            case And(clauses):
                return self._match_and(clauses)
            case Or(clauses):
                return self._match_or(clauses)
            case AtLeast(count, clauses):
                return self._match_or(clauses, count)
            case Not(inner):
                return _match_unscored(self._exclude(self.columns.live, inner))
            case Word() | Phrase() | Prefix() | Fuzzy() | Wildcard() | PhrasePattern() | Near():
                return self._match_text(clause)
            case _:
                return _match_unscored(self._match_facts(clause))

    def apply_filters(self, documents: Documents, filters: Filters, but: NameField | None = None) -> Documents:
        """Those of `documents` that pass the filters; the "any of" of field `but` is not applied."""
        if not filters:
            return documents
        mask = np.ones(self.columns.count, bool)
        for name in NameField:
            choice = filters.choice(name)
            mask &= self._choice_mask(name, Choice((), choice.none_of) if name is but else choice)
        if days := filters.days():
            mask &= self._published_mask(days)
        if filters.undated:
            mask &= self.columns.date == 0
        return documents[mask[documents]]

    def newest_matches(self, documents: Documents) -> Documents:
        """The documents that are hits: here all of them, since each is a release (history.py)."""
        return documents

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
        sets = [one.documents for clause, one in matches.items() if not isinstance(clause, Word)]
        if words := [*(clause for clause in matches if isinstance(clause, Word)), *_word_terms(nears)]:
            sets.append(self._documents_with_all(words))
        documents = reduce(kernels.intersect, sorted(sets, key=len)) if sets else self.columns.live
        for clause in times:
            if isinstance(clause, Not):
                documents = self._exclude(documents, clause.clause)
        for near in nears:
            documents = self._filter_near(near, documents)

        def clause_scores(subset: Documents) -> Floats:
            parts = ((matches.get(c) or self.evaluate(c), n) for c, n in times.items() if not isinstance(c, Not))
            return _sum_scores(len(subset), (_repeat(part.scores(subset), n) for part, n in parts))

        return Matches(documents, clause_scores, self._proximity(clauses))

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
            lambda subset: _sum_scores(len(subset), map(partial(_branch_scores, subset), times, parts, times.values())),
            self._proximity(clauses),
        )

    def _proximity(self, clauses: tuple[Clause, ...]) -> Proximity | None:
        """The proximity bonus for neighbouring words of a query; None where there are no two."""
        words = [c for c in clauses if isinstance(c, Word) and not c.title and not is_function_stem(stem(c.term))]
        times = islice(Counter(pairwise(words)).items(), MAX_PAIRS)
        pairs = [(left, right, n * (self._idf(left) + self._idf(right))) for (left, right), n in times]
        if not pairs or not self._proximity_weights:
            return None
        share = sum(share for _, _, share in self._proximity_weights)
        limit_of = {pair: self.scoring.max_score(share * pair[2]) for pair in pairs}

        def bonus(subset: Documents) -> Floats:
            if deadline.is_over():
                return np.zeros(len(subset))
            positions: dict[TextClause, list[PackedPositions]] = {
                word: [self.source.positions(f, self.expand(word, f), subset) for f in ("title", "body")]
                for word in dict.fromkeys(words)
            }
            return _sum_scores(
                len(subset),
                (
                    self._score_near(Near(left, right, distance, ordered), positions, share * weight, subset)
                    for left, right, weight in pairs
                    for distance, ordered, share in self._proximity_weights
                ),
            )

        def limits(subset: Documents) -> Floats:
            """What the pairs may add that a document has both words of."""
            limits = np.zeros(len(subset))
            for left, right, weight in pairs:
                having = (self._match_text(word).documents for word in (left, right))
                both = reduce(kernels.intersect, having, subset)
                limits[np.searchsorted(subset, both)] += limit_of[left, right, weight]
            return limits

        return Proximity(bonus, sum(limit_of[pair] for pair in pairs), limits)

    def _idf(self, word: Word) -> float:
        return self.scoring.idf(len(self._match_text(word).documents))

    def _score_near(
        self, near: Near, positions: dict[TextClause, list[PackedPositions]], weight: float, subset: Documents
    ) -> Floats:
        """The bonus for two words near each other, whose positions in titles and in bodies are given."""
        fields = zip(positions[near.left], positions[near.right], strict=True)
        title, body = (
            Postings(*kernels.count_by_document(_near_positions(near, left, right))) for left, right in fields
        )
        return self.scoring.weighted_scorer(title, body, weight)(subset)

    def _match_text(self, clause: TextClause | Near) -> Matches:
        if isinstance(clause, Near):
            return self._match_near(clause)
        title = self._field_postings(clause, "title")
        body = EMPTY if clause.title else self._field_postings(clause, "body")
        if isinstance(clause, Word) and not clause.title:
            documents = self.source.documents(("title_loose", "body_loose"), stem(clause.term))
        else:
            documents = kernels.union(body.documents, title.documents)
        factor = FUNCTION_WEIGHT if isinstance(clause, Word) and is_function_stem(stem(clause.term)) else 1.0
        return Matches(documents, self.scoring.scorer(len(documents), title, body, factor))

    def _field_postings(self, clause: TextClause, field: str) -> Postings:
        if isinstance(clause, Word):
            return self.source.postings(f"{field}_loose", stem(clause.term))
        return self._exact_postings(clause, field)

    def _exact_postings(self, term: Phrase | Prefix | Fuzzy | Wildcard | PhrasePattern, field: str) -> Postings:
        if isinstance(term, PhrasePattern):
            return self._pattern_postings(term, field)
        if isinstance(term, Phrase) and len(term.terms) > 1:
            terms = cover_phrase(term.terms)
            if field == "body" and len(terms) == 1:
                return self.source.postings(BIGRAMS_FIELD, terms[0][1])
            return self.source.phrase_postings(self._operand(term, field))
        if isinstance(term, Prefix) and not self.expansions.is_capped(term):
            return self.source.prefix_postings(field, term.prefix)
        return self.source.union_postings(field, self.expand(term, field))

    def expand(self, term: TextClause, field: str) -> Sequence[str]:
        """The exact terms of a field that a query term matches; of a prefix or a fuzzy word the commonest."""
        match term:
            case Word(key):
                return self.source.forms(field, stem(key))
            case Phrase(keys):
                return list(keys)
            case Prefix() | Fuzzy() | Wildcard():
                return self.expansions.find(term)
            case PhrasePattern(slots):
                return [term for slot in slots for term in self._expand_slot(slot, field)]

    def count_frequencies(self, term: TextClause) -> Frequencies:
        """What the dictionary says of a text clause."""
        fields = text_fields(term)
        match term:
            case Prefix(prefix):
                counts = [self.source.count_terms(field, prefix) for field in fields]
                return Frequencies(self.expansions.count(term), *(sum(each[at] for each in counts) for at in (1, 2)))
            case Fuzzy() | Wildcard():
                terms = [(field, key) for field in fields for key in self.expand(term, field)]
                return Frequencies(self.expansions.count(term), *self._sum_frequencies(terms))
            case Word(key):
                return Frequencies(1, *self._sum_frequencies([(f"{field}_loose", stem(key)) for field in fields]))
            case Phrase(keys):
                return Frequencies(1, *self._sum_frequencies([(field, key) for field in fields for key in keys]))
            case PhrasePattern(slots, title):
                return self._sum_slots(slots, title=title)

    def _sum_slots(self, slots: Sequence[Slot], *, title: bool) -> Frequencies:
        """The frequencies of the words of a phrase pattern, added up; any word is looked up nowhere."""
        clauses = [
            Phrase((slot,), title) if isinstance(slot, str) else replace(slot, title=title)
            for slot in slots
            if not isinstance(slot, AnyWord)
        ]
        counts = [self.count_frequencies(each) for each in clauses]
        forms = max((each.forms for each in counts), default=1)
        return Frequencies(forms, sum(each.documents for each in counts), sum(each.occurrences for each in counts))

    def _sum_frequencies(self, terms: Sequence[tuple[str, str]]) -> tuple[int, int]:
        source = self.source
        return sum(source.document_count(*term) for term in terms), sum(source.occurrence_count(*t) for t in terms)

    def _expand_slot(self, slot: Slot, field: str) -> Sequence[str]:
        """The exact terms of a field that one word of a phrase pattern may be; none for any word."""
        if isinstance(slot, str):
            return [slot]
        return [] if isinstance(slot, AnyWord) else self.expand(slot, field)

    def _pattern_postings(self, pattern: PhrasePattern, field: str) -> Postings:
        """The postings of a phrase pattern: its exact words first, whose documents are then searched for the others."""
        exact = [FieldTerm(offset, field, slot) for offset, slot in enumerate(pattern.slots) if isinstance(slot, str)]
        forms = {
            offset: self.expand(slot, field)
            for offset, slot in enumerate(pattern.slots)
            if isinstance(slot, Prefix | Wildcard)
        }
        if not forms:
            return self.source.match_positions([TermOperand(True, exact)])
        documents = self.source.match_positions([TermOperand(True, exact)]).documents if exact else None
        for terms in forms.values():
            having = self.source.union_postings(field, terms).documents
            documents = having if documents is None else kernels.intersect(documents, having)
        assert documents is not None  # a pattern is more than any words
        starts: PackedPositions | None = None
        for offset, terms in [*((at, [term]) for at, _, term in exact), *forms.items()]:
            positions = self.source.positions(field, terms, documents)
            # A word nearer to the beginning of its text than its place in the pattern begins no match.
            begins = positions[(positions & ((1 << POSITION_BITS) - 1)) >= offset] - offset
            starts = begins if starts is None else np.intersect1d(starts, begins, assume_unique=True)
        return Postings(*kernels.count_by_document(starts)) if starts is not None else EMPTY

    def _operand(self, term: TextClause, field: str) -> TermOperand:
        """A query term as an operand of a positional query."""
        if isinstance(term, Phrase):
            return _phrase_operand(term.terms, field)
        return TermOperand(False, [FieldTerm(0, field, key) for key in self.expand(term, field)])

    def _match_near(self, near: Near) -> Matches:
        """The proximity match of two terms; frequencies are computed when scores are needed."""
        words = _word_terms([near])
        documents = self._filter_near(near, self._documents_with_all(words) if words else self.columns.live)

        def clause_scores(subset: Documents) -> Floats:
            title = self.source.match_positions(*self._positional_query(near, "title"))
            body = EMPTY
            if not near.left.title:
                body = self.source.match_positions(*self._positional_query(near, "body"), subset)
            return self.scoring.scorer(len(documents), title, body)(subset)

        return Matches(documents, clause_scores)

    def _documents_with_all(self, words: Sequence[Word]) -> Documents:
        """The documents that contain all of these words, one at least."""
        distinct, (last, documents) = frozenset(words), self._last_words
        if distinct == last:
            return documents
        documents = reduce(kernels.intersect, sorted((self._match_text(word).documents for word in distinct), key=len))
        if not deadline.is_over():  # some of the words may not have been looked up
            self._last_words = distinct, documents
        return documents

    def _filter_near(self, near: Near, candidates: Documents) -> Documents:
        """Those of the candidates that contain the two near each other."""
        matches = kernels.intersect(candidates, self._bigram_documents(near))
        for field in text_fields(near.left):
            rest = kernels.difference(candidates, matches)
            new = self.source.matching_documents(*self._positional_query(near, field), rest)
            matches = kernels.union(matches, new)
        return matches

    def _bigram_documents(self, near: Near) -> Documents:
        """The documents that contain the two as a common bigram: these match without a look at positions."""
        words = [term for term in (near.left, near.right) if isinstance(term, Word) and not term.title]
        documents = EMPTY.documents
        if len(words) < 2 or near.distance < 1:
            return documents
        keys = [self.expand(word, "body") for word in words]
        for one, other in [*product(*keys), *(() if near.ordered else product(*reversed(keys)))]:
            if is_common_bigram(one, other):
                bigrams = self.source.postings(BIGRAMS_FIELD, bigram_term(one, other))
                documents = kernels.union(documents, bigrams.documents)
        return documents

    def _positional_query(self, near: Near, field: str) -> tuple[list[TermOperand], list[tuple[int, int]]]:
        return [self._operand(term, field) for term in (near.left, near.right)], _windows(near)

    def _match_facts(self, clause: Clause) -> Documents:
        match clause:
            case Everything() | Versions():
                return self.columns.live
            case Named(name, keys):
                return self.source.match_positions([_phrase_operand(keys, NAMES_FIELD[name])]).documents
            case AnyNamed(name):
                return self._select_live(self.columns.has_name(name))
            case Described(attribute, keys) if attribute in PATH_FIELDS:
                return self.source.match_positions([_phrase_operand(keys, PATH_FIELDS[attribute])]).documents
            case Described(attribute, keys):
                return self.source.postings(WHOLE_FIELDS[attribute], whole_name(keys)).documents
            case Edited():
                return self._select_live(self.columns.versions > 1)
            case Withdrawn():
                return self._select_live(self.columns.withdrawn)
            case Published():
                return self._select_live(self._published_mask(clause))
            case Added(first, last):
                days = self.columns.added // 1_000_000
                return self._select_live((days >= first) & (days <= last))
            case Undated():
                return self._select_live(self.columns.date == 0)
            case WithId(release_id):
                return self.columns.numbers(release_id)
        raise TypeError(f"not a clause: {clause!r}")

    def _select_live(self, mask: Mask) -> Documents:
        return np.flatnonzero(mask & self.columns.live_mask).astype(np.int32)

    def _published_mask(self, days: Published) -> Mask:
        columns = self.columns
        if (days.first, days.last) == (FIRST_DAY, LAST_DAY):
            return np.asarray(columns.date > 0)
        return np.asarray((columns.first >= days.first) & (columns.last <= days.last) & (columns.date > 0))

    def _choice_mask(self, name: NameField, choice: Choice) -> Mask:
        column, count = self.columns.names(name), self.columns.count
        mask = column.mask(choice.any_of, count) if choice.any_of else np.ones(count, bool)
        return mask & ~column.mask(choice.none_of, count)


def _phrase_operand(keys: Sequence[str], field: str) -> TermOperand:
    """The terms of a phrase: common bigrams where the field has them."""
    if field != "body":
        return TermOperand(True, [FieldTerm(offset, field, key) for offset, key in enumerate(keys)])
    return TermOperand(
        True,
        [
            FieldTerm(offset, BIGRAMS_FIELD if is_common_bigram else field, term)
            for offset, term, is_common_bigram in cover_phrase(keys)
        ],
    )


def _word_terms(nears: Iterable[Near]) -> list[Word]:
    """The operands that are words."""
    return [term for near in nears for term in (near.left, near.right) if isinstance(term, Word)]


def _windows(near: Near) -> list[tuple[int, int]]:
    """The windows around a position of the left term in which one of the right must be: after it, or before it."""
    first, second, reach = _word_count(near.left), _word_count(near.right), near.distance
    after, ahead = (first, first - 1 + reach), (1 - second - reach, -second)
    return [after] if near.ordered else [after, ahead]


def _near_positions(near: Near, left: PackedPositions, right: PackedPositions) -> PackedPositions:
    """The positions of either that have one of the other in a window."""
    windows = _windows(near)
    if len(left) > len(right):  # the shorter list is looked up in the longer
        left, right, windows = right, left, [(-high, -low) for low, high in windows]
    return kernels.near_positions(left, right, sorted(windows))


def text_fields(term: TextClause) -> tuple[str, ...]:
    """The text fields in which a term is searched."""
    return ("title",) if term.title else ("title", "body")


def _word_count(term: TextClause) -> int:
    return len(term.terms) if isinstance(term, Phrase) else 1


def _match_unscored(documents: Documents) -> Matches:
    return Matches(documents, lambda subset: np.zeros(len(subset)))


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


def _sum_scores(count: int, parts: Iterable[Floats]) -> Floats:
    """The sum, always from left to right, so that equal queries score equal to the last bit."""
    return reduce(np.add, parts, np.zeros(count))
