"""Translates our clauses into queries of stock Whoosh, over our own index."""

from __future__ import annotations

from typing import Any

from whoosh import query as wq

from indexer.language.term_forms import stem
from indexer.query import And, Clause, Not, Or, Phrase, Prefix, Published, WithId, Word


def translated(clause: Clause) -> wq.Query:
    """The clause as stock Whoosh would be asked."""
    match clause:
        case And(clauses):
            return wq.And([translated(c) for c in clauses])
        case Or(clauses):
            return wq.Or([translated(c) for c in clauses])
        case Not(inner):
            return wq.Not(translated(inner))
        case Word(key, title):
            return fields(title, lambda field: wq.Term(f"{field}_loose", stem(key)))
        case Phrase((key,), title):
            return fields(title, lambda field: wq.Term(field, key))
        case Phrase(keys, title):
            return fields(title, lambda field: wq.Phrase(field, list(keys)))
        case Prefix(key, title):
            return fields(title, lambda field: wq.Prefix(field, key))
        case Published(first, last):
            return wq.And(
                [wq.NumericRange("published_first", first, None), wq.NumericRange("published_last", None, last)]
            )
        case WithId(release):
            return wq.Term("id", release)
    raise NotImplementedError(clause)


def fields(only_title: bool, make: Any) -> wq.Query:
    return make("title") if only_title else wq.Or([make("title"), make("body")])
