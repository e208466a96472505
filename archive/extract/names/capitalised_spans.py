"""Finds candidate spans (capitalised words with what may stand between them) in one pass over a text.

The pass is coarse and fast. Most candidate spans are split at their spaces, each part looked up as a word; the exact
patterns here split the others into capitalised spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.extract import lexicon

UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
"""The capital letters of European scripts, for a character class."""

NICKNAME = rf"[\"“(‘'][{UPPER}][\w .'’]{{1,20}}[\"”)’']"
_SHORTENED_SUFFIXES, _NUMERALS = ("Jr", "Sr"), ("III", "II", "IV")
SUFFIXES = frozenset((*_SHORTENED_SUFFIXES, *_NUMERALS))
SUFFIX = rf"(?:(?:{'|'.join(_SHORTENED_SUFFIXES)})\b\.?|(?:{'|'.join(_NUMERALS)})\b)"
_LETTER = r"[^\W\d_]"
_HYPHENATED = rf"-{_LETTER}{{1,24}}(?:['’]{_LETTER}{{1,12}})?"  # the second half of a double name
_PREFIX = r"(?:al-|el-|as-|ash-|ad-|an-|ar-|az-|d['’]|l['’])?"
_WORD = rf"{_PREFIX}[{UPPER}]{_LETTER}{{0,24}}(?:['’]{_LETTER}{{1,24}})?(?:{_HYPHENATED}){{0,3}}(?!{_LETTER})"
_INITIAL = rf"[{UPPER}]\.(?:-?[{UPPER}]\.){{0,3}}(?!{_LETTER})"
PARTICLES = frozenset(
    "van von der den de la las los del della di da das do dos du bin ibn bint binti al el ter ten af zu zur le lo san "
    "y".split()
)
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")"

# It begins with the capital, which is found fast; the lookbehind for what may not precede it comes after.
# A full stop ends a span, but for short words that may be shortened ones ("Sen.", "U.S.").
_COARSE_WORD = rf"[{UPPER}](?:[\w'’-]{{0,6}}+\.[\w.-]*+|[\w'’-]*+)"
_COARSE_PREFIX = r"(?:a(?:[ldnrz]|sh?)-|el-|[dl]['’])"
_COARSE_NEXT = (
    rf"(?:{_COARSE_WORD}|(?:{_PARTICLE} {{1,9}}+){{1,3}}{_COARSE_PREFIX}?{_COARSE_WORD}|{_COARSE_PREFIX}{_COARSE_WORD}"
    rf"|{NICKNAME} {{1,9}}{_COARSE_WORD})"
)
_CANDIDATE_SPAN = re.compile(
    rf"[{UPPER}](?<![\w@#/’'.].)(?:(?<!-.)|(?<=\b[ae]l-.)|(?<=\ba[sdnrz]-.))"
    rf"{_COARSE_WORD.removeprefix(f'[{UPPER}]')}(?: {{1,9}}+{_COARSE_NEXT}){{0,23}}(?:,? {{1,9}}{SUFFIX})?"
)


class Token(NamedTuple):
    """One word of a capitalised span, and its offset."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class CapitalisedSpan(NamedTuple):
    """Capitalised words side by side; a possessive ends a span: `Obama's Budget Office` is two."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)

    @property
    def tokens(self) -> list[Token]:
        """The words of the span, without possessive endings."""
        found = (
            Token(strip_possessive(match[0]), self.start + match.start())
            for match in _exact_patterns().words.finditer(self.text)
        )
        return list(found)


class _Patterns(NamedTuple):
    """The patterns of a capitalised span, of the words in one, and of a single word."""

    run: re.Pattern[str]
    words: re.Pattern[str]
    token: re.Pattern[str]


@lexicon.cached
def _exact_patterns() -> _Patterns:
    titles = [*lexicon.lines("titles"), *lexicon.table("plural_titles")]
    dotted = {word for word in titles if word.endswith(".")} | {"St.", "Ft.", "Mt.", "Jr.", "Sr."}
    shortened = "|".join(re.escape(word) for word in sorted(dotted, key=len, reverse=True))
    token = rf"(?:{shortened}|{_INITIAL}|{_WORD})"
    follows = rf"(?<!['’]s) {{1,9}}(?:{_PARTICLE} {{1,9}}){{0,3}}(?:{NICKNAME} {{1,9}})?{token}"
    span = rf"(?<![\w@#/’'.-]){token}(?:{follows}){{0,11}}(?:,? {{1,9}}{SUFFIX})?"
    words = rf"{NICKNAME}|{SUFFIX}(?=$)|{token}|[^\s,]+"
    return _Patterns(re.compile(span), re.compile(words), re.compile(token))


def match_token(text: str) -> str:
    """The word of a span that `text` begins with, its possessive ending included; "" for none."""
    match = _exact_patterns().token.match(text)
    return match[0] if match else ""


def find_candidate_spans(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """The offset and text of each candidate span, in a text with blanks for tabs and line ends.

    What stands before `start` is seen.
    """
    return ((match.start(), match[0]) for match in _CANDIDATE_SPAN.finditer(text, start))


def split_candidate_span(span: str) -> list[CapitalisedSpan]:
    """The capitalised spans in a candidate span, with offsets from its start."""
    return [CapitalisedSpan(match.start(), match[0]) for match in _exact_patterns().run.finditer(span)]


def find_capitalised_spans(text: str, start: int = 0) -> Iterator[CapitalisedSpan]:
    """The capitalised spans of a text, in order."""
    for at, span in find_candidate_spans(text, start):
        for run in split_candidate_span(span):
            yield CapitalisedSpan(at + run.start, run.text)


def strip_possessive(word: str) -> str:
    """A word without a possessive ending."""
    return word[:-2] if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’" else word
