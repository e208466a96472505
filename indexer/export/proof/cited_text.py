"""The version that is proved, with the passage marked: as plain text with signs around it, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.citation import format_plain
from indexer.comparison import GAP, quotable_text
from indexer.export.proof.html_page import Element, Part, write_page
from indexer.export.proof.marked_spans import cut_at_spans
from indexer.export.proof.member_paths import text_path
from indexer.export.proof.proof import Proof
from indexer.output import format_count
from indexer.results import Span

BEGIN, END = ">>>", "<<<"
"""The signs around the passage in plain text."""

MAX_PLACES = 20
"""Places whose offsets are told, where the words stand more than once; all of them are marked."""


def write_cited_text(proof: Proof) -> str:
    """The headline and text, each place of the passage between signs, below a few sentences that say so."""
    parts = cut_at_spans(quotable_text(proof.version.release), proof.spans)
    text = "".join(f"{BEGIN}{part}{END}" if is_marked else part for part, is_marked in parts)
    about = "\n".join(_describe(proof, f"It stands between {BEGIN} and {END} below."))
    return f"{about}\n\n{'-' * 72}\n\n{text}\n"


def write_cited_page(proof: Proof) -> str:
    """The same as a page."""
    release = proof.version.release
    body_starts = len(release.title) + len(GAP)
    return write_page(
        release.title or f"Release {proof.version.work}",
        _describe(proof, "It is marked below."),
        _parts(release.title, _shift(proof.spans, 0, len(release.title))),
        _parts(release.body, _shift(proof.spans, body_starts, len(release.body))),
        release.language,
    )


def _describe(proof: Proof, where_marked: str) -> list[str]:
    version = proof.version
    state = "the current version" if version.current else "an earlier version; the release says something else now"
    about = [
        f"Release {version.work}, version {version.number} ({state}), as a Dateline archive has it.",
        format_plain(proof.citation),
    ]
    if not version.live:
        about.append("This release is withdrawn: the file it came from is gone.")
    if proof.passage:
        places = ", ".join(f"{span.start} to {span.end}" for span in proof.spans[:MAX_PLACES])
        places += f" and {len(proof.spans) - MAX_PLACES:,} more" if len(proof.spans) > MAX_PLACES else ""
        about.append(
            f"The passage is in this version at {format_count(len(proof.spans), 'place')}. {where_marked} "
            f"In {text_path(version.work, version.number)} these are the characters {places}, counted from 0."
        )
    return about


def _shift(spans: Sequence[Span], start: int, length: int) -> list[Span]:
    """The spans as they are in a part of the text, of which they may reach out."""
    cut = (Span(max(0, span.start - start), min(length, span.end - start)) for span in spans)
    return [span for span in cut if span.start < span.end]


def _parts(text: str, spans: Sequence[Span]) -> Iterator[Part]:
    return (Part(part, Element.MARK if is_marked else Element.NONE) for part, is_marked in cut_at_spans(text, spans))
