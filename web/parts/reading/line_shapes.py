"""What the lines of a plain text show by their shape: a table, a list, words wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COLUMNS = re.compile(r"\S(?:[ ]{3,}|\t+)\S")
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\d{1,3}[.)])\s")

MIN_WIDTH, MAX_WIDTH, RAGGED = 45, 110, 8
"""Text wrapped by hand has lines of 45 to 110 characters, its right edge ragged by some 8."""


def is_table(lines: Sequence[str]) -> bool:
    """Whether most lines have columns made with blanks."""
    return sum(bool(_COLUMNS.search(line.strip())) for line in lines) * 2 > len(lines)


def is_list(lines: Sequence[str]) -> bool:
    """Whether several lines begin with a bullet or a number."""
    return sum(bool(_BULLET.match(line)) for line in lines) > 1


def is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line behind it would not have fitted into a line, where lines are so wide."""
    return len(line) + len((following.split() or [""])[0]) >= width - RAGGED
