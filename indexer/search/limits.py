"""Limits on what a query may cost, set on its plan: on the tree of clauses, before anything is looked up.

A plan is counted in what every engine knows beforehand (how many clauses, how many exact terms they stand for, how
often these occur), so that engines and machines leave out the same. What is over a limit is left out in reading order,
with a sentence that says so. Behind the limits there is only the clock (indexer.deadline).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.engine import MAX_FORMS, Backend, Frequencies
from indexer.language import format_query
from indexer.query import (
    And,
    AnyWord,
    AtLeast,
    Clause,
    Everything,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    PhrasePattern,
    Quoted,
    Said,
    TextClause,
    all_of,
    any_of,
    at_least,
    leaves,
    map_leaves,
    negation,
    one_quotation,
    text_clauses,
)

MAX_CLAUSES = 256
"""Clauses of a query that are searched; one that stands several times in a list of clauses counts once."""

MAX_PATTERNS = 32
"""Of these, words with `*`, `?` or `~`, and phrases that have such: they are compared with a whole vocabulary."""

MAX_ALL_FORMS = 10_000
"""Exact terms that all prefixes and fuzzy words stand for, one with more than MAX_FORMS counted as so many."""

MAX_PHRASE_WORDS = 256
"""Words of a phrase that are looked for; a text of so many words is hardly another one after them."""

MAX_PHRASE_PATTERNS = 4
"""Words of a phrase that may be any of several."""

MAX_DOCUMENTS = 20_000_000
"""The sum of the document frequencies of all clauses."""

MAX_OCCURRENCES = 40_000_000
"""The sum of the collection frequencies of all words in phrases and on either side of NEAR."""

FREE_CLAUSES = 8
"""Words, phrases and patterns that are searched however common they are: nobody's plain query is ever cut."""

CLOCK_REMARK = "The search took too long and was stopped before every release was searched."


class Plan(NamedTuple):
    """The clause that is evaluated, and a sentence for each thing that was left out of what was asked for."""

    clause: Clause
    remarks: tuple[str, ...] = ()

    def describe_cuts(self, was_ended: bool = False) -> str:
        """What was left out, in words, and whether the clock ended the search as well; "" for nothing."""
        return " ".join((*self.remarks, *((CLOCK_REMARK,) if was_ended else ())))


Keep = Callable[[Clause], bool]
"""Decides whether a leaf is kept; called once for each place where one stands, in reading order."""


def plan_query(backend: Backend, clause: Clause) -> Plan:
    """What is searched for `clause`; the same clause where it is within the limits."""
    remarks: list[str] = []
    clause = _cut_phrases(clause, remarks)
    clause = _limit_clauses(clause, remarks)
    clause = _limit_frequencies(backend, clause, remarks)
    return Plan(clause, tuple(remarks))


def _cut_phrases(clause: Clause, remarks: list[str]) -> Clause:
    cut = map_leaves(clause, _cut_leaf) if any(_is_too_long(leaf) for leaf in leaves(clause)) else clause
    if cut != clause:
        remarks.append(
            f"Only the first {MAX_PHRASE_WORDS} words of a phrase were searched, and the first {MAX_PHRASE_PATTERNS} "
            "with * or ? in it."
        )
    return cut


def _cut_leaf(leaf: Clause) -> Clause:
    if isinstance(leaf, Near):
        return replace(leaf, left=_cut_text(leaf.left), right=_cut_text(leaf.right))
    if isinstance(leaf, Said):
        cut = _cut_leaf(leaf.text)
        assert isinstance(cut, TextClause | Near)
        return Said(cut)
    return _cut_text(leaf) if isinstance(leaf, TextClause) else leaf


def _cut_text(clause: TextClause) -> TextClause:
    if isinstance(clause, Phrase):
        return replace(clause, terms=clause.terms[:MAX_PHRASE_WORDS])
    if isinstance(clause, PhrasePattern):
        slots = clause.slots[: _slot_limit(clause)]
        while isinstance(slots[-1], AnyWord):  # a pattern does not end in one; its first word is none
            slots = slots[:-1]
        return replace(clause, slots=slots)
    return clause


def _slot_limit(pattern: PhrasePattern) -> int:
    """How many words of a phrase pattern are looked for."""
    patterns = [at for at, slot in enumerate(pattern.slots) if isinstance(slot, Pattern)]
    return min([MAX_PHRASE_WORDS, *patterns[MAX_PHRASE_PATTERNS : MAX_PHRASE_PATTERNS + 1]])


def _is_too_long(leaf: Clause) -> bool:
    return any(
        (isinstance(each, Phrase) and len(each.terms) > MAX_PHRASE_WORDS)
        or (isinstance(each, PhrasePattern) and len(each.slots) > _slot_limit(each))
        for each in text_clauses(leaf)
    )


@dataclass
class _ClauseLimit:
    """Keeps the first clauses, and of patterns the first; counts all that there are."""

    clauses: int = 0
    patterns: int = 0

    def __call__(self, leaf: Clause) -> bool:
        patterns = len(_patterns(leaf))
        self.clauses += 1
        self.patterns += patterns
        return self.clauses <= MAX_CLAUSES and (not patterns or self.patterns <= MAX_PATTERNS)


