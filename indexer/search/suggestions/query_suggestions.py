"""Suggests variants of a query: with less of it where it has no hit, and other interpretations of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from indexer.engine import Backend
from indexer.language import FUNCTION_WORDS, format_query
from indexer.query import Clause, Filters, Near, Not, Phrase, Query, Word, all_of, any_of, conjuncts
from indexer.results import Alternative

NEAR_DISTANCE = 10
"""The distance in words of the "near each other" interpretation."""

MAX_WORDS = 16
"""Words of the longest query that has other interpretations; nobody means that many as a phrase or near each other."""

MAX_CLAUSES = 6
"""Clauses of the longest query that is offered without each of them in turn."""

MAX_ALTERNATIVES = 6
"""Alternatives on a page without hits."""

MAX_CHARACTERS = 200
"""Characters of the longest query that is offered."""


class Variant(NamedTuple):
    """A variant of a query, with the difference in words for people, and how many letters that changes."""

    query: Query
    reason: str
    edits: int = 0

    def with_hits(self, hits: int) -> Alternative:
        """The variant with the number of its hits, as pages show it."""
        return Alternative(format_query(self.query.clause), self.reason, hits, self.query.filters)


def suggest_alternatives(query: Query) -> list[Variant]:
    """Variants of a query without a hit: without its filters, without a clause, with any clause."""
    return [each for each in (*_without_filters(query), *_relax(query)) if is_short(each)]


def is_short(variant: Variant) -> bool:
    """Whether a query is short enough to be offered: a page must not repeat a text for each of its words."""
    return len(format_query(variant.query.clause)) <= MAX_CHARACTERS


def select_alternatives(backend: Backend, candidates: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The candidates that have hits, each query once; "every release" where none has."""
    alternatives: dict[tuple[str, Filters], Alternative] = {}
    for candidate in candidates:
        if candidate.hits:
            alternatives.setdefault((candidate.text, candidate.filters), candidate)
    return tuple(alternatives.values())[:MAX_ALTERNATIVES] or (_match_all(backend),)


def list_interpretations(query: Query) -> list[Variant]:
    """The same words as an exact phrase, near each other, anywhere in any form; with `or` or `not` as operators.

    For a query of plain words alone, or of one phrase, with two content words or more; none for any other.
    """
    units = _plain_units(query.clause)
    if sum(not _is_function_word(unit) for unit in units) < 2:
        return []
    read = read_as_words(query)
    terms = [unit.term for unit in units if isinstance(unit, Word)]
    is_plain = len(terms) == len(units) and not isinstance(query.clause, Phrase)
    return [*read, *_operators_meant(query, terms)] if read and is_plain else read


def read_as_words(query: Query) -> list[Variant]:
    """The same words exactly, near each other, and in any form: plain words alone, or one phrase; none for others.

    What punctuation holds together (`O'Brien`) stays together. A single word is near nothing: it has no such variant.
    """
    units = _plain_units(query.clause)
    terms = tuple(term for unit in units for term in (unit.terms if isinstance(unit, Phrase) else (unit.term,)))
    if not units or len(terms) > MAX_WORDS:
        return []
    ways = [("exact words", Phrase(terms)), ("near each other", _near(units)), ("in any form", all_of([*units]))]
    return [Variant(replace(query, clause=clause), label) for label, clause in ways if clause]


def _near(units: Sequence[Word | Phrase]) -> Clause | None:
    """Each content word near the next one; None where there is but one word."""
    content = [unit for unit in units if not _is_function_word(unit)]
    # Function words are near everything: they need only occur. They count where there is little else (Will Smith).
    content = content if len(content) > 1 else [*units]
    near: list[Clause] = [Near(a, b, NEAR_DISTANCE) for a, b in pairwise(content)]
    return all_of([*near, *(unit for unit in units if unit not in content)]) if near else None


def _is_function_word(unit: Word | Phrase) -> bool:
    return isinstance(unit, Word) and unit.term in FUNCTION_WORDS


def _operators_meant(query: Query, terms: list[str]) -> Iterable[Variant]:
    """The query with `or` between two words read as OR, and with `not` between two words read as NOT."""
    inner = terms[1:-1]
    if "or" in inner:
        yield Variant(
            replace(query, clause=any_of([all_of(_words(side)) for side in _split(terms)])), "“or” read as OR"
        )
    if "not" in inner:
        at = terms.index("not", 1)
        clause = all_of([*_words(terms[:at]), Not(Word(terms[at + 1])), *_words(terms[at + 2 :])])
        yield Variant(replace(query, clause=clause), "“not” read as NOT")


def _split(terms: list[str]) -> list[list[str]]:
    """The words on either side of each `or`; one with nothing on a side is a word like others."""
    sides: list[list[str]] = [[]]
    for number, term in enumerate(terms):
        if term == "or" and sides[-1] and number + 1 < len(terms):
            sides.append([])
        else:
            sides[-1].append(term)
    return sides


def _words(terms: Iterable[str]) -> list[Clause]:
    return [Word(term) for term in terms]


def _plain_units(clause: Clause) -> list[Word | Phrase]:
    """The words of a query of plain words alone or of one phrase, and what punctuation holds together among them.

    None for any other query.
    """
    if isinstance(clause, Phrase) and not clause.title:
        return [Word(term) for term in clause.terms]
    required = conjuncts(clause)
    units = [each for each in required if isinstance(each, Word | Phrase) and not each.title and not _is_quoted(each)]
    return units if len(units) == len(required) else []


def _is_quoted(unit: Word | Phrase) -> bool:
    return isinstance(unit, Phrase) and unit.quoted


def _match_all(backend: Backend) -> Alternative:
    return Alternative("*", "every release", backend.releases, Filters())


def _without_filters(query: Query) -> list[Variant]:
    return [Variant(replace(query, filters=Filters()), "without the filters")] if query.filters else []


def _relax(query: Query) -> list[Variant]:
    """The query with words instead of phrases, without one of its clauses, and with any of them."""
    clauses = conjuncts(query.clause)
    variants = []
    if _has_phrase(clauses):
        variants.append(Variant(_phrases_as_words(query), "the words anywhere, not as a phrase"))
    if not 2 <= len(clauses) <= MAX_CLAUSES:
        return variants
    for number, clause in enumerate(clauses):
        rest = all_of(clauses[:number] + clauses[number + 1 :])
        variants.append(Variant(replace(query, clause=rest), f"without {format_query(clause)}"))
    positive: list[Clause] = [clause for clause in clauses if not isinstance(clause, Not)]
    if len(positive) > 1:
        variants.append(Variant(replace(query, clause=any_of(positive)), "any of these, not all"))
    return variants


def _has_phrase(clauses: Iterable[Clause]) -> bool:
    return any(isinstance(clause, Phrase) and len(clause.terms) > 1 for clause in clauses)


def _phrases_as_words(query: Query) -> Query:
    clauses: list[Clause] = []
    for clause in conjuncts(query.clause):
        clauses += [Word(term, clause.title) for term in clause.terms] if isinstance(clause, Phrase) else [clause]
    return replace(query, clause=all_of(clauses))
