"""Edit distance between words (Levenshtein: insert, delete or replace one letter)."""

from __future__ import annotations


def within_edits(wanted: str, word: str, edits: int) -> bool:
    """Whether `word` begins like `wanted` and is at most `edits` edits from it.

    The first letter must agree: misspellings seldom touch it, and it keeps a vocabulary scan short.
    """
    if wanted[:1] != word[:1] or abs(len(wanted) - len(word)) > edits:
        return False
    return distance(wanted, word, edits) <= edits


def distance(left: str, right: str, limit: int) -> int:
    """The edit distance, or `limit` + 1 as soon as it must be greater."""
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(right, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (letter != other))
        if min(row) > limit:
            return limit + 1
    return row[-1]
