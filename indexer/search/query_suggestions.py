"""Suggests variants of a query: respelt or relaxed where it has no hit, and other interpretations of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.engine import Backend
from indexer.language import FUNCTION_WORDS, format_query
from indexer.query import And, Clause, Filters, Near, Not, Phrase, Query, Word, all_of, any_of
from indexer.results import Alternative
from indexer.search.variants import Variant

NEAR_DISTANCE = 10
"""The distance in words of the "near each other" interpretation."""

MAX_SPELLING_VARIANTS = 4
"""Variants of a query with other spellings."""

MAX_ALTERNATIVES = 6
"""Alternatives on a page without hits."""


def suggest_alternatives(backend: Backend, query: Query) -> list[Variant]:
    """Variants of a query without a hit: respelt, without its filters, without a clause, with any clause."""
    return [*_respell(backend, query), *_without_filters(query), *_relax(query)]


def select_alternatives(backend: Backend, candidates: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The candidates that have hits, each query once; "every release" where none has."""
    alternatives: dict[tuple[str, Filters], Alternative] = {}
    for candidate in candidates:
        if candidate.hits:
            alternatives.setdefault((candidate.text, candidate.filters), candidate)
    return tuple(alternatives.values())[:MAX_ALTERNATIVES] or (_match_all(backend),)


def list_interpretations(query: Query) -> list[Variant]:
    """The same words as an exact phrase, near each other, and anywhere in any form.

    For a query of plain words alone, or of one phrase, with two content words or more; none for any other.
    """
    terms = _plain_terms(query.clause)
    content = [term for term in terms if term not in FUNCTION_WORDS]
    if len(content) < 2:
        return []
    words: list[Clause] = [Word(term) for term in terms]
    # Function words are near everything: they need only occur.
    near: list[Clause] = [Near(Word(a), Word(b), NEAR_DISTANCE) for a, b in pairwise(content)]
    near += [Word(term) for term in terms if term in FUNCTION_WORDS]
    ways = (("exact words", Phrase(tuple(terms))), ("near each other", all_of(near)), ("in any form", all_of(words)))
    return [Variant(replace(query, clause=clause), label) for label, clause in ways]


def _plain_terms(clause: Clause) -> list[str]:
    """The exact terms of a query of plain words alone or of one phrase; none for any other."""
    if isinstance(clause, Phrase) and not clause.title:
        return list(clause.terms)
    required = _required_clauses(clause)
    terms = [each.term for each in required if isinstance(each, Word) and not each.title]
    return terms if len(terms) == len(required) else []


def _match_all(backend: Backend) -> Alternative:
    return Alternative("*", "every release", backend.releases, Filters())


def _respell(backend: Backend, query: Query) -> list[Variant]:
    """The query with one unknown word respelt, in each way; then with all of them, each in the likeliest way."""
    clauses = _required_clauses(query.clause)
    corrections = _spelling_corrections(backend, clauses)
    variants = []
    for number, clause in enumerate(clauses):
        for term in _correctable_terms(clause):
            for word in corrections.get(term, ()):
                respelt = [*clauses[:number], _replace_term(clause, term, word), *clauses[number + 1 :]]
                variants.append(Variant(replace(query, clause=all_of(respelt)), f"“{word}” instead of “{term}”"))
    corrected = _correct_all(clauses, corrections)
    if corrected and corrected != clauses:
        variants.append(Variant(replace(query, clause=all_of(corrected)), "words as this archive spells them"))
    return variants[:MAX_SPELLING_VARIANTS]


def _spelling_corrections(backend: Backend, clauses: Iterable[Clause]) -> dict[str, Sequence[str]]:
    """For each term that the archive does not have, words spelt like it, likeliest first."""
    terms = list(dict.fromkeys(term for clause in clauses for term in _correctable_terms(clause)))
    suggestions = dict(zip(terms, backend.suggestions(terms), strict=True)) if terms else {}
    return {term: words for term, words in suggestions.items() if list(words) != [term]}


def _correct_all(clauses: Iterable[Clause], corrections: Mapping[str, Sequence[str]]) -> list[Clause]:
    """The clauses with each unknown word respelt; those with a word that resembles none are left out."""
    corrected = []
    for clause in clauses:
        unknown = [term for term in _correctable_terms(clause) if term in corrections]
        if all(corrections[term] for term in unknown):
            for term in unknown:
                clause = _replace_term(clause, term, corrections[term][0])
            corrected.append(clause)
    return corrected


def _correctable_terms(clause: Clause) -> list[str]:
    """The exact terms of a clause whose spelling may be corrected."""
    return [clause.term] if isinstance(clause, Word) else list(clause.terms) if isinstance(clause, Phrase) else []


def _replace_term(clause: Clause, term: str, replacement: str) -> Clause:
    if isinstance(clause, Word):
        return replace(clause, term=replacement)
    assert isinstance(clause, Phrase)
    return replace(clause, terms=tuple(replacement if each == term else each for each in clause.terms))


def _without_filters(query: Query) -> list[Variant]:
    return [Variant(replace(query, filters=Filters()), "without the filters")] if query.filters else []


def _relax(query: Query) -> list[Variant]:
    """The query with words instead of phrases, without one of its clauses, and with any of them."""
    clauses = _required_clauses(query.clause)
    variants = []
    if _has_phrase(clauses):
        variants.append(Variant(_phrases_as_words(query), "the words anywhere instead of the exact phrase"))
    if len(clauses) < 2:
        return variants
    for number, clause in enumerate(clauses):
        rest = all_of(clauses[:number] + clauses[number + 1 :])
        variants.append(Variant(replace(query, clause=rest), f"without {format_query(clause)}"))
    positive: list[Clause] = [clause for clause in clauses if not isinstance(clause, Not)]
    if len(positive) > 1:
        variants.append(Variant(replace(query, clause=any_of(positive)), "any of these instead of all"))
    return variants


def _has_phrase(clauses: Iterable[Clause]) -> bool:
    return any(isinstance(clause, Phrase) and len(clause.terms) > 1 for clause in clauses)


def _phrases_as_words(query: Query) -> Query:
    clauses: list[Clause] = []
    for clause in _required_clauses(query.clause):
        clauses += [Word(term, clause.title) for term in clause.terms] if isinstance(clause, Phrase) else [clause]
    return replace(query, clause=all_of(clauses))


def _required_clauses(clause: Clause) -> list[Clause]:
    """The clauses that all must match: those of an And, or the clause alone."""
    return list(clause.clauses) if isinstance(clause, And) else [clause]
