"""The passages of a release that show why it matched: a slice of its text, and the spans to mark in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indexer.matching import Section, Span
from indexer.query import Clause
from indexer.results import Snippet

LENGTH = 240
"""About how many characters a passage has."""
BEFORE = 70
"""About how many of them stand before the first match."""

Marked = Sequence[tuple[Span, Clause]]


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def snippets(section: Section, marked: Marked, most: int = 2) -> tuple[Snippet, ...]:
    """The best passages of a text, in reading order; its beginning where nothing in it is marked.

    A passage is better the more different clauses it shows, then the more matches.
    """
    if not marked:
        return (_passage(section, 0, []),) if section.tokens else ()
    marked = sorted(marked, key=lambda pair: pair[0])
    chosen: list[int] = []
    shown: set[Clause] = set()
    while len(chosen) < most:
        best = _best(marked, chosen, shown)
        if best is None:
            break
        chosen.append(best)
        shown |= {clause for _, clause in _window(marked, best)}
    spans = merged([span for span, _ in marked])
    return tuple(_passage(section, start, spans) for start in sorted(chosen))


def _best(marked: Marked, chosen: list[int], shown: set[Clause]) -> int | None:
    """The start of the window that adds most, away from those chosen; None when there is none."""
    best, best_value = None, (0, 0)
    for span, _ in marked:
        start = max(0, span.start - BEFORE)
        if any(abs(start - other) < LENGTH + BEFORE for other in chosen):
            continue
        window = _window(marked, start)
        value = (len({clause for _, clause in window} - shown), len(window))
        if value > best_value:
            best, best_value = start, value
    return best


def _window(marked: Marked, start: int) -> Marked:
    low = bisect_left(marked, start, key=lambda pair: pair[0].start)
    high = bisect_left(marked, start + LENGTH, key=lambda pair: pair[0].start)
    return marked[low:high]


def _passage(section: Section, start: int, spans: Sequence[Span]) -> Snippet:
    """The slice from the token at or after `start`, cut between words, whole marks inside."""
    words = section.tokens
    first = min(bisect_left(words, start, key=lambda t: t.start), len(words) - 1)
    begin = 0 if first == 0 else words[first].start
    stop = bisect_left(words, begin + LENGTH, key=lambda t: t.end)
    end = len(section.text) if stop >= len(words) else words[max(stop - 1, first)].end
    inside = [span for span in spans if begin <= span.start < end]
    # A phrase longer than the passage makes the passage longer: a match is shown whole.
    end = max([end, *(span.end for span in inside)])
    end = min(end, begin + 4 * LENGTH) if not inside else end
    return Snippet(
        section.text[begin:end],
        tuple(Span(span.start - begin, span.end - begin) for span in inside),
        begin,
    )
