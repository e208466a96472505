"""The quotations of one text that a clause matches, and the words in them by which it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from indexer.language import name_terms
from indexer.query import (
    AnyQuotation,
    AnySpeaker,
    Clause,
    Or,
    Quoted,
    Said,
    Speaker,
    Unattributed,
)
from indexer.results import Span

ClauseSpans = tuple[tuple[Span, Clause], ...]


class ReleaseQuotation(NamedTuple):
    """A quotation of a body: its characters, marks included, and the names of each of its speakers."""

    start: int
    end: int
    speakers: tuple[tuple[str, ...], ...] = ()


class QuotationFinder:
    """Finds quotations of one text; `find_said` finds in its body what is said, but none across two quotations."""

    def __init__(self, quotations: Sequence[ReleaseQuotation], find_said: Callable[[Said, Span], ClauseSpans]) -> None:
        self._quotations, self._find_said = quotations, find_said
        self._known: dict[tuple[Clause, int], ClauseSpans | None] = {}

    def find(self, clause: Clause) -> dict[int, ClauseSpans]:
        """The indices of the quotations that match a clause about a quotation, with the words by which they do."""
        found = {at: self._match(clause, at) for at in range(len(self._quotations))}
        return {at: spans for at, spans in found.items() if spans is not None}

    def _match(self, clause: Clause, at: int) -> ClauseSpans | None:
        """The words by which a quotation matches, None where it does not."""
        if (clause, at) not in self._known:
            self._known[clause, at] = self._evaluate(clause, at)
        return self._known[clause, at]

    def _evaluate(self, clause: Clause, at: int) -> ClauseSpans | None:
        start, end, speakers = self._quotations[at]
        match clause:
            case Said():
                return self._find_said(clause, Span(start, end)) or None
            case Quoted(clauses) | Or(clauses):
                parts = [found for each in clauses if (found := self._match(each, at)) is not None]
                is_match = bool(parts) and (isinstance(clause, Or) or len(parts) == len(clauses))
                return tuple(dict.fromkeys(pair for part in parts for pair in part)) if is_match else None
            case AnyQuotation():
                return ()
            case Speaker(terms):
                is_match = any(_contains(name, terms) for names in speakers for name in names)
            case AnySpeaker():
                is_match = bool(speakers)
            case Unattributed():
                is_match = not speakers
            case _:
                raise TypeError(f"not a clause about a quotation: {clause!r}")
        return () if is_match else None


def _contains(name: str, terms: tuple[str, ...]) -> bool:
    held = name_terms(name)
    return any(held[at : at + len(terms)] == terms for at in range(len(held) - len(terms) + 1))
