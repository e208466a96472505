"""The words to highlight in a release that was opened from a page of results."""

from __future__ import annotations

from dataclasses import dataclass

from archive.release import Version
from archive.store import Archive
from indexer.query import Clause
from indexer.results import Span
from indexer.search import history
from indexer.search.matching import Match, match, merge_spans, release_text

MAX_HIGHLIGHTS = 200_000
"""Places in one release after which no other word of a query is looked for to be highlighted."""


@dataclass(frozen=True, slots=True)
class Highlights:
    """The spans to highlight in a release, in its title and in its body, and which quotations matched."""

    title: tuple[Span, ...]
    body: tuple[Span, ...]
    quotations: tuple[int, ...] = ()


def highlight_version(archive: Archive, clause: Clause, version: Version) -> Highlights:
    """The words of a version that a resolved clause matches; none where it does not match."""
    details = history.find_details(archive, clause, [version])
    text = release_text(version, details.get((version.work, version.number)))
    matches = match(clause, text, MAX_HIGHLIGHTS) or Match()
    title, body = (merge_spans([span for span, _ in spans]) for spans in (matches.title, matches.body))
    return Highlights(title, body, matches.quotations)
