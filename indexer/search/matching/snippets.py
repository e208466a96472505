"""Snippets: the passages of a text that show why it matched, with the spans to highlight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.query import Clause
from indexer.results import Snippet, Span
from indexer.search.matching.sections import Section
from indexer.search.matching.sentences import last_sentence_start

SNIPPET_CHARACTERS = 240
"""The length of a snippet, about."""
LEAD_CHARACTERS = 70
"""Characters of a snippet before its first match, about."""

SENTENCE_CHARACTERS = 100
"""Characters that a snippet begins earlier, at most, to begin with a sentence."""

MAX_CHARACTERS = 4 * SNIPPET_CHARACTERS
"""The length at which a snippet is cut, even within a match: a phrase may be as long as a release."""

MAX_MATCHES = 500
"""Matches of one text among which the best snippets are chosen; later ones hardly change the choice."""

ClauseSpans = Sequence[tuple[Span, Clause]]


class _MatchStart(NamedTuple):
    """Where a match begins, and which clause it is of."""

    start: int
    clause: int


def merge_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones merged."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def extract_snippets(section: Section, matches: ClauseSpans, limit: int = 2) -> tuple[Snippet, ...]:
    """The best snippets of a text, in reading order; its beginning where nothing in it matches.

    A snippet is better the more different clauses it shows, then the more matches.
    """
    if not matches:
        return (_cut_snippet(section, _window(section, 0, []), []),) if section.has_words else ()
    matches = sorted(matches, key=lambda pair: pair[0])
    starts = [_MatchStart(span.start, id(clause)) for span, clause in matches[:MAX_MATCHES]]
    chosen: list[int] = []
    shown: set[int] = set()
    while len(chosen) < limit and (best := _best_window(starts, chosen, shown)) is not None:
        chosen.append(best)
        shown |= {match.clause for match in starts if best <= match.start < best + SNIPPET_CHARACTERS}
    spans = merge_spans([span for span, _ in matches])
    # Windows that lie clear of each other may still meet in a long word or a long match: then they are one snippet.
    windows: list[Span] = []
    for start in sorted(chosen):
        window = _window(section, start, spans)
        windows.append(_begin_with_sentence(section, window, spans, windows[-1].end if windows else 0))
    windows = list(merge_spans(windows))
    return tuple(_cut_snippet(section, window, spans) for window in windows)


def _best_window(matches: list[_MatchStart], chosen: list[int], shown: set[int]) -> int | None:
    """The start of the window that adds most, clear of those chosen; None when there is none."""
    best, best_value = None, (0, 0)
    within: dict[int, int] = {}  # of the clauses not shown yet, how many matches the window holds
    first = end = 0
    for match in matches:
        start = _clear_of(chosen, match.start)
        while end < len(matches) and matches[end].start < start + SNIPPET_CHARACTERS:
            clause = matches[end].clause
            if clause not in shown:
                within[clause] = within.get(clause, 0) + 1
            end += 1
        while first < end and matches[first].start < start:
            clause = matches[first].clause
            if clause not in shown:
                within[clause] -= 1
                if not within[clause]:
                    del within[clause]
            first += 1
        value = (len(within), end - first)
        if value > best_value and start <= match.start:
            best, best_value = start, value
    return best


def _clear_of(chosen: list[int], at: int) -> int:
    """Where a window around a match begins that does not overlap those chosen; after the match where it must."""
    start = max(0, at - LEAD_CHARACTERS)
    for other in sorted(chosen):
        if other - SNIPPET_CHARACTERS < start < other + SNIPPET_CHARACTERS:
            start = other - SNIPPET_CHARACTERS if at < other else other + SNIPPET_CHARACTERS
    # Nothing fits between the beginning of the text and a snippet that begins soon after it.
    return start if start >= 0 else at + 1


def _window(section: Section, start: int, spans: Sequence[Span]) -> Span:
    """The span of a snippet from the token at or after `start`: cut between words, with whole matches."""
    begin = section.word_start(start)
    end = section.word_end(begin, begin + SNIPPET_CHARACTERS)
    # A match is shown whole, even if it is somewhat longer than a snippet.
    inside = (span.end for span in spans if begin <= span.start < end)
    return Span(begin, min(begin + MAX_CHARACTERS, max([end, *inside])))


def _begin_with_sentence(section: Section, window: Span, spans: Sequence[Span], earliest: int) -> Span:
    """The window from the sentence of its first match on, where that begins near; never from before `earliest`.

    What it shows of matches stays, and where it begins later it ends later.
    """
    first = next((span.start for span in spans if window.start <= span.start < window.end), window.end)
    if window.start <= earliest or first == window.end:
        return window
    start = last_sentence_start(section.text, max(earliest, window.start - SENTENCE_CHARACTERS), first)
    if start is None:
        return window
    if start <= window.start:
        return Span(start, window.end)
    later = _window(section, start, spans)
    return Span(start, max(window.end, later.end)) if later.start <= first else window


def _cut_snippet(section: Section, window: Span, spans: Sequence[Span]) -> Snippet:
    begin, end = window
    matches = tuple(Span(span.start - begin, min(span.end, end) - begin) for span in spans if begin <= span.start < end)
    return Snippet(section.text[begin:end], matches, begin)
