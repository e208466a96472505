"""Runs of capitalised words: the one pass over a text that finds where a name may stand.

The pass is coarse and quick: it finds *stretches*, capitals with what may stand between them. A stretch is cut into
runs and words once and remembered, as the same few thousand make up most of an archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.extract import lexicon

_UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_LETTER = r"[^\W\d_]"
_HALF = rf"-{_LETTER}{{1,24}}(?:['’]{_LETTER}{{1,12}})?"  # the second half of a double name
_PREFIX = r"(?:al-|el-|as-|ash-|ad-|an-|ar-|az-|d['’]|l['’])?"
_WORD = rf"{_PREFIX}[{_UPPER}]{_LETTER}{{0,24}}(?:['’]{_LETTER}{{1,24}})?(?:{_HALF}){{0,3}}(?!{_LETTER})"
_INITIAL = rf"[{_UPPER}]\.(?:-?[{_UPPER}]\.){{0,3}}(?!{_LETTER})"
PARTICLES = frozenset(
    "van von der den de la las del della di da das dos du bin ibn bint binti al el ter ten af zu zur le lo san "
    "y".split()
)
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")"
_NICKNAME = rf"[\"“(‘'][{_UPPER}][\w .'’]{{1,20}}[\"”)’']"
_SUFFIX = r"(?:Jr\b\.?|Sr\b\.?|III\b|II\b|IV\b)"

# It begins with the capital itself, which is looked for quickly; what may not stand before it is asked after.
# A full stop ends a stretch, but for short words that may be shortened ones ("Sen.", "U.S.").
_TOKEN = rf"[{_UPPER}](?:[\w'’-]{{0,6}}+\.[\w.-]*+|[\w'’-]*+)"
_SMALL = r"(?:a[lf]|b(?:in(?:ti?)?)|d(?:e(?:lla|[nrl])?|[aiou]s?)|el|ibn|l[aeo]s?|san|te[rn]|v[ao]n|y|zur?)"
_SMALL_PREFIX = r"(?:a(?:[ldnrz]|sh?)-|el-|[dl]['’])"
_NEXT = (
    rf"(?:{_TOKEN}|(?:{_SMALL} {{1,9}}+){{1,3}}{_SMALL_PREFIX}?{_TOKEN}|{_SMALL_PREFIX}{_TOKEN}"
    rf"|{_NICKNAME} {{1,9}}{_TOKEN})"
)
_STRETCH = re.compile(
    rf"[{_UPPER}](?<![\w@#/’'.].)(?:(?<!-.)|(?<=\b[ae]l-.)|(?<=\ba[sdnrz]-.)){_TOKEN.removeprefix(f'[{_UPPER}]')}"
    rf"(?: {{1,9}}+{_NEXT}){{0,23}}(?:,? {{1,9}}{_SUFFIX})?"
)
_REMEMBERED = 1 << 14


class Token(NamedTuple):
    """One word of a run."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """Capitalised words that stand together; a possessive ends a run: `Obama's Budget Office` is two."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)

    @property
    def tokens(self) -> list[Token]:
        """The words of the run; a possessive ending is not part of them."""
        return tokens_of(self.text, self.start)


@lexicon.remembered
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns of a run and of the words in one."""
    words = [*lexicon.lines("titles"), *lexicon.table("plural_titles")]
    dotted = {word for word in words if word.endswith(".")} | {"St.", "Ft.", "Mt.", "Jr.", "Sr."}
    shortened = "|".join(re.escape(word) for word in sorted(dotted, key=len, reverse=True))
    token = rf"(?:{shortened}|{_INITIAL}|{_WORD})"
    follows = rf"(?<!['’]s) {{1,9}}(?:{_PARTICLE} {{1,9}}){{0,3}}(?:{_NICKNAME} {{1,9}})?{token}"
    run = rf"(?<![\w@#/’'.-]){token}(?:{follows}){{0,11}}(?:,? {{1,9}}{_SUFFIX})?"
    return re.compile(run), re.compile(rf"{_NICKNAME}|{_SUFFIX}(?=$)|{token}|[^\s,]+")


def find_stretches(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, str]]:
    """Where capitals stand, coarsely: the place and the words; `text` has spaces for its tabs and line breaks."""
    for match in _STRETCH.finditer(text, start, len(text) if stop is None else stop):
        at = match.start()
        if at and text[at - 1] == "-":  # "al-Nadeem"
            yield at - 3, text[at - 3 : match.end()]
        else:
            yield at, match[0]


@lexicon.remembered_most(_REMEMBERED)
def runs_in(stretch: str) -> tuple[Run, ...]:
    """The runs of a stretch, counted from its start."""
    return tuple(Run(match.start(), match[0]) for match in _patterns()[0].finditer(stretch))


def find_runs(text: str, start: int = 0, stop: int | None = None) -> Iterator[Run]:
    """The runs of a text, in order."""
    for at, stretch in find_stretches(text, start, stop):
        for run in runs_in(stretch):
            yield Run(at + run.start, run.text)


def tokens_of(text: str, start: int = 0) -> list[Token]:
    """The words of a run that begins at `start`; a possessive ending is not part of them."""
    found = []
    for match in _patterns()[1].finditer(text):
        word, at = bare(match[0]), start + match.start()
        found.append(Token(word, at, at + len(word)))
    return found


def bare(word: str) -> str:
    """A word without a possessive ending."""
    return word[:-2] if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’" else word
