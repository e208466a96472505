"""Where sentences begin, so that a passage may begin with one."""

from __future__ import annotations

import re

from archive.extract import first_sentence_end

_SPACE = re.compile(r"\s*")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")

SHORT_LINE = 45
"""Characters below which a line is no wrapped one: its end ends something."""


def last_sentence_start(text: str, earliest: int, latest: int) -> int | None:
    """Where the last sentence begins that begins from `earliest` to `latest`; None where none does.

    The beginning of a text, of a paragraph, and of a line below a short one count, so a dateline is the beginning of
    the sentence behind it.
    """
    starts = [start for start in _line_starts(text, earliest, latest) if earliest <= start <= latest]
    at = starts[-1] if starts else max(0, earliest)
    found = starts[-1] if starts else None
    while (end := first_sentence_end(text, at, latest)) < latest:
        at = _skip_space(text, end)
        if earliest <= at <= latest:
            found = at
    return found


def _line_starts(text: str, earliest: int, latest: int) -> list[int]:
    """The beginnings of texts, paragraphs and lines from some way before `earliest` on, in order."""
    starts = [_skip_space(text, 0)] if earliest <= 0 else []
    at = max(0, text.rfind("\n", 0, max(0, earliest)) + 1)
    while (end := text.find("\n", at, latest)) >= 0:
        line, following = text[at:end].strip(), _skip_space(text, end)
        if len(line) < SHORT_LINE or _BREAK.match(text, end):
            starts.append(following)
        at = max(following, end + 1)
    return starts


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
