"""The words of a text as quotations are compared by them: folded letters, question marks among them, and offsets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.comparison import Word, split_words

QUESTION = "?"
"""A question mark counts as a word: without it a question is a statement."""

_QUESTION = re.compile(r"[?？]+")
_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def folded_words(text: str) -> list[Word]:
    """The words of a text in order, equal where they differ in case alone; question marks are words."""
    words = [word if (key := _fold(word.key)) == word.key else Word(key, *word[1:]) for word in split_words(text)]
    marks = [Word(QUESTION, *match.span()) for match in _QUESTION.finditer(text)] if QUESTION in text else []
    return sorted([*words, *marks], key=lambda word: word.start) if marks else words


@lru_cache(maxsize=65536)
def _fold(key: str) -> str:
    if not key.isascii():
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", key).casefold())
    key = key.casefold()
    return _GROUPING.sub("", key) if "," in key else key
