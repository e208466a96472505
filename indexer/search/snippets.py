"""The passages of a release that show why it matched: a slice of its text, and the spans to mark in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from indexer.query import Clause
from indexer.results import Snippet, Span
from indexer.search.matching import Section

LENGTH = 240
"""About how many characters a passage has."""
BEFORE = 70
"""About how many of them stand before the first match."""

MOST_MARKS = 500
"""Marks of one text among which the best passages are looked for; it has its best long before that."""

MarkedSpans = Sequence[tuple[Span, Clause]]


class _Mark(NamedTuple):
    """Where a match begins, and which clause it is of."""

    start: int
    clause: int


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def snippets(section: Section, marked: MarkedSpans, most: int = 2) -> tuple[Snippet, ...]:
    """The best passages of a text, in reading order; its beginning where nothing in it is marked.

    A passage is better the more different clauses it shows, then the more matches.
    """
    if not marked:
        return (_passage(section, _window(section, 0, []), []),) if section.keys else ()
    marked = sorted(marked, key=lambda pair: pair[0])
    marks = [_Mark(span.start, id(clause)) for span, clause in marked[:MOST_MARKS]]
    chosen: list[int] = []
    shown: set[int] = set()
    while len(chosen) < most and (best := _best(marks, chosen, shown)) is not None:
        chosen.append(best)
        shown |= {mark.clause for mark in marks if best <= mark.start < best + LENGTH}
    spans = merged([span for span, _ in marked])
    # Windows that lie clear of each other may still meet in a long word or a long match: then they are one passage.
    windows = merged([_window(section, start, spans) for start in chosen])
    return tuple(_passage(section, window, spans) for window in windows)


def _best(marks: list[_Mark], chosen: list[int], shown: set[int]) -> int | None:
    """The start of the window that adds most, clear of those chosen; None when there is none."""
    best, best_value = None, (0, 0)
    within: Counter[int] = Counter()
    first = end = 0
    for mark in marks:
        start = _clear_of(chosen, mark.start)
        while end < len(marks) and marks[end].start < start + LENGTH:
            within[marks[end].clause] += 1
            end += 1
        while first < end and marks[first].start < start:
            within[marks[first].clause] -= 1
            first += 1
        value = (sum(1 for clause in within if within[clause] > 0 and clause not in shown), end - first)
        if value > best_value and start <= mark.start:
            best, best_value = start, value
    return best


def _clear_of(chosen: list[int], place: int) -> int:
    """Where a window around a match begins that does not overlap those chosen; after the match where it must."""
    start = max(0, place - BEFORE)
    for other in sorted(chosen):
        if other - LENGTH < start < other + LENGTH:
            start = other - LENGTH if place < other else other + LENGTH
    # Nothing fits between the beginning of the text and a passage that begins soon after it.
    return start if start >= 0 else place + 1


def _window(section: Section, start: int, spans: Sequence[Span]) -> Span:
    """What a passage shows from the token at or after `start`: cut between words, whole marks inside."""
    starts, ends = section.starts, section.ends
    first = min(bisect_left(starts, start), len(starts) - 1)
    begin = 0 if first == 0 else starts[first]
    stop = bisect_left(ends, begin + LENGTH)
    end = len(section.text) if stop >= len(ends) else ends[max(stop - 1, first)]
    # A phrase longer than the passage makes the passage longer: a match is shown whole.
    inside = (span.end for span in spans if begin <= span.start < end)
    return Span(begin, max([min(end, begin + 4 * LENGTH), *inside]))


def _passage(section: Section, window: Span, spans: Sequence[Span]) -> Snippet:
    begin, end = window
    marks = tuple(Span(span.start - begin, span.end - begin) for span in spans if begin <= span.start < end)
    return Snippet(section.text[begin:end], marks, begin)