def _limit_clauses(clause: Clause, remarks: list[str]) -> Clause:
    limit = _ClauseLimit()
    kept = _prune(clause, limit)
    if limit.clauses > MAX_CLAUSES:
        remarks.append(f"Only the first {MAX_CLAUSES} of the {limit.clauses:,} parts of this query were searched.")
    if limit.patterns > MAX_PATTERNS:
        remarks.append(f"Only the first {MAX_PATTERNS} of the {limit.patterns:,} words with *, ? or ~ were searched.")
    return kept or Everything()


@dataclass
class _FrequencyLimit:
    """Keeps the clauses whose frequencies still fit below the limits; the first ones in any case."""

    known: Mapping[TextClause, Frequencies]
    free: int = FREE_CLAUSES
    documents: int = 0
    occurrences: int = 0
    forms: int = 0
    left_out: int = 0

    def __call__(self, leaf: Clause) -> bool:
        words = _words(leaf)
        if not words:
            return True
        documents = sum(self.known[each].documents for each in words)
        occurrences = sum(self.known[each].occurrences for each in words) if _needs_positions(leaf) else 0
        forms = sum(min(self.known[each].forms, MAX_FORMS) for each in _patterns(leaf))
        fits = self.documents + documents <= MAX_DOCUMENTS and self.occurrences + occurrences <= MAX_OCCURRENCES
        if (fits or self.free > 0) and self.forms + forms <= MAX_ALL_FORMS:
            self.documents += documents
            self.occurrences += occurrences
            self.forms += forms
            self.free -= 1
            return True
        self.left_out += 1
        return False


def _limit_frequencies(backend: Backend, clause: Clause, remarks: list[str]) -> Clause:
    words = list(dict.fromkeys(each for leaf in leaves(clause) for each in _words(leaf)))
    if len(words) <= FREE_CLAUSES and not any(isinstance(each, Pattern) for each in words):
        return clause  # nothing can be over a limit: the engine need not be asked
    known = dict(zip(words, backend.frequencies(words), strict=True))
    limit = _FrequencyLimit(known)
    kept = _prune(clause, limit)
    searched = dict.fromkeys(each for leaf in leaves(kept or clause) for each in _patterns(leaf))
    remarks += [_forms_remark(each, known[each].forms) for each in searched if known[each].forms > MAX_FORMS]
    if limit.left_out:
        parts = "1 part of this query was" if limit.left_out == 1 else f"{limit.left_out:,} parts of this query were"
        remarks.append(f"{parts} left out: with the parts before, the search would take too long.")
    return kept or Everything()


def _forms_remark(pattern: TextClause, forms: int) -> str:
    text = format_query(pattern)[:40]
    return f"Of the {forms:,} words that “{text}” stands for, the {MAX_FORMS:,} commonest were searched."


def _prune(clause: Clause, keep: Keep) -> Clause | None:
    """The clause without the leaves that are not kept, None where none is; a repeated one goes with the first."""
    match clause:
        case And(clauses):
            return _join(clause, _prune_all(clauses, keep), all_of)
        case Or(clauses):
            return _join(clause, _prune_all(clauses, keep), any_of)
        case AtLeast(count, clauses):
            return _join(clause, _prune_all(clauses, keep), lambda kept: at_least(count, kept))
        case Quoted(clauses):
            return _join(clause, _prune_all(clauses, keep), one_quotation)
        case Not(inner):
            kept = _prune(inner, keep)
            return negation(kept) if kept else None
        case _:
            return clause if keep(clause) else None


def _prune_all(clauses: Iterable[Clause], keep: Keep) -> list[Clause]:
    pruned: dict[Clause, Clause | None] = {}
    for clause in clauses:
        if clause not in pruned:
            pruned[clause] = _prune(clause, keep)
    return [kept for clause in clauses if (kept := pruned[clause])]


def _join(
    whole: And | Or | AtLeast | Quoted, kept: list[Clause], join: Callable[[list[Clause]], Clause]
) -> Clause | None:
    if list(whole.clauses) == kept:
        return whole
    return join(kept) if kept else None


def _words(leaf: Clause) -> list[TextClause]:
    """What of a leaf is matched against texts, with the words of a phrase pattern one by one."""
    found: list[TextClause] = []
    for side in text_clauses(leaf):
        if isinstance(side, PhrasePattern):
            words = [slot for slot in side.slots if not isinstance(slot, AnyWord)]
            found += [Phrase((word,)) if isinstance(word, str) else word for word in words]
        else:
            found.append(side)
    return found


def _patterns(leaf: Clause) -> list[TextClause]:
    return [each for each in _words(leaf) if isinstance(each, Pattern)]


def _needs_positions(leaf: Clause) -> bool:
    return isinstance(leaf, Near | PhrasePattern | Said) or (isinstance(leaf, Phrase) and len(leaf.terms) > 1)
