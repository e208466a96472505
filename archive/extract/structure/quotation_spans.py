"""Finds where quotations stand: the words between quotation marks of several languages, the outermost ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_MAX_CHARS = 3000
_CURLY = (
    rf"“(?:[^“”\n]|“[^“”\n]{{1,300}}”){{1,{_MAX_CHARS}}}”"
    rf"|“[^“”\n]{{1,{_MAX_CHARS}}}(?:”|(?=\n|$))"
)
_STRAIGHT = rf"\"(?<![\w\"]\")[^\"“”\n]{{1,{_MAX_CHARS}}}(?:[\"”]|(?=\n|$))"
_WIRE = rf"``[^`\n]{{1,{_MAX_CHARS}}}?(?:''|(?=\n|$))"  # as teletypes write them
_GERMAN = rf"„[^„“”\n]{{1,{_MAX_CHARS}}}[“”]"
_ANGLED = rf"«[^«»\n]{{1,{_MAX_CHARS}}}»|»[^«»\n]{{1,{_MAX_CHARS}}}«"
_CORNERS = rf"「[^「」\n]{{1,{_MAX_CHARS}}}」|『[^『』\n]{{1,{_MAX_CHARS}}}』"

_PATTERNS = (
    ("„", _GERMAN),
    ("“", _CURLY),
    ('"', _STRAIGHT),
    ("``", _WIRE),
    ("«", _ANGLED),
    ("「", _CORNERS),
    ("『", _CORNERS),
)
"""Each kind of quotation by a mark without which there is none."""

# Single marks count where no others stand, around a sentence or what ends as one: an apostrophe ends no quotation.
_SINGLE = re.compile(
    rf"‘(?<!\w‘)[^‘\n]{{12,{_MAX_CHARS}}}?[,.?!]’(?!\w)"
    rf"|'(?<!\w')(?=[A-Z])[^'\n]{{12,{_MAX_CHARS}}}?(?:\w'\w[^'\n]*?)*[,.?!]'(?!\w)"
)


def find_quotation_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand, marks included; one whose paragraph ends without a closing mark ends with it.

    What stands in quotation marks within a quotation is a part of it.
    """
    kinds = tuple(dict.fromkeys(pattern for mark, pattern in _PATTERNS if mark in text))
    if kinds:
        return (match.span() for match in _compile(kinds).finditer(text))
    return (match.span() for match in _SINGLE.finditer(text)) if "‘" in text or "'" in text else iter(())


@lru_cache(maxsize=32)
def _compile(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for the kinds of quotations that a text may have; those of a single mark are found much faster."""
    return re.compile("|".join(kinds))


def is_closed(text: str, end: int) -> bool:
    """Whether a quotation that ends here ends with a mark."""
    return text[end - 1] in "”\"“»«」』’'"
