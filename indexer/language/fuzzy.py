"""Edit distance between words (Levenshtein: insert, delete or replace one letter)."""

from __future__ import annotations

from collections.abc import Iterable


def within_edits(wanted: str, words: Iterable[str], edits: int) -> list[str]:
    """Those of `words` that begin like `wanted` and are at most `edits` edits from it, nearest first.

    The first letter must agree: misspellings seldom touch it, and it keeps a vocabulary scan short.
    """
    first = wanted[:1]
    return [word for word, _ in nearest([word for word in words if word[:1] == first], wanted, edits)]


def nearest(words: list[str], wanted: str, edits: int) -> list[tuple[str, int]]:
    """Those of `words` at most `edits` edits from `wanted`, with their distances: nearest first, then as given."""
    # Imported where a word is spelt otherwise: most queries never ask.
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    found = extract(wanted, words, scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
    return [(word, distance) for word, distance, _ in found]
