"""When different words are the same apart from marks: hyphens, spaces, full stops of initials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.checking.passages.turning_words import turning_words

MIN_PART = 3
"""Letters of each part of a word that may be written as one word or as two."""

CAPITAL_WORDS = frozenset("US WHO IT AIDS ICE SALT START".split())
"""Words that are others in small letters."""


class Wording(NamedTuple):
    """Words side by side: their folded letters, and the text they are in from the first to the last."""

    keys: Sequence[str]
    text: str


def differ_in_marks(one: Wording, other: Wording) -> bool:
    """Whether two wordings of different words are the same letters, apart from marks that turn nothing."""
    if "".join(one.keys) != "".join(other.keys) or not one.keys:
        return False
    parts = [*one.keys, *other.keys]
    if _is_initials(one) or _is_initials(other):
        joined = "".join(one.keys).upper()
        return joined not in CAPITAL_WORDS or not (one.text.islower() or other.text.islower())
    if _has_hyphen(one) or _has_hyphen(other):
        return "re" not in parts and not _turns(one.keys, other.keys)
    return all(len(part) >= MIN_PART for part in parts) and not _turns(one.keys, other.keys)


def _turns(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a part, or the whole, is a word that turns sense; `per cent` is `percent`."""
    return any(True for key in (*one, *other) if key != "percent" for _ in turning_words([key]))


def _has_hyphen(wording: Wording) -> bool:
    return any(sign in wording.text for sign in "-‐‑–")


def _is_initials(wording: Wording) -> bool:
    return len(wording.keys) > 1 and all(len(key) == 1 for key in wording.keys) and "." in wording.text


def is_other_word(one: str, other: str, around: str) -> bool:
    """Whether two spellings of the same letters are two words: `US` and `us`, unless all around is in capitals."""
    capital, small = (one, other) if one.isupper() else (other, one)
    return capital in CAPITAL_WORDS and not small.isupper() and any(map(str.islower, around))
