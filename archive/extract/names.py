"""Runs of capitalised words: where a name may stand, and what each of its words can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from archive.extract import lexicon

_UPPER = "".join(chr(code) for code in (*range(0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_LETTER = r"[^\W\d_]"
_PREFIX = r"(?:al-|el-|as-|ash-|ad-|an-|ar-|az-|d['’]|l['’])?"
_HALF = rf"-{_LETTER}{{1,24}}(?:['’]{_LETTER}{{1,12}})?"  # the second half of a double name
_WORD = rf"{_PREFIX}[{_UPPER}]{_LETTER}{{0,24}}(?:['’]{_LETTER}{{1,24}})?(?:{_HALF}){{0,3}}(?!{_LETTER})"
_INITIAL = rf"[{_UPPER}]\.(?:-?[{_UPPER}]\.){{0,3}}(?!{_LETTER})"
PARTICLES = frozenset(
    "van von der den de la las del della di da das dos du bin ibn bint binti al el ter ten af zu zur le lo san "
    "y".split()
)
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")"
_GAP = "[ \u00a0\t]{1,9}"
_NICKNAME = rf"[\"“(‘'][{_UPPER}][\w .'’]{{1,20}}[\"”)’']"
_SUFFIX = r"(?:Jr\b\.?|Sr\b\.?|III\b|II\b|IV\b)"


def _abbreviations() -> str:
    words = [*lexicon.lines("titles"), *lexicon.table("plural_titles")]
    dotted = sorted(
        {word for word in words if word.endswith(".")} | {"St.", "Ft.", "Mt.", "Jr.", "Sr."}, key=len, reverse=True
    )
    return "(?:" + "|".join(re.escape(word) for word in dotted) + ")"


_TOKEN = rf"(?:{_abbreviations()}|{_INITIAL}|{_WORD})"
_RUN = re.compile(
    rf"(?<![\w@#/’'.-]){_TOKEN}(?:{_GAP}(?:{_PARTICLE}{_GAP}){{0,3}}(?:{_NICKNAME}{_GAP})?{_TOKEN}){{0,11}}(?:,?{_GAP}{_SUFFIX})?"
)
_TOKENS = re.compile(rf"{_NICKNAME}|{_SUFFIX}(?=$)|{_TOKEN}|[^\s,]+")
# The words of releases repeat: what one can be is worked out once, and no more are remembered than these.
_REMEMBERED = 1 << 15


class Token(NamedTuple):
    """One word of a run."""

    text: str
    start: int
    end: int


class Run(NamedTuple):
    """Capitalised words that stand together."""

    start: int
    end: int
    text: str

    @property
    def tokens(self) -> list[Token]:
        """The words of the run; a possessive ending is not part of them."""
        found = []
        for match in _TOKENS.finditer(self.text):
            text, start = bare(match[0]), self.start + match.start()
            found.append(Token(text, start, start + len(text)))
        return found


def bare(word: str) -> str:
    """A word without a possessive ending."""
    return word[:-2] if word[-1] in "sS" and len(word) > 2 and word[-2] in "'’" else word


def find_runs(text: str, start: int = 0, stop: int | None = None) -> Iterator[Run]:
    """The runs of a text, cut after a possessive: `Obama's Budget Office` is two."""
    for match in _RUN.finditer(text, start, len(text) if stop is None else stop):
        words = match[0]
        if "'s " not in words and "’s " not in words:
            yield Run(match.start(), match.end(), words)
            continue
        at = match.start()
        for piece in re.split(r"(?<=['’]s) ", words):
            yield Run(at, at + len(piece), piece)
            at += len(piece) + 1


@cache
def word_classes() -> dict[str, str]:
    """What a capitalised word can be besides a name: common, organisation, place, month, title."""
    classes: dict[str, str] = {}
    given = lexicon.words("first_names")
    for name in ("common", "organisations", "months", "titles"):
        for word in lexicon.single_words(name):
            classes[word] = name
    for word in lexicon.table("plural_titles"):
        classes[word] = "titles"
    whole = lexicon.words("places")
    for word in lexicon.single_words("places") | lexicon.words("regions"):
        if word in whole or word not in given:
            classes.setdefault(word, "places")
    return classes


@lru_cache(_REMEMBERED)
def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals like NATO or U.S., and is no initial and no suffix."""
    letters = word.replace(".", "")
    if word.count(".") > 1 and letters in ("US", "UN", "UK", "DC", "EU"):
        return True
    if _GLUED.match(word) or word.endswith(("-based", "-area", "-born", "-led", "-style", "-era", "-owned")):
        return True  # no acronym, but as little a name: "WASHINGTONWayne", "Denmark-based"
    return "." not in word and len(letters) > 1 and letters.isupper() and letters not in ("II", "III", "IV", "JR", "SR")


