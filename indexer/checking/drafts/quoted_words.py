"""The words of a quotation in a draft, and what its writer shows in it: brackets, and ellipses between pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.checking.passages import folded_words
from indexer.comparison import Word

MAX_WORDS = 1000
"""Words up to which a quotation is compared."""

_DOTS = r"(?:…|\.(?:[ \u00a0]?\.){2,3})"
_ELLIPSIS = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}|(?<!\S)\*(?:\s?\*){{2}}(?!\S)")
_BRACKET = re.compile(r"\[([^\[\]]{0,300})\]")


@dataclass(frozen=True, slots=True)
class QuotedWord:
    """A word of a quotation, with offsets in it.

    `bracketed` says that the writer put it in; `stem` is what stands outside a bracket within the word, "" for none
    such.
    """

    key: str
    start: int
    end: int
    bracketed: bool = False
    stem: str = ""


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The words of a quotation's text; `breaks` are the numbers of words before which an ellipsis stands."""

    text: str
    words: tuple[QuotedWord, ...]
    breaks: tuple[int, ...] = ()
    keys: list[str] = field(default_factory=list)

    @property
    def has_brackets(self) -> bool:
        """Whether the writer put in or replaced something."""
        return any(word.bracketed or word.stem for word in self.words)

    def pieces(self) -> list[tuple[int, int]]:
        """The words between ellipses, from and up to."""
        edges = [0, *self.breaks, len(self.words)]
        return [(one, end) for one, end in pairwise(edges) if one < end]

    def solid_runs(self) -> list[tuple[int, int]]:
        """The longest runs of words without a bracket or an ellipsis between them."""
        runs = []
        for first, end in self.pieces():
            start = first
            for at in range(first, end + 1):
                if at == end or self.words[at].bracketed or self.words[at].stem:
                    if start < at:
                        runs.append((start, at))
                    start = at + 1
        return runs

    def part(self, first: int, end: int) -> QuotedWords:
        """The words of a piece, as a quotation of their own."""
        words = self.words[first:end]
        return QuotedWords(
            self.slice(first, end), tuple(_moved(each, words[0].start) for each in words), (), self.keys[first:end]
        )

    def slice(self, first: int, end: int) -> str:
        """The text from one word up to another."""
        return self.text[self.words[first].start : self.words[end - 1].end] if first < end else ""


def _moved(word: QuotedWord, start: int) -> QuotedWord:
    return replace(word, start=word.start - start, end=word.end - start)


def read_quoted_words(text: str) -> QuotedWords:
    """The words of a quotation, given without its marks."""
    blank, ellipses = _take_out_ellipses(text)
    plain, inside, offsets = _take_out_brackets(blank)
    words = [_read_word(word, plain, inside, offsets) for word in folded_words(plain)[:MAX_WORDS]]
    breaks = []
    for at in ellipses:
        number = sum(word.start < at for word in words)
        if 0 < number < len(words):
            breaks.append(number)
    return QuotedWords(text, tuple(words), tuple(dict.fromkeys(breaks)), [word.key for word in words])


def _take_out_ellipses(text: str) -> tuple[str, list[int]]:
    """The text with a space for each character of an ellipsis, and where they stood."""
    found = [match.start() for match in _ELLIPSIS.finditer(text)]
    return _ELLIPSIS.sub(lambda match: " " * len(match[0]), text), found


def _take_out_brackets(text: str) -> tuple[str, set[int], list[int]]:
    """The text without square brackets, the offsets in it that stood in one, and the offset of each in `text`.

    A bracket beside a letter is part of its word; any other leaves a space.
    """
    characters: list[str] = []
    inside: set[int] = set()
    offsets: list[int] = []
    at = 0
    for match in _BRACKET.finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        keep = [(text[k], k) for k in range(at, match.start())]
        keep += [] if before.isalnum() and match[1].strip() == match[1] else [(" ", match.start())]
        for character, k in keep:
            characters.append(character)
            offsets.append(k)
        for k in range(match.start() + 1, match.end() - 1):
            inside.add(len(characters))
            characters.append(text[k])
            offsets.append(k)
        if not (after.isalnum() and match[1].strip() == match[1]):
            characters.append(" ")
            offsets.append(match.end() - 1)
        at = match.end()
    for k in range(at, len(text)):
        characters.append(text[k])
        offsets.append(k)
    return "".join(characters), inside, offsets


def _read_word(word: Word, plain: str, inside: set[int], offsets: list[int]) -> QuotedWord:
    within = [k for k in range(word.start, word.end) if k in inside] if inside else []
    start, end = offsets[word.start], offsets[word.end - 1] + 1
    if not within:
        return QuotedWord(word.key, start, end)
    if len(within) == word.end - word.start:
        return QuotedWord(word.key, start, end, bracketed=True)
    stem = "".join(plain[k] for k in range(word.start, word.end) if k not in inside).casefold()
    return QuotedWord(word.key, start, end, stem=stem)
