"""A query of releases read as one of quotations: words that stand in no field are words that somebody said."""

from __future__ import annotations

from indexer.query import Clause, Near, Said, TextClause, map_leaves, text_clauses


def about_quotations(clause: Clause) -> Clause:
    """The same query, in which words, phrases, patterns and NEAR outside `title:` are said in one quotation."""
    return map_leaves(clause, _say)


def _say(leaf: Clause) -> Clause:
    if isinstance(leaf, TextClause | Near) and not any(each.title for each in text_clauses(leaf)):
        return Said(leaf)
    return leaf
