"""A cheap guess at the language of a release: English, something else, or unknown."""

from __future__ import annotations

import re
from operator import itemgetter

from archive.release import Record

_ENGLISH = frozenset(
    "the of and to in for that is on with by as at was his he said be from are has have this will it an not "
    "which were who its their been they or but we our you she her".split()
)


def stated_language(record: Record) -> str:
    """The language a record states, as its two or three letters (`en-US` -> `en`), or ""."""
    for stated in record.stated:
        if stated.field == "language":
            match = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", stated.value)
            return match[1].lower() if match else ""
    return ""


def share_of_english(text: str) -> float | None:
    """Which part of the first words are small words of English; None for a text of under 20 words."""
    found = text[:1200].lower().split()
    count = sum(map(str.isalpha, map(itemgetter(0), found)))
    if count < 20:
        return None
    return sum(map(_ENGLISH.__contains__, found)) / count


def read_language(record: Record, text: str) -> tuple[str, bool]:
    """The language (`en` where the text reads so, else what is stated, else ""), and whether it may be English.

    The rules for people know English only, and would make nonsense of the rest.
    """
    stated, share = stated_language(record), share_of_english(text)
    if stated:
        return stated, stated == "en" and (share is None or share >= 0.08)
    return ("en" if share is not None and share >= 0.15 else ""), share is None or share >= 0.1
