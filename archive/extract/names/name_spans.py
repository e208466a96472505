"""Classes of capitalised words (given name, initial, title, place), and the name that a line opens with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.apostrophes import even_apostrophes, fold_apostrophes
from archive.extract import lexicon
from archive.extract.names.capitalised_spans import PARTICLES, SUFFIXES, Token, find_capitalised_spans

# The words of releases repeat, so their classes are cached.
_CACHE_SIZE = 1 << 15


@lexicon.cached
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


@lexicon.lru_cached(_CACHE_SIZE)
def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals like NATO or U.S., and is no initial and no suffix."""
    letters = word.replace(".", "")
    if word.count(".") > 1 and letters in ("US", "UN", "UK", "DC", "EU"):
        return True
    if (
        _GLUED.match(word)
        or _HYPHENED_ACRONYM.search(word)
        or word.endswith(("-based", "-area", "-born", "-led", "-style", "-era", "-owned"))
    ):
        return True  # no acronym, but as little a name: "WASHINGTONWayne", "Denmark-based"
    return "." not in word and len(letters) > 1 and letters.isupper() and letters not in ("II", "III", "IV", "JR", "SR")


@lexicon.lru_cached(_CACHE_SIZE)
def is_initial(word: str) -> bool:
    """Whether a word is one initial or several: `J.`, `J.G.`, a bare `J`."""
    return len(word) == 1 or (
        word.endswith(".")
        and len(word) <= 8
        and len(word.replace(".", "").replace("-", "")) * 2 >= len(word) - 2
        and word.replace(".", "").replace("-", "").isupper()
    )


@lexicon.lru_cached(_CACHE_SIZE)
def is_suffix(word: str) -> bool:
    """Whether a word is `Jr.`, `III` and the like."""
    return word.rstrip(".") in SUFFIXES


@lexicon.lru_cached(_CACHE_SIZE)
def fold_name(word: str) -> str:
    """A word of a name for comparison."""
    return fold_apostrophes(word).rstrip(".").casefold()


@lexicon.lru_cached(_CACHE_SIZE)
def surname_of(words: tuple[str, ...]) -> str:
    """The last word of a name that is no suffix, for comparison."""
    return fold_name(next((word for word in reversed(words) if not is_suffix(word)), ""))


@lexicon.lru_cached(_CACHE_SIZE)
def is_given_name(word: str) -> bool:
    """Whether a word is a given name we know; a double one counts by its first half."""
    given = lexicon.words("first_names")
    return word in given or ("-" in word and word.split("-")[0] in given)


@lexicon.lru_cached(_CACHE_SIZE)
def is_only_given_name(word: str) -> bool:
    """Whether a word is a given name and hardly anything else."""
    return is_given_name(word) and word not in lexicon.words("names_that_are_words")


_HYPHENED_ACRONYM = re.compile(r"[a-z]-[A-Z]{2,}$")
_GLUED = re.compile(r"[A-Z]{5,}[a-z]")


@dataclass(frozen=True, slots=True)
class LineName:
    """A name found at the head of a line, after ranks."""

    span: tuple[int, int]


def name_in_line(line: str) -> LineName | None:
    """The name that a byline opens with: `Staff Sgt. Ann Lee, 86th Airlift Wing` -> the place of `Ann Lee`."""
    ranks = _RANKS_IN_FIGURES.match(line)
    span = next(find_capitalised_spans(even_apostrophes(line[:160]), ranks.end() if ranks else 0), None)
    if not span or line[ranks.end() if ranks else 0 : span.start].strip(" ,"):
        return None
    tokens = span.tokens
    classes = word_classes()
    first = 0
    while first < len(tokens) and _is_rank(tokens, first):
        first += 1
    last = first
    while last < len(tokens) and (
        tokens[last].text not in classes or is_given_name(tokens[last].text) or _may_be_surname(tokens, first, last)
    ):
        last += 1
    words = [token.text for token in tokens[first:last]]
    if len(words) < 2 or sum(word not in PARTICLES for word in words) > 6 or any(map(_is_abbreviation, words[1:])):
        return None
    if _is_abbreviation(words[0]) and not _BARE_INITIALS.fullmatch(words[0]):
        return None
    # "By Air Force News Service": what follows the name must not go on as an organisation does.
    if last < len(tokens) and classes.get(tokens[last].text) == "organisations":
        return None
    return LineName((tokens[first].start, tokens[last - 1].end))


_BARE_INITIALS = re.compile(r"(?!(?:US|UN|UK|EU|DC|AF|AP|TV|PR)$)[A-Z]{2}")
"""Two initials without their full stops, as in "EJ Hale": only a byline is sure enough of them."""


def _is_abbreviation(word: str) -> bool:
    return is_acronym(word) and not is_initial(word)


_RANKS_IN_FIGURES = re.compile(
    r"(?:[A-Z][\w.]{1,20}\s){0,3}[1-9](?:st|nd|rd|th)\s(?:Class|Lt\.|Lieutenant|Sgt\.|Sergeant)(?=\s)"
)


_PARTS_OF_RANKS = frozenset("Class First Second Third Senior U.S.".split())


def _is_rank(tokens: list[Token], at: int) -> bool:
    word = tokens[at].text
    ranks = word_classes().get(word) == "titles" or word in _PARTS_OF_RANKS or (word[0].isdigit())
    return ranks and not (is_given_name(word) and at + 2 == len(tokens))


def _may_be_surname(tokens: list[Token], first: int, last: int) -> bool:
    return last > first and tokens[last].text in lexicon.words("surnames_that_are_words")


def looks_like_name(value: str) -> bool:
    """Whether a stated author is a person's name: `Jim Garamone`, not `devon.suits`."""
    text = " ".join(value.split())
    found = name_in_line(text)
    if not found or len(text) > 120:
        return False
    rest = text[found.span[1] :].strip()
    return not rest or rest[0] in ",;|/("
