"""The characters of words: which belong to one, which stand alone, which no reader sees; the elided articles.

Ranges are written as inside a character class of a regular expression. Letters and digits of Unicode belong to words
where nothing else is said here; everything else separates.
"""

from __future__ import annotations

from archive import apostrophes

APOSTROPHES = f"{apostrophes.ALL}\u0091\u0092\u05f3"
"""All written as one: those of names, what Windows-1252 has for them, and the Hebrew geresh."""

BREAK_OPPORTUNITY = "\u200b"
"""The zero-width space: a place for a line break. It separates words, but not within Latin, Greek or Cyrillic."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u115f\u1160\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0001-\U000e01ef"
)
"""Soft hyphen, joiners, fillers, tatweel, marks of direction, variation selectors: no part of a word's spelling."""

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

# Python's \w leaves out the combining marks. These are those of Unicode 14 (categories Mn and Mc; ranges go over what
# is not assigned) but the signs above: written out, so that no Python's own version of Unicode decides.
COMBINING_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0"
    "\u07eb-\u07f3\u07fd\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0898-\u089f\u08ca-\u08e1"
    "\u08e3-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc\u09be-\u09cd\u09d7"
    "\u09e2-\u09e3\u09fe-\u0a03\u0a3c-\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0acd\u0ae2-\u0ae3"
    "\u0afa-\u0b03\u0b3c\u0b3e-\u0b57\u0b62-\u0b63\u0b82\u0bbe-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c56"
    "\u0c62-\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d4d\u0d57"
    "\u0d62-\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0df2-\u0df3\u0f18-\u0f19\u0f35\u0f37\u0f39\u0f3e-\u0f3f\u0f71-\u0f84"
    "\u0f86-\u0f87\u0f8d-\u0fbc\u0fc6\u135d-\u135f\u1712-\u1715\u1732-\u1734\u1752-\u1753\u1772-\u1773\u180f"
    "\u1885-\u1886\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1abd\u1abf-\u1b04\u1b34-\u1b44\u1b6b-\u1b73"
    "\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce8\u1ced\u1cf4\u1cf7-\u1cf9"
    "\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099-\u309a\ua66f"
    "\ua674-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua802\ua806\ua80b\ua823-\ua827\ua82c\ua880-\ua881\ua8b4-\ua8c5"
    "\ua8e0-\ua8f1\ua8ff\ua926-\ua92d\ua947-\ua953\ua980-\ua983\ua9b3-\ua9c0\uaa29-\uaa36\uaa43\uaa4c-\uaa4d\uaab0"
    "\uaab2-\uaab4\uaab7-\uaab8\uaabe-\uaabf\uaac1\uaaeb-\uaaef\uaaf5-\uaaf6\uabe3-\uabea\uabec-\uabed\ufb1e"
    "\ufe20-\ufe2f\U000101fd\U000102e0\U00010376-\U0001037a\U00010a01-\U00010a0f\U00010a38-\U00010a3f"
    "\U00010ae5-\U00010ae6\U00010d24-\U00010d27\U00010eab-\U00010eac\U00010f46-\U00010f50\U00010f82-\U00010f85"
    "\U00011000-\U00011002\U00011038-\U00011046\U00011070\U00011073-\U00011074\U0001107f-\U00011082"
    "\U000110b0-\U000110ba\U000110c2\U00011100-\U00011102\U00011127-\U00011134\U00011145-\U00011146\U00011173"
    "\U00011180-\U00011182\U000111b3-\U000111c0\U000111c9-\U000111cc\U000111ce-\U000111cf\U0001122c-\U00011237"
    "\U0001123e\U000112df-\U000112ea\U00011300-\U00011303\U0001133b-\U0001133c\U0001133e-\U0001134d\U00011357"
    "\U00011362-\U00011374\U00011435-\U00011446\U0001145e\U000114b0-\U000114c3\U000115af-\U000115c0"
    "\U000115dc-\U000115dd\U00011630-\U00011640\U000116ab-\U000116b7\U0001171d-\U0001172b\U0001182c-\U0001183a"
    "\U00011930-\U0001193e\U00011940\U00011942-\U00011943\U000119d1-\U000119e0\U000119e4\U00011a01-\U00011a0a"
    "\U00011a33-\U00011a39\U00011a3b-\U00011a3e\U00011a47\U00011a51-\U00011a5b\U00011a8a-\U00011a99"
    "\U00011c2f-\U00011c3f\U00011c92-\U00011cb6\U00011d31-\U00011d45\U00011d47\U00011d8a-\U00011d97"
    "\U00011ef3-\U00011ef6\U00016af0-\U00016af4\U00016b30-\U00016b36\U00016f4f\U00016f51-\U00016f92"
    "\U00016fe4-\U00016ff1\U0001bc9d-\U0001bc9e\U0001cf00-\U0001cf46\U0001d165-\U0001d169\U0001d16d-\U0001d172"
    "\U0001d17b-\U0001d182\U0001d185-\U0001d18b\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001da00-\U0001da36"
    "\U0001da3b-\U0001da6c\U0001da75\U0001da84\U0001da9b-\U0001daaf\U0001e000-\U0001e02a\U0001e130-\U0001e136"
    "\U0001e2ae\U0001e2ec-\U0001e2ef\U0001e8d0-\U0001e8d6\U0001e944-\U0001e94a"
)

# Latin, Greek and Cyrillic, in which no word ends at a BREAK_OPPORTUNITY.
SPACED_SCRIPTS = (
    "0-9A-Za-z\u00aa\u00b5\u00ba\u00c0-\u02b8\u0300-\u034e\u0350-\u052f\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f"
    "\u2de0-\u2dff\ua640-\ua69f\ua720-\ua78a\ua78d-\ua7ff\uab30-\uab6f\ufb00-\ufb06\uff10-\uff5a"
    "\U0001d400-\U0001d7ff"
)

ELISIONS = (
    "c d j l m n s t qu jusqu lorsqu puisqu quelqu quoiqu presqu entr agl all anch bell coll com cos dagl dall degl"
    " dell dov gl mezz negl nell nessun nient quell quest sant senz sugl sull tutt un"
).split()
"""French, Italian and Catalan words that lose their vowel before another word, which they are written together with."""

LETTER = rf"(?:(?![{APOSTROPHES}{INVISIBLE}{SEPARATORS}{SINGLE}])[^\W_]|[{COMBINING_MARKS}])"
"""The pattern of a character of words."""

_UNSEEN = (
    rf"(?:[{INVISIBLE}]+|(?<=[{SPACED_SCRIPTS}])[{INVISIBLE}{BREAK_OPPORTUNITY}]+(?=[{SPACED_SCRIPTS}]))(?={LETTER})"
)
_RUN = rf"{LETTER}+(?:{_UNSEEN}{LETTER}+)*"
_POSSESSIVE = rf"[{APOSTROPHES}][sSſｓＳ](?!{LETTER})"
_ELISION = rf"(?ai:{'|'.join(ELISIONS)})(?!{_POSSESSIVE})[{APOSTROPHES}](?={LETTER})"
TOKEN = rf"[{SINGLE}]|(?<={LETTER}){_POSSESSIVE}|{_ELISION}|{_RUN}(?:(?!{_POSSESSIVE})[{APOSTROPHES}]{_RUN})*"
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
