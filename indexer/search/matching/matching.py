"""Matches a query against the text of one release, and says which words are the match.

Independent of the engine: highlights come from it, and the tests use it as the oracle for the engine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from indexer.query import (
    And,
    AnyQuotation,
    AnySpeaker,
    AtLeast,
    Clause,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    PhrasePattern,
    Prefix,
    Quoted,
    Said,
    Speaker,
    TextClause,
    Unattributed,
    Wildcard,
    Word,
)
from indexer.results import Span
from indexer.search.matching.facts import Facts, matches_facts
from indexer.search.matching.quotations import ClauseSpans, QuotationFinder, ReleaseQuotation
from indexer.search.matching.sections import Section, TokenRange


@dataclass(frozen=True, slots=True)
class Match:
    """The matched words of a release: their spans in the title and in the body, with the clause of each.

    `quotations` are the indices of the quotations that matched, of a query about any.
    """

    title: tuple[tuple[Span, Clause], ...] = ()
    body: tuple[tuple[Span, Clause], ...] = ()
    quotations: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReleaseText:
    """A release tokenized for matching."""

    title: Section
    body: Section
    facts: Facts = field(default_factory=Facts)
    quotations: tuple[ReleaseQuotation, ...] = ()


MAX_RANGES = 20_000
"""Places in one text at which the words of a query are found on a page of hits; further words are not looked for."""


def match(clause: Clause, text: ReleaseText, max_ranges: int = MAX_RANGES) -> Match | None:
    """The match of `clause` in `text`, or None where it does not match.

    Words under a Not, and words of a branch of an Or that does not match, are not in it. After `max_ranges` places no
    other word is looked for, and those that are left are taken to match.
    """
    matcher = _Matcher(text, max_ranges)
    leaves = matcher.match(clause)
    if leaves is None:
        return None
    sections = [matcher.found.get(leaf, _NOWHERE) for leaf in leaves]
    title, body = (tuple(chain.from_iterable(each[at] for each in sections)) for at in (0, 1))
    quotations = sorted({at for leaf in leaves for at in matcher.quotations.get(leaf, ())})
    return Match(title, body, tuple(quotations))


Leaves = dict[Clause, None]
"""Leaves in the order in which they were found, each once."""

_NOWHERE: tuple[ClauseSpans, ClauseSpans] = ((), ())


class _Matcher:
    """Matches the clauses of a query against one text; each leaf is looked for once, wherever it stands."""

    def __init__(self, text: ReleaseText, max_ranges: int) -> None:
        self._text = text
        self._room = max_ranges
        self._ranges: dict[TextClause, list[tuple[TokenRange, Span]]] = {}
        self.found: dict[Clause, tuple[ClauseSpans, ClauseSpans]] = {}
        """Where each leaf is, in the title and in the body."""
        self.quotations: dict[Clause, tuple[int, ...]] = {}
        """Which quotations each clause about one matches."""
        self._finder = QuotationFinder(text.quotations, self._find_said)

    def match(self, clause: Clause) -> Leaves | None:
        """The leaves by which a clause matches, None where it does not."""
        match clause:
            case And(clauses):
                return self._match_at_least(len(clauses), clauses)
            case Or(clauses):
                return self._match_at_least(1, clauses)
            case AtLeast(count, clauses):
                return self._match_at_least(count, clauses)
            case Not(inner):
                return {} if self.match(inner) is None else None
            case Near() | Word() | Phrase() | Prefix() | Fuzzy() | Wildcard() | PhrasePattern():
                return self._match_leaf(clause)
            case Said() | Speaker() | AnyQuotation() | AnySpeaker() | Unattributed() | Quoted():
                return self._match_quotations(clause)
            case _:
                return {} if matches_facts(clause, self._text.facts) else None

    def _match_at_least(self, count: int, clauses: tuple[Clause, ...]) -> Leaves | None:
        """The leaves of all that match, where they are so many; a clause that stands there twice counts twice."""
        leaves: Leaves = {}
        matching, missing = 0, len(clauses) - count
        for clause, times in Counter(clauses).items():
            if (found := self.match(clause)) is not None:
                leaves |= found
                matching += times
            elif (missing := missing - times) < 0:
                return None
        return leaves if matching >= count else None

    def _match_leaf(self, leaf: TextClause | Near) -> Leaves | None:
        if leaf not in self.found:
            if self._room <= 0:
                return {}
            only_title = leaf.left.title if isinstance(leaf, Near) else leaf.title
            body = () if only_title else _match_section(leaf, self._text.body)
            self.found[leaf] = _match_section(leaf, self._text.title), body
            self._room -= sum(map(len, self.found[leaf]))
        return {leaf: None} if any(self.found[leaf]) else None

    def _match_quotations(self, clause: Clause) -> Leaves | None:
        if clause not in self.found:
            if self._room <= 0:
                return {}
            matches = self._finder.find(clause)
            self.quotations[clause] = tuple(matches)
            spans = chain.from_iterable(found or self._whole(at, clause) for at, found in matches.items())
            self.found[clause] = ((), tuple(dict.fromkeys(spans)))
            self._room -= len(self.found[clause][1])
        return {clause: None} if self.quotations[clause] else None

    def _whole(self, at: int, clause: Clause) -> ClauseSpans:
        """A quotation as the match itself, where nothing is asked of its words."""
        quotation = self._text.quotations[at]
        return ((Span(quotation.start, quotation.end), clause),)

    def _find_said(self, said: Said, within: Span) -> ClauseSpans:
        """What is said in a part of the body."""
        body, text = self._text.body, said.text

        def find(clause: TextClause) -> list[TokenRange]:
            if clause not in self._ranges:
                self._ranges[clause] = [(each, body.span(each)) for each in body.find(clause)]
            ranges = self._ranges[clause]
            first = bisect_left(ranges, within.start, key=lambda pair: pair[1].start)
            end = bisect_left(ranges, within.end, key=lambda pair: pair[1].start)
            return [each for each, span in ranges[first:end] if span.end <= within.end]

        ranges = _near_ranges(text, find(text.left), find(text.right)) if isinstance(text, Near) else find(text)
        return tuple((body.span(each), said) for each in ranges)


def _match_section(leaf: TextClause | Near, section: Section) -> ClauseSpans:
    if isinstance(leaf, Near):
        ranges = _near_ranges(leaf, section.find(leaf.left), section.find(leaf.right))
    else:
        ranges = section.find(leaf)
    return tuple((section.span(each), leaf) for each in ranges)


def _near_ranges(near: Near, lefts: list[TokenRange], rights: list[TokenRange]) -> list[TokenRange]:
    """The ranges of either side near one of the other; neighbours are one apart, overlapping ranges never near."""
    if not lefts or not rights:
        return []
    # Ranges of a clause have one length, so those within reach begin in a window: see `_windows` of evaluate/near.py.
    first, second = (some[0].last - some[0].first + 1 for some in (lefts, rights))
    after, ahead = (first, first - 1 + near.distance), (1 - second - near.distance, -second)
    windows = [after] if near.ordered else [after, ahead]
    matches = {*_with_one_in(lefts, rights, windows)}
    matches.update(_with_one_in(rights, lefts, [(-high, -low) for low, high in windows]))
    return sorted(matches)


def _with_one_in(
    ranges: Sequence[TokenRange], others: Sequence[TokenRange], windows: Sequence[tuple[int, int]]
) -> list[TokenRange]:
    """Those of the ranges after whose beginning one of the others begins in a window."""
    starts = [other.first for other in others]
    return [
        each
        for each in ranges
        if any(
            bisect_left(starts, each.first + low) < bisect_left(starts, each.first + high + 1) for low, high in windows
        )
    ]
