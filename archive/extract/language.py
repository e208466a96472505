"""Guesses the language of a release by English stop words: English, something else, or unknown."""

from __future__ import annotations

import re
from operator import itemgetter

from archive.release import Record

_STOP_WORDS = frozenset(
    "the of and to in for that is on with by as at was his he said be from are has have this will it an not "
    "which were who its their been they or but we our you she her".split()
)
_MIN_ENGLISH_SHARE = 0.15
"""The share of stop words from which a text counts as English."""

_MIN_WORDS = 20
"""With fewer words nothing is guessed."""

_SAMPLE_WORDS = 100


def stated_language(record: Record) -> str:
    """The language a record states, as its two or three letters (`en-US` -> `en`), or ""."""
    for stated in record.stated:
        if stated.field == "language":
            match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", stated.value)
            return match[1].lower() if match else ""
    return ""


def _english_share(words: list[str]) -> float | None:
    """The share of words that are English stop words; None where there are too few words."""
    count = _count_words(words)
    return sum(map(_STOP_WORDS.__contains__, words)) / count if count >= _MIN_WORDS else None


def _is_plainly_english(words: list[str]) -> bool:
    """Whether a part of the words, those with a capital left out, has enough for all of them: mostly it has."""
    enough = max(_MIN_WORDS, _MIN_ENGLISH_SHARE * len(words))
    return any(sum(map(_STOP_WORDS.__contains__, some)) >= enough for some in (words[:_SAMPLE_WORDS], words))


def _count_words(words: list[str]) -> int:
    return sum(map(str.isalpha, map(itemgetter(0), words)))


def read_language(record: Record, text: str) -> tuple[str, bool]:
    """The language (`en` where the text reads so, else what is stated, else ""), and whether it may be English.

    The rules for people know English only, and would make nonsense of the rest.
    """
    stated, words = stated_language(record), text[:1200].split()
    share = _MIN_ENGLISH_SHARE if _is_plainly_english(words) else _english_share(" ".join(words).lower().split())
    if stated:
        return stated, stated == "en" and (share is None or share >= 0.08)
    return ("en" if share is not None and share >= _MIN_ENGLISH_SHARE else ""), share is None or share >= 0.1
