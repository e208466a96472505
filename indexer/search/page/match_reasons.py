"""Why a hit matched: which words of it, in which forms, by which clause of the query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from archive.release import Release
from indexer.language import format_query
from indexer.query import Clause
from indexer.results import MatchReason, Span
from indexer.search.matching import Match

MAX_REASONS = 6
"""Clauses of which the words are listed."""
MAX_WORDS = 4
"""Words, or phrases, that are listed of a clause."""
MAX_SPANS = 120
"""Matches in one text that are looked at: the forms of a word show early."""
MAX_CHARACTERS = 60
"""Characters of a phrase that are shown."""


def list_reasons(release: Release, matches: Match) -> tuple[MatchReason, ...]:
    """The words of a release that each clause matched, in the order in which the clauses match."""
    in_title, in_body = (
        _words_by_clause(text, spans[:MAX_SPANS])
        for text, spans in ((release.title, matches.title), (release.body, matches.body))
    )
    reasons = []
    for clause in list(dict.fromkeys(chain(in_title, in_body)))[:MAX_REASONS]:
        counts = in_title.get(clause, Counter()) + in_body.get(clause, Counter())
        words = tuple(word for word, _ in counts.most_common(MAX_WORDS))
        reasons.append(MatchReason(_shorten(format_query(clause)), words, clause in in_title))
    return tuple(reasons)


def _words_by_clause(text: str, spans: Iterable[tuple[Span, Clause]]) -> dict[Clause, Counter[str]]:
    words: dict[Clause, Counter[str]] = {}
    for (start, end), clause in spans:
        words.setdefault(clause, Counter())[_shorten(" ".join(text[start:end].casefold().split()))] += 1
    return words


def _shorten(text: str) -> str:
    return text if len(text) <= MAX_CHARACTERS else f"{text[:MAX_CHARACTERS]} …"
