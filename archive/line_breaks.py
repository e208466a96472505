"""Words cut at the end of a line by a hyphen, and joined again: `agree-⏎ment` is the word *agreement*.

Nothing outside the text decides. A hyphen that belongs to its word (`long-⏎term`) stays: where the same text has the
word with its hyphen within a line, where its first part is one that is mostly written with a hyphen, and in chains
(`state-of-the-⏎art`).
"""

from __future__ import annotations

import re

HYPHENATED_PARTS = frozenset(
    """well self long short non ex half quasi semi one two three four five six seven eight nine ten eleven twelve
    twenty thirty forty fifty sixty seventy eighty ninety first second third fourth fifth high low large small hard
    left right full free far fast great ill much new old open real year vice anglo franco sino russo afro wide
    middle lower higher best worst better working single double triple multi cross""".split()
)
"""First parts of words that are mostly written with a hyphen."""

MAX_PART = 40
"""Letters of a word's part at a line's end or beginning; longer runs are no words."""

_HYPHENS = "-\u2010\u00ad"
_GAP = re.compile(rf"[{_HYPHENS}][ \t]{{0,9}}\r?\n[ \t]{{0,99}}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{1,{MAX_PART}}})[-\u2010\u2011]([^\W\d_]{{1,{MAX_PART}}})(?![^\W\d_])")
_JOIN = "\u00ad"  # which no reader sees within a word


def join_cut_words(text: str) -> str:
    """`text`, as long as before, with soft hyphens in place of hyphens and line ends within a word."""
    return _replace_gaps(text, _JOIN) if _may_have_cut_words(text) else text


def close_cut_words(text: str) -> str:
    """`text` without hyphens and line ends within a word, for where it is made one line."""
    return _replace_gaps(text, "") if "\n" in text and _may_have_cut_words(text) else text


def _replace_gaps(text: str, by: str) -> str:
    """`text` with each character between the parts of a cut word replaced."""
    compounds: set[tuple[str, str]] | None = None
    pieces, last = [], 0
    for gap in _GAP.finditer(text):
        first, second = _parts_around(text, gap)
        if not first or not second:
            continue
        if gap.group()[0] != _JOIN:
            if compounds is None:
                compounds = set(_COMPOUND.findall(text.lower()))
            if first.lower() in HYPHENATED_PARTS or (first.lower(), second.lower()) in compounds:
                continue
        pieces += [text[last : gap.start()], by * len(gap.group())]
        last = gap.end()
    return "".join([*pieces, text[last:]]) if pieces else text


def _may_have_cut_words(text: str) -> bool:
    """Whether there may be a hyphen at a line's end; most texts have none, and this is cheap."""
    return (
        "-\n" in text
        or "- \n" in text
        or "\u00ad" in text
        or "\u2010" in text
        or "-\r" in text
        or "-\t" in text
        or "-  " in text
    )


def _parts_around(text: str, gap: re.Match[str]) -> tuple[str, str]:
    """The letters before and after a hyphen at a line's end, "" where they cannot be parts of one word."""
    start = max(0, gap.start() - MAX_PART - 1)
    before, after = _LETTERS_BEFORE.search(text, start, gap.start()), _LETTERS_AFTER.match(text, gap.end())
    if not before or not after or not before.group()[-1].islower() or not after.group()[0].islower():
        return "", ""
    goes_on = text[after.end() : after.end() + 1] in tuple(_HYPHENS) and not _GAP.match(text, after.end())
    is_chain = goes_on or text[before.start() - 1 : before.start()] in tuple(_HYPHENS)
    if is_chain or max(len(before.group()), len(after.group())) > MAX_PART:
        return "", ""
    return before.group(), after.group()
