"""Comparisons as JSON (docs/JSON.md)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indexer.comparison.comparison import Comparison
from indexer.comparison.pieces import Piece

Json = dict[str, Any]


def comparison_to_json(comparison: Comparison) -> Json:
    """A comparison, whole: counts, fields, people, and every piece of headline and text."""
    return {
        **counts_to_json(comparison),
        "fields": [each._asdict() for each in comparison.fields],
        "people_removed": list(comparison.people_removed),
        "people_added": list(comparison.people_added),
        "title": pieces_to_json(comparison.title),
        "body": pieces_to_json(comparison.body),
    }


def counts_to_json(comparison: Comparison) -> Json:
    """How many words and marks differ."""
    return {
        "words_removed": comparison.words_removed,
        "words_added": comparison.words_added,
        "marks_changed": comparison.marks_changed,
    }


def pieces_to_json(pieces: Iterable[Piece]) -> list[Json]:
    """Pieces of text in order; joined, they give the old and the new text."""
    return [{"kind": each.kind.value, "old": each.old, "new": each.new} for each in pieces]
