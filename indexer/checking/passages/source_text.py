"""The text of a version as quotations are looked up in it: headline and body, word by word, with its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from archive.release import Release
from indexer.checking.passages.words import QUESTION, folded_words
from indexer.comparison import quotable_text
from indexer.results import Span

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SENTENCE_END = re.compile(r"[.!…][\"”’')\]]*(?:\s|$)|[.!…]+[\"”’)\]]*[“\"]?$")
_SPEECH_BEGINS = re.compile(r"[,:]\s*[“\"‘]$")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr sen rep gov gen col lt sgt capt hon rev st no inc corp co ltd jr sr vs dept jan feb mar apr jun jul "
    "aug sept sep oct nov dec u.s d.c".split()
)


class SourceText:
    """A text, its words and their folded letters; positions are numbers of words, ends excluded."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = folded_words(text)
        self.keys = [word.key for word in self.words]

    @cached_property
    def _joined(self) -> str:
        return "\n" + "".join(f"{key}\n" for key in self.keys)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(key) + 1 for key in self.keys), initial=0))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each word with its positions, in order."""
        found: dict[str, list[int]] = {}
        for at, key in enumerate(self.keys):
            found.setdefault(key, []).append(at)
        return found

    def find(self, keys: Sequence[str]) -> Iterator[int]:
        """The positions at which these words stand side by side, in order."""
        needle = "\n" + "".join(f"{key}\n" for key in keys)
        at = self._joined.find(needle) if keys else -1
        while at >= 0:
            yield bisect_left(self._starts, at)
            at = self._joined.find(needle, at + 1)

    def span(self, first: int, end: int) -> Span:
        """The offsets of the words from `first` up to `end`."""
        return Span(self.words[first].start, self.words[end - 1].end)

    def slice(self, first: int, end: int) -> str:
        """The text from the word `first` up to the word `end`, as it stands; "" for none."""
        return self.text[self.words[first].start : self.words[end - 1].end] if first < end else ""

    def gap_after(self, at: int) -> str:
        """What stands between a word and the next one, or the end of the text."""
        end = self.words[at + 1].start if at + 1 < len(self.words) else len(self.text)
        return self.text[self.words[at].end : end]

    def ends_sentence(self, at: int) -> bool:
        """Whether a sentence ends behind this word."""
        if at + 1 >= len(self.words):
            return True
        gap = self.gap_after(at)
        if gap == " ":
            return self.keys[at] == QUESTION and self._is_capital(at + 1)
        if _PARAGRAPH.search(gap):
            return True
        if _SPEECH_BEGINS.search(gap) and self._is_capital(at + 1):
            return True
        if self.keys[at] == QUESTION:
            return self._is_capital(at + 1)
        if not _SENTENCE_END.search(gap) or not (
            self._is_capital(at + 1) or self.text[self.words[at + 1].start].isdigit()
        ):
            return False
        return not self._is_abbreviation(at)

    def _is_capital(self, at: int) -> bool:
        return not self.text[self.words[at].start].islower()

    def _is_abbreviation(self, at: int) -> bool:
        raw = self.slice(at, at + 1)
        return (len(raw) == 1 and raw.isupper() and raw != "I") or self.keys[at] in _ABBREVIATIONS


def source_text(release: Release) -> SourceText:
    """The text of a release."""
    return SourceText(quotable_text(release))
