"""Accent stripping (Unicode NFKD without combining marks), for slugs and for stemmed terms."""

from __future__ import annotations

import unicodedata

# Letters that have no decomposition in Unicode but a customary plain spelling.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ħ": "h"}
)


def strip_accents(text: str) -> str:
    """`text` without the accents of European scripts: `zürich` gives `zurich`, `øre` gives `ore`.

    The marks of other scripts stay: in Hindi or Arabic they are part of the spelling. Lower case expected.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    return "".join(c for c in plain if not "\u0300" <= c <= "\u036f")
