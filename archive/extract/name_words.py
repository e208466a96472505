"""Which words of a run are titles and places before a name, and which are the name."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.names import (
    is_acronym,
    is_given,
    is_initial,
    is_plain_given,
    is_suffix,
    word_classes,
)
from archive.extract.runs import PARTICLES, Token

# The word after one of these belongs to the same place: "San Jose", "Fort Wayne", "New Hope".
_DRAG = frozenset(
    "San Santa Santo Sao St. Saint Fort Ft. Mount Mt. Lake Port El Los Las La Cape Camp Point Rio "
    "Hurricane Operation Task Exercise Project".split()
)
_SIDES = frozenset("North South East West Upper Lower Great Old New Middle Central".split())
_QUOTES = "\"“('‘"
_TRADE = re.compile(r"(?:eer|er|or|ist|man|woman|wright|ess|ora)$")


def skip_common(tokens: list[Token]) -> int:
    """How many words at the head of a run only begin its sentence: "Meanwhile President Obama"."""
    at = 0
    while at < len(tokens) and _begins_sentence(tokens[at].text, _text(tokens, at + 1)):
        at += 1
    return at


def _text(tokens: list[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _begins_sentence(word: str, following: str) -> bool:
    classes = word_classes()
    if classes.get(word) not in ("common", "months") and word not in PARTICLES:
        return False
    if word in _SIDES and classes.get(following) == "places":
        return False  # "New Jersey Governor Jon Corzine"
    return not (is_given(word) and following and following not in classes)  # "April Ryan"


def peel(tokens: list[Token], at: int, inherits: bool) -> int:
    """Where the name begins: after titles, organisations, places and abbreviations.

    `inherits` says that an office whose name goes on here stands before the run: "Secretary of" State X.
    """
    while at < len(tokens) and _is_before_name(tokens, at, inherits):
        at += 2 if _drags(tokens[at].text, _text(tokens, at + 1)) else 1
    return min(at, len(tokens))


def _drags(word: str, following: str) -> bool:
    """Whether the next word belongs to the same place: "San Jose", "East Timor", but not "Middle East Tobias"."""
    return bool(following) and (word in _DRAG or (word in _SIDES and not is_plain_given(following)))


def _is_before_name(tokens: list[Token], at: int, inherits: bool) -> bool:
    word, following, more = tokens[at].text, _text(tokens, at + 1), at + 2 < len(tokens)
    kind = word_classes().get(word)
    if is_given(word) and following and not (inherits and kind == "places" and more):
        return kind is not None and not _is_given_before(kind, following)
    if kind is None and more and is_plain_given(following) and not is_given(word):
        # "Auctioneer Dunstan Pike", and "Secretary for the Western" Hemisphere Tom Shannon
        return inherits or bool(_TRADE.search(word)) or _is_no_name_word(word)
    return kind is not None or _is_no_name_word(word)


def _is_given_before(kind: str, following: str) -> bool:
    """Whether a given name that is also a place or a title is a name here.

    "Virginia Foxx" is one and "Virginia Beach" is none; "Dean Holloway" is one and "Dean John Smith" has a title.
    """
    if following in lexicon.words("surnames_that_are_words") or is_initial(following):
        return True
    return following not in word_classes() and not (kind == "titles" and is_plain_given(following))


def _is_no_name_word(word: str) -> bool:
    if word in _DRAG or word in _SIDES or word in PARTICLES or word[0].isdigit():
        return True
    return is_acronym(word) and not is_initial(word)


def name_tokens(tokens: list[Token], at: int) -> list[Token]:
    """The words from `at` on that can all be of one name."""
    name: list[Token] = []
    for token in tokens[at:]:
        if not _may_follow(token.text, name):
            break
        name.append(token)
    while name and _cannot_end(name[-1].text):
        name.pop()
    return name if any(not is_initial(token.text) for token in name) else []


def _cannot_end(word: str) -> bool:
    return word in PARTICLES or word[0] in _QUOTES or is_initial(word)


def _may_follow(word: str, name: list[Token]) -> bool:
    if name and is_suffix(name[-1].text):
        return False  # "... Bobby Lee Jr. Lee was charged"
    if is_initial(word):
        return True
    if word in PARTICLES or is_suffix(word) or word[0] in _QUOTES:
        return bool(name)
    if is_acronym(word):
        return bool(name) and name[-1].text in PARTICLES
    if word in word_classes():
        return _may_be_name(word, name)
    return not word[0].islower() or not word.isalpha()  # "al-Nadeem" and "d'Estaing" begin small


def _may_be_name(word: str, name: list[Token]) -> bool:
    """Whether a word of the lists can be part of a name here: "van der Hall", "Anita Hill", "Paul Jordan Smith"."""
    if name and (name[-1].text in PARTICLES or word in lexicon.words("surnames_that_are_words")):
        return True
    return is_given(word) and (not name or word_classes()[word] != "titles")


def followed_by_organisation(tokens: list[Token], after: int, titled: bool) -> bool:
    """Whether the run goes on as the name of something: "Ryan White Program"."""
    if after >= len(tokens):
        return False
    kind = word_classes().get(tokens[after].text)
    if kind == "organisations" or is_acronym(tokens[after].text):
        return True
    return kind in ("common", "places") and not titled
