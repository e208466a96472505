"""Words cut at the end of a line by a hyphen, and joined again: `agree-⏎ment` is the word *agreement*.

Nothing outside the text decides. A hyphen that belongs to its word (`long-⏎term`) stays: where the same text has the
word with its hyphen within a line, where its first part is one that is mostly written with a hyphen, and in chains
(`state-of-the-⏎art`). A suspended one (`pre-⏎and post-war`) stays as well.
"""

from __future__ import annotations

import re
from functools import cached_property

HYPHENATED_PARTS = frozenset(
    """well self long short non half quasi one two three four five six seven eight nine eleven twelve twenty thirty
    forty fifty sixty seventy eighty ninety third fifth high large small full left right year vice anglo franco sino
    russo afro middle best worst better working single double triple cross""".split()
)
"""First parts of words that are mostly written with a hyphen."""

MAX_PART = 40
"""Letters of a word's part at a line's end or beginning; longer runs are no words."""

SMALL_WORDS = frozenset(
    """a al and at au by da de del der di du e el en et for in la le nor o of off on or ou out por sur the to und up y
    zu""".split()
)
"""Words that stand between two hyphens in a chain."""

SUSPENDING = frozenset(["and", "et", "oder", "or", "ou", "und"])
"""Words after a hyphen that stands for the rest of a word further on."""

NUMBER_ENDINGS = frozenset(["teen", "teens", "teenth", "ty", "een"])
"""What makes one word with a number: `four-⏎teen`."""

_UNSEEN = "\u00ad\u200b\u2060"
_HYPHENS = "-\u00ac\u2010\u2e17\u00ad"
_GAP = re.compile(rf"[{_UNSEEN}]{{0,3}}[{_HYPHENS}][{_UNSEEN} \t]{{0,9}}\r?\n[ \t\f>{_UNSEEN}]{{0,99}}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_COMPOUND = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{1,{MAX_PART}}})[-\u2010\u2011]([^\W\d_]{{1,{MAX_PART}}})(?![^\W\d_])")
_SPACES = " \t\r\n\f"
_JOIN = "\u00ad"  # which no reader sees within a word


def join_cut_words(text: str) -> str:
    """`text`, as long as before, with soft hyphens in place of hyphens and line ends within a word."""
    return _replace_gaps(text, _JOIN) if _may_have_cut_words(text) else text


def close_cut_words(text: str) -> str:
    """`text` without hyphens and line ends within a word, for where it is made one line."""
    return _replace_gaps(text, "") if "\n" in text and _may_have_cut_words(text) else text


def _replace_gaps(text: str, by: str) -> str:
    """`text` with each character between the parts of a cut word replaced."""
    evidence: _Evidence | None = None
    pieces, last = [], 0
    for gap in _GAP.finditer(text):
        first, second = _parts_around(text, gap)
        if not first or not second:
            continue
        # A soft hyphen is put into a word for this, and never part of it.
        if gap.group().strip(f"{_SPACES}>") != _JOIN:
            evidence = evidence or _Evidence(text)
            if not evidence.is_cut(first, second):
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
        or "\u00ac" in text
        or "\u2010" in text
        or "\u2e17" in text
        or "-\r" in text
        or "-\t" in text
        or "-  " in text
        or "-\u200b" in text
        or "-\u2060" in text
    )


class _Evidence:
    """What a text says of its cut words: which of its words have a hyphen within a line, and which have none."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        self._compounds = set(_COMPOUND.findall(self._text))

    def is_cut(self, first: str, second: str) -> bool:
        """Whether these are parts of a word without a hyphen."""
        if not first[-1].islower() or not second[0].islower():
            return False
        first, second = first.lower(), second.lower()
        if len(first) == 1 or second in SUSPENDING or (first, second) in self._compounds:
            return False
        return first not in HYPHENATED_PARTS or second in NUMBER_ENDINGS or first + second in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(_LETTERS_AFTER.findall(self._text))


def _parts_around(text: str, gap: re.Match[str]) -> tuple[str, str]:
    """The letters before and after a hyphen at a line's end, "" where they cannot be parts of one word."""
    start = max(0, gap.start() - MAX_PART - 1)
    before, after = _LETTERS_BEFORE.search(text, start, gap.start()), _LETTERS_AFTER.match(text, gap.end())
    if not before or not after or max(len(before.group()), len(after.group())) > MAX_PART:
        return "", ""
    # In a chain of words the small ones are whole: `state-of-the-⏎art`, `face-⏎to-face`.
    follows = text[before.start() - 1 : before.start()] in tuple(_HYPHENS)
    goes_on = text[after.end() : after.end() + 1] in tuple(_HYPHENS) and not _GAP.match(text, after.end())
    if (follows and before.group().lower() in SMALL_WORDS) or (goes_on and after.group().lower() in SMALL_WORDS):
        return "", ""
    return before.group(), after.group()
