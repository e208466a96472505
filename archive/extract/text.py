"""Splits a text into lines with offsets; comparisons of words and sentence ends that all rules share."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.characters import collapse_spaces

_WORDS = re.compile(r"[^\W_]+")
_CHARACTER = re.compile(r"[^\W_]")
_APOSTROPHES = "'’‘`"
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
_SMALL_LETTERS = re.compile(r"[a-zß-ÿ]{4}")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,3}(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b[a-z]|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Col|Lt|Maj|"
    r"Capt|Sgt|Adm|Cmdr|Hon|Rev|Prof|St|Mt|Ft|Jr|Sr|No|Inc|Corp|Co|Ltd|vs|Calif|Va|Md|Pa|Fla|Ariz|Wis|Ind))$",
    re.IGNORECASE,
)


MAX_ANALYSED_CHARS = 1_000_000
"""Characters of a text that extraction analyses; a release has some thousands."""


class Line(NamedTuple):
    """A line that is not blank, without the space around it; `text` is the whole slice."""

    start: int
    end: int
    text: str
    after_blank: bool = True  # a blank line, or nothing, stands before it


def split_lines(text: str, limit: int = 0) -> list[Line]:
    """The lines of a text that are not blank, at most `limit` of them where that is given."""
    # Few lines need only the head of the text.
    lines: list[Line] = []
    at, after_blank = 0, True
    for line in (text[: limit * 2000] if limit else text).splitlines(keepends=True):
        words = line.strip()
        if words:
            start = at + line.index(words)
            lines.append(Line(start, start + len(words), words, after_blank))
            if len(lines) == limit:
                break
        after_blank = not words
        at += len(line)
    return lines


def analysed_end(text: str) -> int:
    """Where the analysed part of a text ends: between words, where there are any."""
    if len(text) <= MAX_ANALYSED_CHARS:
        return len(text)
    ends = (text.find(mark, MAX_ANALYSED_CHARS, 2 * MAX_ANALYSED_CHARS) for mark in "\n ")
    return next((end for end in ends if end >= 0), MAX_ANALYSED_CHARS)


def collapse(text: str) -> str:
    """A text with every run of white space as one space."""
    return collapse_spaces(text)


def remove_invisible(text: str) -> str:
    """A text without soft hyphens, zero-width spaces and their like, which part a word in two."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def plain_words(text: str) -> list[str]:
    """The words of a text without case, punctuation or apostrophes, to tell if two lines say the same."""
    for apostrophe in _APOSTROPHES:  # faster than `translate` where one of them is curly
        text = text.replace(apostrophe, "")
    return _WORDS.findall(remove_invisible(text).casefold())


def first_character(text: str) -> str:
    """The first letter or figure of the words that `plain_words` gives, "" without."""
    match = _CHARACTER.search(text.casefold())
    return match[0] if match else ""


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals, a few small letters (McCAIN, iPHONE) being forgiven."""
    if _SMALL_LETTERS.search(text):
        return False
    upper = sum(map(str.isupper, text))
    return upper > 3 and sum(map(str.islower, text)) * 12 <= upper


def first_sentence_end(text: str, start: int, stop: int) -> int:
    """Where the sentence that begins at `start` ends, abbreviations aside; `stop` if it does not end before."""
    for match in _SENTENCE_END.finditer(text, start, stop):
        if not _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            return match.end()
    return stop


def cut_at_word(text: str, start: int, end: int, most: int) -> int:
    """The last end of a word that leaves at most `most` characters from `start`."""
    if end - start <= most:
        return end
    space = text.rfind(" ", start + most // 2, start + most + 1)
    return space if space > start else start + most
