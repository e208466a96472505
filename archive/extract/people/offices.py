"""Compares offices: whether two titles are one, and whether one person can hardly have both."""

from __future__ import annotations

from archive.extract import lexicon

_NAMES = {
    "sen": "senator",
    "senator": "senator",
    "senators": "senator",
    "sens": "senator",
    "rep": "representative",
    "reps": "representative",
    "representative": "representative",
    "representatives": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "congressmember": "representative",
    "gov": "governor",
    "governor": "governor",
    "president": "president",
    "judge": "judge",
    "justice": "judge",
    "mayor": "mayor",
    "secretary": "secretary",
}
"""The offices by which two people of one surname are told apart, by the words that name them."""


@lexicon.lru_cached(1 << 10)
def clashing_office(role: str) -> str:
    """The office a role ends in, of those that nobody has side by side; "" for any other role.

    "U.S. Sen." and "Senator" are one office; "Vice President" is none of a president's.
    """
    words = role.replace(",", " ").split()
    if not words or words[-2:-1] == ["Vice"]:
        return ""
    return _NAMES.get(words[-1].rstrip(".").lower(), "")
