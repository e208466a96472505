"""Finds a source by its other names too: `source:DOJ` is also `source:"U.S. Department of Justice"`.

The names are those of `lexicon/sources.txt`, built in and in the data directory. A query is resolved where it is
evaluated; what was typed stays as it is in addresses and receipts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from indexer.language import name_terms
from indexer.query import And, AtLeast, Clause, Named, NameField, Not, Or, any_of, leaves

Spellings = Mapping[tuple[str, ...], tuple[str, ...]]
"""The terms of each spelling, with those of the one name it stands for."""


def load_spellings(data: Path) -> Spellings:
    """The spellings of sources that this data directory knows, with the terms of their names."""
    # Imported here: most queries name no source, and extraction takes a while to load.
    from archive.extract import spellings
    from archive.ingest import user_lexicon

    user_lexicon.use_lexicon(data)
    pairs = ((name_terms(spelling), name_terms(name)) for spelling, name in spellings().items())
    return {spelling: name for spelling, name in pairs if spelling and not _contains(name, spelling)}


def names_source(clause: Clause) -> bool:
    """Whether a clause, or one in it, names a source."""
    return any(isinstance(leaf, Named) and leaf.name is NameField.SOURCE for leaf in leaves(clause))


def add_known_names(clause: Clause, spellings: Spellings) -> Clause:
    """A clause in which each source is also searched by the one name that its spelling stands for."""
    match clause:
        case Named(NameField.SOURCE, terms) if terms in spellings:
            return Or((clause, Named(NameField.SOURCE, spellings[terms])))
        case Or(clauses):
            return any_of([add_known_names(each, spellings) for each in clauses])
        case And(clauses) | AtLeast(_, clauses):
            return replace(clause, clauses=tuple(add_known_names(each, spellings) for each in clauses))
        case Not(inner):
            return Not(add_known_names(inner, spellings))
    return clause


def _contains(name: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return any(name[at : at + len(part)] == part for at in range(len(name) - len(part) + 1))
