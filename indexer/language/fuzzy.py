"""Fuzzy matching: words within a Levenshtein distance (insert, delete or replace one letter)."""

from __future__ import annotations

from collections.abc import Iterable


def words_within_edits(term: str, words: Iterable[str], edits: int) -> list[str]:
    """Those of `words` that begin like `term` and are at most `edits` edits from it, nearest first.

    The first letter must agree: misspellings seldom touch it, and it keeps a vocabulary scan short.
    """
    first = term[:1]
    return [word for word, _ in nearest_words([word for word in words if word[:1] == first], term, edits)]


def nearest_words(words: list[str], term: str, edits: int) -> list[tuple[str, int]]:
    """Those of `words` at most `edits` edits from `term`, with their distances: nearest first, then as given."""
    # Imported here: most queries have no fuzzy term and no misspelt word.
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    matches = extract(term, words, scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
    return [(word, distance) for word, distance, _ in matches]


def likely_spellings(words: list[str], term: str, edits: int) -> list[tuple[str, int]]:
    """`nearest_words` where neighbouring letters that change places are one edit (optimal string alignment).

    That is the commonest slip of all but one; `word~` counts it as two, as it always has.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    matches = extract(term, words, scorer=OSA.distance, score_cutoff=edits, limit=None)
    return [(word, distance) for word, distance, _ in matches]
