"""The guided form: fields that a person fills in, written out as a query they can read and learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.language import drop_possessive, exact_terms, format_query, name_terms, parse_query, word_or_phrase
from indexer.query import And, Clause, Everything, Named, NameField, Phrase, Prefix, Word, all_of, any_of, negation
from web.urls import Search, read_search


def search_from_form(values: Mapping[str, Sequence[str]]) -> Search:
    """The search that the filled-in form asks for; fields left empty ask for nothing."""
    last = {name: given[-1] for name, given in values.items() if given}
    clauses = [
        *_words(last.get("all", "")),
        *_phrase(last.get("phrase", "")),
        *_any(last.get("any", "")),
        *(negation(clause) for clause in _words(last.get("none", ""))),
        *_words(last.get("title", ""), title=True),
        *_name_clause(NameField.PERSON, last.get("by_person", "")),
        *_name_clause(NameField.SOURCE, last.get("by_source", "")),
        *_name_clause(NameField.PLACE, last.get("by_place", "")),
    ]
    dates, _ = read_search({name: values.get(name, ()) for name in ("from", "to")})
    return Search(format_query(all_of(clauses)) if clauses else "", dates.filters)


def _words(text: str, *, title: bool = False) -> list[Clause]:
    """Each word as it stands: nothing a person types here is an operator, but a star and quotes still work."""
    if '"' in text or "“" in text:
        return _quote(text, title=title)
    return [clause for chunk in text.split() if (clause := _word(chunk, title))]


def _quote(text: str, *, title: bool) -> list[Clause]:
    clause = parse_query(f"title:({text})" if title else text).clause
    if isinstance(clause, Everything):
        return []
    return list(clause.clauses) if isinstance(clause, And) else [clause]


def _word(chunk: str, title: bool) -> Clause | None:
    terms = exact_terms(chunk)
    if len(terms) == 1 and chunk.endswith("*"):
        return Prefix(terms[0], title)
    clause = word_or_phrase(terms)
    return replace(clause, title=title) if isinstance(clause, Word | Phrase) else None


_QUOTATION_MARKS = str.maketrans(dict.fromkeys('"“”', " "))


def _phrase(text: str) -> list[Clause]:
    clause = parse_query('"' + text.translate(_QUOTATION_MARKS) + '"').clause
    return [] if isinstance(clause, Everything) else [clause]


def _any(text: str) -> list[Clause]:
    clauses = _words(text)
    return [any_of(clauses)] if clauses else []


def _name_clause(name: NameField, text: str) -> list[Clause]:
    terms = drop_possessive(name_terms(text))
    return [Named(name, tuple(terms))] if terms else []
