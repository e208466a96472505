"""What one version changed beside another, word by word: as plain text with signs around words, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.release import Version
from indexer.comparison import GAP, Comparison, Piece, PieceKind, compare_versions, without_marks
from indexer.export.proof.html_page import Element, Part, write_page
from indexer.output import format_count

_SIGNS = "[-words left out-] and {+words put in+}"


def write_changes(old: Version, new: Version) -> tuple[str, str]:
    """The changes as plain text and as a page."""
    comparison = compare_versions(old, new)
    about = list(_describe(old, comparison))
    text = "\n".join([*about, f"Signs: {_SIGNS}.", "", "-" * 72, "", ""])
    text += f"{_mark(comparison.title)}{GAP}{_mark(comparison.body)}\n"
    title, body = _parts(comparison.title), _parts(comparison.body)
    return text, write_page(about[0], about, title, body, new.release.language)


def _describe(old: Version, comparison: Comparison) -> Iterator[str]:
    yield f"Release {old.work}: what version {comparison.new} changed beside version {comparison.old}"
    counts = (
        f"{format_count(comparison.words_removed, 'word')} left out",
        f"{format_count(comparison.words_added, 'word')} put in",
    )
    yield f"{', '.join(counts)}."
    if comparison.marks_changed:
        yield (
            f"At {format_count(comparison.marks_changed, 'place')} marks or spaces alone differ; "
            f"they stand here as in version {comparison.new}."
        )
    for field in comparison.fields:
        yield f"{field.field.capitalize()}: {field.old or 'none'} became {field.new or 'none'}."
    if comparison.people_removed:
        yield f"People no longer named: {'; '.join(comparison.people_removed)}."
    if comparison.people_added:
        yield f"People newly named: {'; '.join(comparison.people_added)}."


def _mark(pieces: Sequence[Piece]) -> str:
    return "".join(
        (f"[-{each.old}-]" if each.old else "") + (f"{{+{each.new}+}}" if each.new else "")
        if each.kind is PieceKind.CHANGED
        else each.new
        for each in without_marks(pieces)
    )


def _parts(pieces: Sequence[Piece]) -> Iterator[Part]:
    for each in without_marks(pieces):
        if each.kind is PieceKind.CHANGED:
            yield Part(each.old, Element.REMOVED)
            yield Part(each.new, Element.ADDED)
        else:
            yield Part(each.new)
