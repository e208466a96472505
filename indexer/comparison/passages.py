"""A quotation found in a text: by its words in order, and by the words beside it where they stand more than once."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from indexer.comparison.words import split_words
from indexer.results import Span

NEIGHBOURS = (4, 8, 16, 32)
"""Words beside a quotation that go with it: as few of these as tell its place from others."""

# What a page shows for a character that nobody sees (indexer/output/invisible_characters.py), should it be copied.
_SHOWN_FOR_INVISIBLE = re.compile("([\u2400-\u241f])|⟨U\\+([0-9A-F]{4,5})⟩")


class Passage(NamedTuple):
    """Words quoted from a text, and a few that stand before and after them.

    "" says that nothing stands there, since the text begins or ends with the passage; None that it is not known.
    """

    words: str
    before: str | None = None
    after: str | None = None


class QuotedText:
    """A text that quotations are looked up in. Marks and spaces count for nothing, the case of letters does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = split_words(text)
        self._joined = _join(word.key for word in self._words)
        self._starts = list(accumulate((len(word.key) + 1 for word in self._words), initial=0))

    def find(self, passage: Passage) -> list[Span]:
        """Where a passage stands, in order; none where words beside it are given and neither side has them.

        Several places where they cannot be told apart: without words beside it, or with the same ones. Takes time in
        the length of the text.
        """
        words = _keys(passage.words)
        if not words:
            return []
        sides = []
        if passage.before is not None:
            sides.append(self._positions_after(_keys(passage.before), words))
        if passage.after is not None:
            sides.append(self._positions_before(words, _keys(passage.after)))
        if not sides:
            sides.append(set(self._positions(words)))
        found = set.intersection(*sides) or set.union(*sides)
        return [self._span(at, len(words)) for at in sorted(found)]

    def cut(self, span: Span) -> Passage:
        """The passage at a span, with as many words beside it as tell its place, if any number does."""
        for count in NEIGHBOURS:
            around = self.widen(span, count)
            before, after = self.text[around.start : span.start], self.text[span.end : around.end]
            passage = Passage(*(_trim(each) for each in (self.text[span.start : span.end], before, after)))
            if len(self.find(passage)) == 1:
                break
        return passage

    def widen(self, span: Span, count: int = NEIGHBOURS[0]) -> Span:
        """A span with so many words before and after it, as far as there are any."""
        first = bisect_left(self._words, span.start, key=lambda word: word.start)
        behind = bisect_left(self._words, span.end, key=lambda word: word.end) + 1
        before, after = self._words[max(0, first - count) : first], self._words[behind : behind + count]
        return Span(before[0].start if before else span.start, after[-1].end if after else span.end)

    def _positions_after(self, before: list[str], words: list[str]) -> set[int]:
        """Where these words stand behind those; without any before, at the beginning of the text."""
        found = (at + len(before) for at in self._positions([*before, *words]))
        return set(found) if before else {at for at in found if at == 0}

    def _positions_before(self, words: list[str], after: list[str]) -> set[int]:
        found = self._positions([*words, *after])
        return set(found) if after else {at for at in found if at + len(words) == len(self._words)}

    def _positions(self, words: list[str]) -> Iterator[int]:
        """The words of the text at which a row of words begins."""
        needle = _join(words)
        at = self._joined.find(needle)
        while at >= 0:
            yield bisect_left(self._starts, at)
            at = self._joined.find(needle, at + 1)

    def _span(self, first: int, count: int) -> Span:
        return Span(self._words[first].start, self._words[first + count - 1].end)


def find_passage(text: str, passage: Passage) -> Span | None:
    """Where a passage stands in a text; None where it does not, or where several places cannot be told apart."""
    found = QuotedText(text).find(passage)
    return found[0] if len(found) == 1 else None


def _trim(text: str) -> str:
    """A text from its first word to its last, in one line."""
    words = split_words(text)
    return " ".join(text[words[0].start : words[-1].end].split()) if words else ""


def _keys(text: str) -> list[str]:
    """The words of a quotation, which may have been copied from a page."""
    text = _SHOWN_FOR_INVISIBLE.sub(lambda shown: chr(ord(shown[1]) - 0x2400 if shown[1] else int(shown[2], 16)), text)
    return [word.key for word in split_words(unicodedata.normalize("NFC", text))]


def _join(keys: Iterable[str]) -> str:
    """Words as one text in which each stands between two line ends."""
    return "\n" + "".join(f"{key}\n" for key in keys)
