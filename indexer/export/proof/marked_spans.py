"""A text cut where spans of it are marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.results import Span


def cut_at_spans(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether it is one of the spans, which are in order and do not overlap."""
    at = 0
    for span in spans:
        yield text[at : span.start], False
        yield text[span.start : span.end], True
        at = span.end
    yield text[at:], False
