"""The address of the very words of a place, and their citation."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from indexer.checking.verdicts import Place
from indexer.citation import Citation, cite_version
from indexer.comparison import QuotedText, quotable_text, text_fragment
from indexer.search import quotation_path, release_path

MAX_CHARS = 1500
"""Characters of a passage that fit into an address; of a longer one the release alone is linked."""


def passage_path(place: Place) -> str:
    """The path of a version's page with these words marked."""
    version = place.version
    if len(place.words) > MAX_CHARS:
        return release_path(version.work, version.release.title, version=version.number)
    text = quotable_text(version.release)
    quoted = _quoted_text(text)
    path = quotation_path(version.work, version.number, quoted.cut(place.span))
    return path + text_fragment(text, place.span, quoted.widen(place.span))


@lru_cache(maxsize=64)
def _quoted_text(text: str) -> QuotedText:
    """The words of a text; the places of a report are mostly in few texts."""
    return QuotedText(text)


def cite_place(place: Place, base: str) -> Citation:
    """The citation of the version a place is in, with the address of the words where that of the archive is known."""
    citation = cite_version(place.version, base)
    return replace(citation, address=base + passage_path(place)) if base else citation
