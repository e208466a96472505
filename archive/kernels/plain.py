"""The inner loops of reading as patterns: what each of them is, and what is used where nothing was compiled."""

from __future__ import annotations

import re
from typing import Any, TypeVar

Made = TypeVar("Made", bound=Any)

UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""The capitals of the scripts of Europe, for a set of a pattern."""

NICKNAME = rf"[\"“(‘'][{UPPER}][\w .'’]{{1,20}}[\"”)’']"
SUFFIX = r"(?:Jr\b\.?|Sr\b\.?|III\b|II\b|IV\b)"

# It begins with the capital itself, which is looked for quickly; what may not stand before it is asked after.
# A full stop ends a stretch, but for short words that may be shortened ones ("Sen.", "U.S.").
_TOKEN = rf"[{UPPER}](?:[\w'’-]{{0,6}}+\.[\w.-]*+|[\w'’-]*+)"
_SMALL = r"(?:a[lf]|b(?:in(?:ti?)?)|d(?:e(?:lla|[nrl])?|[aiou]s?)|el|ibn|l[aeo]s?|san|te[rn]|v[ao]n|y|zur?)"
_SMALL_PREFIX = r"(?:a(?:[ldnrz]|sh?)-|el-|[dl]['’])"
_NEXT = (
    rf"(?:{_TOKEN}|(?:{_SMALL} {{1,9}}+){{1,3}}{_SMALL_PREFIX}?{_TOKEN}|{_SMALL_PREFIX}{_TOKEN}"
    rf"|{NICKNAME} {{1,9}}{_TOKEN})"
)
_STRETCH = re.compile(
    rf"[{UPPER}](?<![\w@#/’'.].)(?:(?<!-.)|(?<=\b[ae]l-.)|(?<=\ba[sdnrz]-.)){_TOKEN.removeprefix(f'[{UPPER}]')}"
    rf"(?: {{1,9}}+{_NEXT}){{0,23}}(?:,? {{1,9}}{SUFFIX})?"
)


def lines(text: str, most: int, kind: type[Made]) -> list[Made]:
    """The lines of a text that are not blank, without the space around them.

    Args:
        text: the text, with the line ends of `str.splitlines`.
        most: how many are wanted at most; 0 for all of them.
        kind: the tuples they are given as: start, end, the text between, whether a blank line or nothing is before.
    """
    found: list[Made] = []
    at, blank = 0, True
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped)
            found.append(kind._make((start, start + len(stripped), stripped, blank)))
            if len(found) == most:
                break
        blank = not stripped
        at += len(raw)
    return found


def stretches(text: str, start: int) -> list[tuple[int, str]]:
    """Where capitals stand, coarsely: each stretch and where it begins, in a text with blanks for tabs and line ends.

    Args:
        text: the text.
        start: where to begin; what stands before is seen.
    """
    return [(match.start(), match[0]) for match in _STRETCH.finditer(text, start)]
