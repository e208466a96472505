"""Writes text that stands raised: the number of a note is no part of the word before it, an ordinal's ending is.

`tariff<sup>1</sup>` is the word *tariff* and a note, `levy<sup>a</sup>` too; `21<sup>st</sup>`, `M<sup>me</sup>` and
`n<sup>o</sup>` are one word each.
"""

from __future__ import annotations

import html
import re
import unicodedata

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGIT = re.compile(r"\d")
_NOT_OF_NUMBERS = re.compile(r"[^\d\s,;.:*‐‑–—-]")
_MARKS = {"TM": "™", "SM": "℠"}
_MIN_WORD_LETTERS = 3  # small ones at the end of a word that no abbreviation has
RAISED = re.compile(r"<sup(?:\s[^<>]*)?>((?:[^<>]|<(?!/?sup\b)[^<>]{0,300}>){1,80})</sup\s*>", re.IGNORECASE)
"""A `sup` element, for texts whose mark-up is taken off by patterns."""

_TAG = re.compile(r"<[^<>]*>")


def write_raised(before: str, raised: str) -> str:
    """What to write for a raised text.

    Args:
        before: what stands before it, its last characters at least.
        raised: the raised text.
    """
    words = raised.strip()
    if _DIGIT.search(words) and not _NOT_OF_NUMBERS.search(words):
        return _DIGIT.sub(lambda digit: _RAISED_DIGITS[unicodedata.digit(digit[0])], raised)
    if words in _MARKS:
        return _MARKS[words]
    word = before[-_MIN_WORD_LETTERS:]
    is_word = len(word) == _MIN_WORD_LETTERS and word.isalpha() and word.islower()
    return f" {raised}" if is_word and (raised[:1].isalpha() or raised[:1].isdecimal()) else raised


def write_element(found: re.Match[str]) -> str:
    """What to write for a match of `RAISED`."""
    before = found.string[max(0, found.start() - _MIN_WORD_LETTERS) : found.start()]
    return write_raised(before, html.unescape(_TAG.sub("", found[1])))


def replace_raised(text: str) -> str:
    """`text` with its `sup` elements written so."""
    return RAISED.sub(write_element, text) if "<sup" in text or "<SUP" in text else text
