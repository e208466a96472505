"""The characters of words: which belong to one, which stand alone, which no reader sees; the elided articles.

Ranges are written as inside a character class of a regular expression. Letters and digits of Unicode belong to words
where nothing else is said here; everything else separates.
"""

from __future__ import annotations

APOSTROPHES = "'`\u00b4\u02b9-\u02bf\u02c8\u2018\u2019\u201b\u2032\ua78b\ua78c\uff07"
"""All written as one. Modifier letters (the okina of Hawaiʻi) are letters in Unicode, and are not here."""

BREAK_OPPORTUNITY = "\u200b"
"""The zero-width space: a place for a line break. It separates words, but not within Latin, Greek or Cyrillic."""

INVISIBLE = "\u00ad\u034f\u061c\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""Soft hyphen, joiners, marks of direction, variation selectors: within a word they are no part of its spelling."""

# Superscripts are mostly the numbers of notes: `tariff¹` is the word tariff.
SEPARATORS = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079"

# Scripts without spaces between words are searched sign by sign: kana, ideographs, Thai, Lao, Burmese, Khmer. A
# fraction stands alone too: `3½` is a three and a half.
SINGLE = (
    "\u00bc-\u00be\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108d"
    "\u108f\u109a-\u109f\u1780-\u17d3\u17d7\u17dc\u17dd\u2150-\u215f\u2189\u3041-\u3096\u3192-\u319f\u3220-\u3247"
    "\u3280-\u32b0\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f\uf900-\ufaff"
    "\U00020000-\U0003134f"
)

# Python's \w leaves out the combining marks (category M); those that occur inside words are named here.
COMBINING_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a51\u0a81-\u0acd\u0b01-\u0b57\u0b82-\u0bcd\u0c00-\u0c56\u0c81-\u0cd6"
    "\u0d00-\u0d4d\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)

# Latin, Greek and Cyrillic, in which no word ends at a BREAK_OPPORTUNITY.
SPACED_SCRIPTS = (
    "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0300-\u034e\u0350-\u052f\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f"
    "\u2de0-\u2dff\ua640-\ua69f\ua720-\ua78a\ua78d-\ua7ff\uab30-\uab6f\ufb00-\ufb06\uff10-\uff5a"
    "\U0001d400-\U0001d7ff"
)

ELISIONS = (
    "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu all bell coll dall dell gl nell quell quest sant sull un"
).split()
"""French, Italian and Catalan words that lose their vowel before another word, which they are written together with."""

_LETTER = rf"(?:(?![{APOSTROPHES}{INVISIBLE}{SEPARATORS}{SINGLE}])[^\W_]|[{COMBINING_MARKS}])"
_UNSEEN = (
    rf"(?:[{INVISIBLE}]+|(?<=[{SPACED_SCRIPTS}])[{INVISIBLE}{BREAK_OPPORTUNITY}]+(?=[{SPACED_SCRIPTS}]))(?={_LETTER})"
)
_RUN = rf"{_LETTER}+(?:{_UNSEEN}{_LETTER}+)*"
_POSSESSIVE = rf"[{APOSTROPHES}][sS](?!{_LETTER})"
_ELISION = rf"(?ai:{'|'.join(ELISIONS)})(?!{_POSSESSIVE})[{APOSTROPHES}](?={_LETTER})"
TOKEN = rf"[{SINGLE}]|(?<={_LETTER}){_POSSESSIVE}|{_ELISION}|{_RUN}(?:(?!{_POSSESSIVE})[{APOSTROPHES}]{_RUN})*"
"""The pattern of a token: the reference of the compiled tokenizer."""

CLASSES = (APOSTROPHES, BREAK_OPPORTUNITY, INVISIBLE, SEPARATORS, SINGLE, COMBINING_MARKS, SPACED_SCRIPTS)
"""In the order in which kernels/c/tokenizer.h numbers them."""


def list_ranges(ranges: str) -> list[tuple[int, int]]:
    """The ranges of a character class (`a-cx`) as pairs of code points, both ends included."""
    pairs = []
    at = 0
    while at < len(ranges):
        is_range = ranges[at + 1 : at + 2] == "-"
        pairs.append((ord(ranges[at]), ord(ranges[at + 2 if is_range else at])))
        at += 3 if is_range else 1
    return pairs
