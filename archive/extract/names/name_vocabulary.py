"""Classifies the words of capitalised spans by lists and spelling, cached, since the words of releases repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.names.capitalised_spans import PARTICLES, match_token, split_candidate_span, strip_possessive
from archive.extract.names.name_spans import (
    fold_name,
    is_acronym,
    is_given_name,
    is_initial,
    is_only_given_name,
    is_suffix,
    word_classes,
)

# The word after one of these belongs to the same place: "San Jose", "Fort Wayne", "New Hope".
_PLACE_PREFIXES = frozenset(
    "San Santa Santo Sao St. Saint Fort Ft. Mount Mt. Lake Port El Los Las La Cape Camp Point Rio "
    "Hurricane Superstorm Typhoon Cyclone Operation Task Exercise Project".split()
)
POST_NOMINALS = frozenset("QC KC MP MEP MSP MLA OBE CBE MBE KBE DBE CMG KCMG GCMG KCB CVO FRS".split())
"""Letters after a name that stand for an office or an honour."""

_DIRECTIONS = frozenset("North South East West Upper Lower Great Old New Middle Central".split())
_CHARGES = frozenset(("Staff", "Charge"))
_SUFFIXES = frozenset(("Jr", "Sr"))
_QUOTES = "\"“('‘"
_TRADES = ("er", "or", "ist", "man", "wright", "ess", "ora")
_CALLINGS = ("rs", "ls", "ts", "ns", "an", "-Charge")
_LOST_APOSTROPHE = re.compile(r"[A-Z][a-z]+[A-Z][a-z]*[^aeious\W]s")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
_SYLLABLE = re.compile(r"[A-Z][^aeiouy\W]{0,2}[aeiouy]{1,3}[^aeiouy\W]{0,2}|[AEIOUY][a-z]{1,2}")
_MAX_SYLLABLE_CHARS = 8
_ONE_INITIAL = re.compile(r"[A-Z]\.")
_CACHE_SIZE = 1 << 16


class ListedClasses(NamedTuple):
    """The classes of a word by the lists. `kind` is "" or one of common, organisations, places, months, titles."""

    kind: str = ""
    given: bool = False
    only_given: bool = False  # a given name and hardly anything else
    surname: bool = False  # a surname although it is a word
    place_prefix: bool = False
    direction: bool = False
    charge: bool = False  # goes on as an office, but is none: "Chief of" Staff, "in" Charge
    plural: bool = False  # a title before more than one name
    before_surnames: bool = False
    comes_first: bool = False  # a surname that stands before the given names
    eponym: bool = False  # begins the name of a thing that is called after somebody


class SpellingClasses(NamedTuple):
    """The classes of a word by its spelling."""

    trade: bool = False  # may be a calling that no list has: "Auctioneer"
    calling: bool = False  # may say what people are: "Raider", "Codefendants", "Samaritan", "(SAC)"
    syllable: bool = False
    two_syllables: bool = False  # as such given names are: "Jae-in"
    initial: bool = False
    one_initial: bool = False
    suffix: bool = False
    acronym: bool = False
    particle: bool = False
    quoted: bool = False  # a nickname in quotation marks
    small: bool = False  # begins with a small letter and is no "al-Nadeem"
    figure: bool = False
    saint: bool = False
    lost_apostrophe: bool = False  # "DuPonts"


@dataclass(frozen=True, slots=True, eq=False)
class WordShape:
    """The classes of a word.

    Words of the same classes share one shape, some hundred in all: a span is parsed once for the shapes of its words,
    whatever the words.
    """

    kind: str
    given: bool
    only_given: bool
    surname: bool
    place_prefix: bool
    direction: bool
    charge: bool
    plural: bool
    before_surnames: bool
    comes_first: bool
    eponym: bool
    trade: bool
    calling: bool
    syllable: bool
    two_syllables: bool
    initial: bool
    one_initial: bool
    suffix: bool
    acronym: bool
    particle: bool
    quoted: bool
    small: bool
    figure: bool
    saint: bool
    lost_apostrophe: bool

    @property
    def is_never_name(self) -> bool:
        """Whether it may stand before a name, but is never part of one."""
        return (
            self.place_prefix or self.direction or self.particle or self.figure or (self.acronym and not self.initial)
        )

    @property
    def may_be_name(self) -> bool:
        """Whether it can be a given name or a surname."""
        return self.given or self.surname or not (self.kind or self.is_never_name or self.small)


@lexicon.cached
def _shape(listed: ListedClasses, spelt: SpellingClasses) -> WordShape:
    return WordShape(*listed, *spelt)


class Word(NamedTuple):
    """A word, without a possessive ending, and its shape."""

    text: str
    may_be_followed: bool  # a span may continue after it: not after "Smith's", nor after "House."
    small: bool  # no span begins with it
    shape: WordShape
    surname_key: str | None  # standing alone: the key to compare it as a surname, "" where it is none, None for a title


word_cache: dict[str, Word | None] = lexicon.register_cache({})
"""Words by their text, as looked up before."""


def look_up_word(text: str) -> Word | None:
    """Look up the word that a part of a span begins with; None where it begins with none, such as "B10"."""
    return lexicon.put_in_cache(word_cache, _CACHE_SIZE, text, _parse_word(text))


def _parse_word(text: str) -> Word | None:
    if text.rstrip(".") in POST_NOMINALS:
        return None  # a name ends before it
    if text.isalpha() and len(text) <= 25 and text[0].isupper():
        return make_word(text)
    if text in PARTICLES:
        return make_word(text)
    token = match_token(text)
    return make_word(strip_possessive(token), token == text and not token.endswith(("'s", "’s"))) if token else None


def make_word(text: str, goes_on: bool = True) -> Word:
    """Make a word, without possessive ending, with its classes."""
    shape = _shape(_classify_by_lists(text), _classify_by_spelling(text))
    alone = None if shape.kind == "titles" else fold_name(text) if not shape.kind or shape.surname else ""
    return Word(text, goes_on, shape.small, shape, alone)


_NOT_LISTED = ListedClasses()


@lexicon.cached
def _all_listed_words() -> frozenset[str]:
    lists = ("first_names", "surnames_that_are_words", "names_before_surnames", "surnames_that_come_first")
    return frozenset(word_classes()).union(
        _PLACE_PREFIXES, _DIRECTIONS, _CHARGES, _eponyms(), *map(lexicon.words, lists)
    )


@lexicon.cached
def _eponyms() -> frozenset[str]:
    return frozenset(entry.split(" ", 1)[0] for entry in lexicon.lines("eponyms"))


def _classify_by_lists(text: str) -> ListedClasses:
    if text.isalpha() and text not in _all_listed_words():
        return _NOT_LISTED  # most new words, surnames and names of firms
    kind = word_classes().get(text.strip("()"), "")
    given = is_given_name(text)
    return ListedClasses(
        kind if kind == "titles" or text[0] != "(" else "",  # "Maj. (Dr.) Ann Roe"
        given,
        given and is_only_given_name(text),
        text in lexicon.words("surnames_that_are_words"),
        text in _PLACE_PREFIXES,
        text in _DIRECTIONS,
        text in _CHARGES,
        text in lexicon.table("plural_titles"),
        text in lexicon.words("names_before_surnames"),
        text in lexicon.words("surnames_that_come_first"),
        text in _eponyms(),
    )


def _classify_by_spelling(text: str) -> SpellingClasses:
    trade = text.endswith(_TRADES)
    calling = trade or text.endswith(_CALLINGS)
    if text.isalpha() and text[0].isupper() and text[1:].islower() and text not in _SUFFIXES:
        return SpellingClasses(trade, calling, len(text) <= _MAX_SYLLABLE_CHARS and bool(_SYLLABLE.fullmatch(text)))
    quoted = text[0] in _QUOTES and not (text[0] == "(" and word_classes().get(text.strip("()")) == "titles")
    return SpellingClasses(
        trade,
        calling or quoted,
        bool(_SYLLABLE.fullmatch(text)),
        bool(_TWO_SYLLABLES.fullmatch(text)),
        is_initial(text),
        bool(_ONE_INITIAL.fullmatch(text)),
        is_suffix(text),
        is_acronym(text),
        text in PARTICLES,
        quoted,
        text[0].islower() and text.isalpha(),
        text[0].isdigit(),
        text == "St.",
        bool(_LOST_APOSTROPHE.fullmatch(text)),
    )


def split_exactly(span: str) -> Iterator[tuple[tuple[Word, ...], tuple[int, ...]]]:
    """Split a candidate span that has more than spaces between its words: the words of each span, and their offsets."""
    for each in split_candidate_span(span):
        tokens = each.tokens
        words = tuple([word_cache.get(token.text) or make_word(token.text) for token in tokens])
        yield words, tuple([token.start for token in tokens])