@lru_cache(_REMEMBERED)
def is_initial(word: str) -> bool:
    """Whether a word is one initial or several: `J.`, `J.G.`, a bare `J`."""
    return len(word) == 1 or (
        word.endswith(".")
        and len(word) <= 8
        and len(word.replace(".", "").replace("-", "")) * 2 >= len(word) - 2
        and word.replace(".", "").replace("-", "").isupper()
    )


@lru_cache(_REMEMBERED)
def is_suffix(word: str) -> bool:
    """Whether a word is `Jr.`, `III` and the like."""
    return word.rstrip(".") in ("Jr", "Sr", "II", "III", "IV")


@lru_cache(_REMEMBERED)
def is_given(word: str) -> bool:
    """Whether a word is a given name we know; a double one counts by its first half."""
    given = lexicon.words("first_names")
    return word in given or ("-" in word and word.split("-")[0] in given)


@lru_cache(_REMEMBERED)
def is_plain_given(word: str) -> bool:
    """Whether a word is a given name and hardly anything else."""
    return is_given(word) and word not in lexicon.words("names_that_are_words")


_GLUED = re.compile(r"[A-Z]{5,}[a-z]")


@dataclass(frozen=True, slots=True)
class LineName:
    """A name found at the head of a line, after ranks."""

    span: tuple[int, int]


def name_in_line(line: str) -> LineName | None:
    """The name that a byline opens with: `Staff Sgt. Ann Lee, 86th Airlift Wing` -> the place of `Ann Lee`."""
    ranks = _RANKS_IN_FIGURES.match(line)
    run = next(find_runs(line[:160], ranks.end() if ranks else 0), None)
    if not run or line[ranks.end() if ranks else 0 : run.start].strip(" ,"):
        return None
    tokens = run.tokens
    classes = word_classes()
    first = 0
    while first < len(tokens) and _is_rank(tokens, first):
        first += 1
    last = first
    while last < len(tokens) and (
        tokens[last].text not in classes or is_given(tokens[last].text) or _may_end(tokens, first, last)
    ):
        last += 1
    words = [token.text for token in tokens[first:last]]
    if not 2 <= len(words) <= 6 or any(is_acronym(word) for word in words if not is_initial(word)):
        return None
    # "By Air Force News Service": what follows the name must not go on as an organisation does.
    if last < len(tokens) and classes.get(tokens[last].text) == "organisations":
        return None
    return LineName((tokens[first].start, tokens[last - 1].end))


_RANKS_IN_FIGURES = re.compile(
    r"(?:[A-Z][\w.]{1,20}\s){0,3}[1-9](?:st|nd|rd|th)\s(?:Class|Lt\.|Lieutenant|Sgt\.|Sergeant)(?=\s)"
)


def _is_rank(tokens: list[Token], at: int) -> bool:
    word = tokens[at].text
    ranks = word_classes().get(word) == "titles" or word in ("Class", "First", "Second", "Third") or (word[0].isdigit())
    return ranks and not (is_given(word) and at + 2 == len(tokens))


def _may_end(tokens: list[Token], first: int, last: int) -> bool:
    return last > first and tokens[last].text in lexicon.words("surnames_that_are_words")


def looks_like_name(value: str) -> bool:
    """Whether a stated author is a person's name: `Jim Garamone`, not `devon.suits`."""
    text = " ".join(value.split())
    found = name_in_line(text)
    if not found or len(text) > 120:
        return False
    rest = text[found.span[1] :].strip()
    return not rest or rest[0] in ",;|/("
