"""The commonest words of English, whose pairs are indexed as well.

A phrase such as "of the" would otherwise intersect two lists of hundreds of thousands of places. Pairs of words
in this list that stand side by side have postings of their own: a fifth more postings, and a phrase of common
words costs what its rarest pair costs. The list is part of the index format: a change makes another version.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMON = tuple(
    """a about after all also an and any are as at be been before between but by can could did do during each first
    for from had has have he her his if in into is it its last made may more most new no not of on one only or other
    our out over said she should so some such than that the their them then there these they this those through to
    today two under united up was we were what when where which while who will with would you your state states
    department office u s""".split()
)
"""The words, each once."""

_IN = frozenset(COMMON)


def is_pair(left: str, right: str) -> bool:
    """Whether these neighbours have postings of their own."""
    return left in _IN and right in _IN


def pair(left: str, right: str) -> str:
    """The term for two neighbours; no key holds a space."""
    return f"{left} {right}"


def cover(keys: Sequence[str]) -> list[tuple[int, str, bool]]:
    """A phrase as the fewest lists that hold it: (offset, term, whether it is a pair), by offset.

    Pairs overlap where they must: "is in the" is "is in" and, one word on, "in the".
    """
    found: list[tuple[int, str, bool]] = []
    covered = 0
    for at in range(len(keys) - 1):
        needed = at >= covered or (at + 1 >= covered and not _starts_pair(keys, at + 1))
        if is_pair(keys[at], keys[at + 1]) and needed:
            found.append((at, pair(keys[at], keys[at + 1]), True))
            covered = at + 2
        elif at >= covered:
            found.append((at, keys[at], False))
            covered = at + 1
    if covered < len(keys):
        found.append((len(keys) - 1, keys[-1], False))
    return found


def _starts_pair(keys: Sequence[str], at: int) -> bool:
    return at + 1 < len(keys) and is_pair(keys[at], keys[at + 1])
