"""The text that passages are looked up in, and that a proof has as a file: headline and body, a blank line between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.release import Release
from indexer.results import Span

GAP = "\n\n"
"""What stands between headline and body."""


def quotable_text(release: Release) -> str:
    """Headline and body of a release as one text."""
    return f"{release.title}{GAP}{release.body}"


def cut_at_spans(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether it is one of the spans, which are in order and do not overlap."""
    at = 0
    for span in spans:
        yield text[at : span.start], False
        yield text[span.start : span.end], True
        at = span.end
    yield text[at:], False
