"""Common bigrams: pairs of the commonest English words, indexed as terms of their own.

A phrase such as "of the" would otherwise intersect two lists of hundreds of thousands of positions. Adjacent words
of this list have postings of their own, so that a phrase of common words costs what its rarest bigram costs. The list
is part of the index format: a change makes another version.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMON_WORDS = tuple(
    """a about after all also an and any are as at be been before between but by can could did do during each first
    for from had has have he her his if in into is it its last made may more most new no not of on one only or other
    our out over said she should so some such than that the their them then there these they this those through to
    today two under united up was we were what when where which while who will with would you your state states
    department office u s 's""".split()
)
"""The commonest words, each once."""

_COMMON_SET = frozenset(COMMON_WORDS)


def is_common_bigram(left: str, right: str) -> bool:
    """Whether these adjacent words have postings of their own."""
    return left in _COMMON_SET and right in _COMMON_SET


def bigram_term(left: str, right: str) -> str:
    """The term of two adjacent words; no key contains a space."""
    return f"{left} {right}"


def cover_phrase(keys: Sequence[str]) -> list[tuple[int, str, bool]]:
    """The fewest terms that cover a phrase: (offset, term, whether it is a bigram), by offset.

    Bigrams overlap where they must: "is in the" is "is in" and, one word on, "in the".
    """
    terms: list[tuple[int, str, bool]] = []
    covered = 0
    for at in range(len(keys) - 1):
        needed = at >= covered or (at + 1 >= covered and not _starts_bigram(keys, at + 1))
        if is_common_bigram(keys[at], keys[at + 1]) and needed:
            terms.append((at, bigram_term(keys[at], keys[at + 1]), True))
            covered = at + 2
        elif at >= covered:
            terms.append((at, keys[at], False))
            covered = at + 1
    if covered < len(keys):
        terms.append((len(keys) - 1, keys[-1], False))
    return terms


def _starts_bigram(keys: Sequence[str], at: int) -> bool:
    return at + 1 < len(keys) and is_common_bigram(keys[at], keys[at + 1])
