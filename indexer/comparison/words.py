"""The words of a text with their offsets, as comparisons and quotations know them.

A word is a run of letters and digits, with apostrophes within it. So that nothing that matters passes for a mark, a
number keeps its sign and what stands between its digits (`-1,000.5`), and signs such as `$`, `%` or an emoji are words.
What is left between words, punctuation and spaces, are marks. Scripts that put no spaces have a word a sign.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from indexer.language import characters

_UNSEEN = f"{characters.INVISIBLE}{characters.BREAK_OPPORTUNITY}"
_MINUS = "\u2212\u2013-"
_LETTERS = rf"(?:[0-9A-Za-z]++|{characters.LETTER})"
_RUN = rf"{_LETTERS}(?:[{_UNSEEN}]*{_LETTERS})*+"
_INNER = rf"[{characters.APOSTROPHES}]|(?<=\d)[.,:/](?=\d)"
_WORD = re.compile(
    rf"[{characters.SINGLE}]|(?:(?<![^\s(\[])[{_MINUS}](?=\d))?{_RUN}(?:(?:{_INNER}){_RUN})*+|[^\w\s{_UNSEEN}]|[²³¹⁰⁴-⁹₀-₉]"
)

_PLAIN = str.maketrans(dict.fromkeys(characters.APOSTROPHES, "'") | dict.fromkeys(_MINUS, "-"))
_NOT_SEEN = re.compile(f"[{_UNSEEN}]+")
_SIGNS = frozenset("%‰&#@§¶")


class Word(NamedTuple):
    """A word: its letters, by which words are equal (apostrophes as one, without invisible signs), and its offsets."""

    key: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(_key(match[0]), *match.span()) for match in _WORD.finditer(text) if _is_word(match[0])]


def _key(written: str) -> str:
    if written.isascii():
        return written
    return _NOT_SEEN.sub("", written).translate(_PLAIN)


def _is_word(written: str) -> bool:
    return len(written) > 1 or written.isalnum() or _is_sign(written)


@lru_cache(maxsize=4096)
def _is_sign(character: str) -> bool:
    """Whether a character that is no letter counts as a word: a symbol, or a mark that means one."""
    category = unicodedata.category(character)
    return category[0] in "LNM" or category in ("Sc", "Sm", "So") or character in _SIGNS
