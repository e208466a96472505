"""The word forms of a query: the exact terms of the index that its words stand for.

The receipt names them and the hits are scanned for them, so all that a page needs is asked for in one call.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from indexer.engine import Backend
from indexer.query import (
    Clause,
    Phrase,
    TextClause,
    searches_history,
    text_clauses,
)
from indexer.search.matching import word_clauses

MAX_LISTED = 24
"""Word forms of a clause that a receipt lists."""

WordForms = Mapping[TextClause, Sequence[str]]
"""The exact terms that each text clause matches, commonest first."""


def ask_word_forms(backend: Backend, clause: Clause, listed: Iterable[Clause], *, has_hits: bool) -> WordForms:
    """The word forms of the clauses that a receipt lists of a query and, where hits are shown, of all its words.

    A query with fewer of the words has no others, so its hits are marked with these too.
    """
    wanted = list(chain.from_iterable(map(_parts_with_forms, listed)))
    if has_hits:
        wanted += [each for each in word_clauses(clause) if not isinstance(each, Phrase)]
    wanted = list(dict.fromkeys(wanted))
    forms = backend.forms(wanted, in_history=searches_history(clause)) if wanted else ()
    return dict(zip(wanted, forms, strict=True))


def list_forms(clause: Clause, forms: WordForms) -> tuple[str, ...]:
    """The word forms that a receipt lists of a clause; none for one without words."""
    found = chain.from_iterable(forms[each] for each in _parts_with_forms(clause))
    return tuple(dict.fromkeys(found))[:MAX_LISTED]


def _parts_with_forms(clause: Clause) -> list[TextClause]:
    """The parts of a clause that match more than one word form."""
    return [each for each in text_clauses(clause) if not isinstance(each, Phrase)]
