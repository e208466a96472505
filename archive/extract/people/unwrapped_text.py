"""Undoes hard line wraps in a body and cuts of names at line ends, and finds the lines that are headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from archive.apostrophes import even_apostrophes
from archive.extract.names import UPPER
from archive.extract.text import Line, is_capitals
from archive.line_breaks import join_cut_words

_MISREAD_BLANK = re.compile("\u00c2(?=\\s|$)")
"""What is left of a no-break space that was decoded twice: "Keith Ellison\u00c2 said"."""

_CUTS = ("-\n", "\u2010", "\u00ad")  # readers leave no blanks at line ends
_CUT_NAME = re.compile(rf"(?<![\w’'-])([{UPPER}][\w’'-]{{0,40}})(\u00ad+)([^\W\d_]+)")
"""A capitalised word that was cut at a line's end, as `join_cut_words` joins it."""


class Headings:
    """The lines in capitals or in Title Case, where a capital tells nothing; computed when asked for."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]
        self._known: dict[int, bool] = {}

    def heading_at(self, offset: int) -> Line | None:
        """The heading that holds this character; None where it stands in another line."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0 or offset >= self._lines[number].end:
            return None
        if number not in self._known:
            self._known[number] = is_heading(self._lines[number].text)
        return self._lines[number] if self._known[number] else None


def unwrap(body: str, lines: list[Line]) -> str:
    """The body with hard line wraps as spaces and apostrophes as one; all offsets stay the same."""
    parts: list[str] = []
    at = 0
    for line, after in pairwise(lines):
        if (
            not after.after_blank
            and 40 <= len(line.text) <= 110
            and not is_heading(line.text)
            and not is_heading(after.text)
        ):
            parts += (body[at : line.end], " " * (after.start - line.end))
            at = after.start
    parts.append(body[at:])
    text = "".join(parts)
    if "\u00c2" in text:
        text = _MISREAD_BLANK.sub(" ", text)
    return even_apostrophes(text.replace("\u00a0", " ").replace("\t", " "))


def close_cut_names(text: str, body: str) -> tuple[str, dict[int, int]]:
    """Join the names that a line's end cuts: "Anna Lind-⏎qvist" is "Anna   Lindqvist", so that offsets stay the same.

    Args:
        text: the body as `unwrap` gives it.
        body: the body.

    Returns:
        The text, and where in the body those words begin by where they begin in the text.
    """
    if not any(map(body.__contains__, _CUTS)):  # true of most, and faster than to look for each kind of cut
        return text, {}
    joined = join_cut_words(body)
    pieces, last = [], 0
    starts: dict[int, int] = {}
    for cut in _CUT_NAME.finditer(even_apostrophes(joined)):
        pieces += [text[last : cut.start()], " " * len(cut[2]), cut[1], cut[3]]
        starts[cut.start() + len(cut[2])] = cut.start()
        last = cut.end()
    return "".join([*pieces, text[last:]]), starts


def is_heading(text: str) -> bool:
    """Whether a line is written in capitals or in Title Case."""
    if len(text) > 160 or text[-1:] in '.,;:”"':
        return len(text) > 12 and is_capitals(text)
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 8
