"""A word of a run and all that it can be: looked up once a spelling, since the words of releases repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.names import fold_name, is_acronym, is_given, is_initial, is_plain_given, is_suffix, word_classes
from archive.extract.runs import PARTICLES, bare, runs_in, token_at

# The word after one of these belongs to the same place: "San Jose", "Fort Wayne", "New Hope".
_DRAG = frozenset(
    "San Santa Santo Sao St. Saint Fort Ft. Mount Mt. Lake Port El Los Las La Cape Camp Point Rio "
    "Hurricane Operation Task Exercise Project".split()
)
_SIDES = frozenset("North South East West Upper Lower Great Old New Middle Central".split())
_CHARGES = frozenset(("Staff", "Charge"))
_SUFFIXES = frozenset(("Jr", "Sr"))
_QUOTES = "\"“('‘"
_TRADES = ("er", "or", "ist", "man", "wright", "ess", "ora")
_CALLINGS = ("rs", "ls", "ts", "ns", "an", "-Charge")
_LOST_APOSTROPHE = re.compile(r"[A-Z][a-z]+[A-Z][a-z]*[^aeious\W]s")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
_SYLLABLE = re.compile(r"[A-Z][^aeiouy\W]{0,2}[aeiouy]{1,3}[^aeiouy\W]{0,2}|[AEIOUY][a-z]{1,2}")
_LONGEST_SYLLABLE = 8
_ONE_INITIAL = re.compile(r"[A-Z]\.")
_REMEMBERED = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What a word can be. `kind` is "" or one of common, organisations, places, months, titles.

    Words that can be the same have one and the same shape, some hundred in all: what a run says is worked out
    once for the shapes of its words, whatever the words.
    """

    kind: str = ""
    given: bool = False
    plain: bool = False  # a given name and hardly anything else
    initial: bool = False
    suffix: bool = False
    acronym: bool = False
    particle: bool = False
    quoted: bool = False  # a nickname in quotation marks
    surname: bool = False  # a surname although it is a word
    small: bool = False  # begins with a small letter and is no "al-Nadeem"
    drags: bool = False
    side: bool = False
    no_name: bool = False  # stands before names, but is no part of one
    trade: bool = False  # may be a calling that no list has: "Auctioneer"
    calling: bool = False  # may say what people are: "Raider", "Codefendants", "Samaritan", "(SAC)"
    saint: bool = False
    plural: bool = False  # a title before more than one name
    charge: bool = False  # goes on as an office, but is none: "Chief of" Staff, "in" Charge
    before_surnames: bool = False
    comes_first: bool = False  # a surname that stands before the given names
    two_syllables: bool = False  # as such given names are: "Jae-in"
    syllable: bool = False
    one_initial: bool = False
    lost_apostrophe: bool = False  # "DuPonts"
    eponym: bool = False  # begins the name of a thing that is called after somebody

    @property
    def of_names(self) -> bool:
        """Whether it can be a given name or a surname."""
        return self.given or self.surname or not (self.kind or self.no_name or self.small)


class Word(NamedTuple):
    """A word, without a possessive ending, and its shape; the kernels know what stands where in it."""

    text: str
    goes_on: bool  # a run may go on after it: not after "Smith's", nor after "House."
    small: bool  # no run begins with it
    shape: Shape
    alone: str | None  # standing alone: for comparison where it may be a surname, None where it is a title


known_words: dict[str, Word | None] = lexicon.memory({})
"""What was looked up before."""


def word_of(text: str) -> Word | None:
    """The word that a piece of a stretch begins with; None where it begins with none, such as "B10"."""
    if len(known_words) >= _REMEMBERED:
        known_words.clear()
    known_words[text] = found = _cut(text)
    return found


def _cut(text: str) -> Word | None:
    if text.isalpha() and len(text) <= 25 and text[0].isupper():
        return word(text)
    if text in PARTICLES:
        return word(text)
    token = token_at(text)
    return word(bare(token), token == text and not token.endswith(("'s", "’s"))) if token else None


def word(text: str, goes_on: bool = True) -> Word:
    """Look a word up that has no possessive ending."""
    if text.isalpha() and text[0].isupper() and text[1:].islower() and text not in _listed():
        # Of most new words, surnames and names of firms, only their endings tell anything.
        syllable = len(text) <= _LONGEST_SYLLABLE and bool(_SYLLABLE.fullmatch(text))
        shape = _shape_of_unlisted(text.endswith(_TRADES), text.endswith(_CALLINGS), syllable)
        return Word(text, goes_on, False, shape, text.casefold())
    shape = _shape_of(text)
    alone = None if shape.kind == "titles" else fold_name(text) if not shape.kind or shape.surname else ""
    return Word(text, goes_on, shape.small, shape, alone)


_shape = lexicon.remembered(Shape)


@lexicon.remembered
def _shape_of_unlisted(trade: bool, calling: bool, syllable: bool) -> Shape:
    return _shape(trade=trade, calling=trade or calling, syllable=syllable)


@lexicon.remembered
def _listed() -> frozenset[str]:
    """Every word that a list tells something of."""
    lists = ("first_names", "surnames_that_are_words", "names_before_surnames", "surnames_that_come_first")
    return frozenset(word_classes()).union(_DRAG, _SIDES, _CHARGES, _SUFFIXES, _eponyms(), *map(lexicon.words, lists))


@lexicon.remembered
def _eponyms() -> frozenset[str]:
    return frozenset(entry.split(" ", 1)[0] for entry in lexicon.lines("eponyms"))


def _shape_of(text: str) -> Shape:
    drags, side, particle = text in _DRAG, text in _SIDES, text in PARTICLES
    initial, acronym, given = is_initial(text), is_acronym(text), is_given(text)
    kind = word_classes().get(text.strip("()"), "")
    bracketed = text[0] == "(" and kind == "titles"  # "Maj. (Dr.) Ann Roe"
    quoted = text[0] in _QUOTES and not bracketed
    trade = not given and text.endswith(_TRADES)
    return _shape(
        kind=kind if bracketed or text[0] != "(" else "",
        given=given,
        plain=given and is_plain_given(text),
        initial=initial,
        suffix=len(text) <= 4 and is_suffix(text),
        acronym=acronym,
        particle=particle,
        quoted=quoted,
        surname=text in lexicon.words("surnames_that_are_words"),
        small=text[0].islower() and text.isalpha(),
        drags=drags,
        side=side,
        no_name=drags or side or particle or text[0].isdigit() or (acronym and not initial),
        trade=trade,
        calling=not given and (trade or quoted or text.endswith(_CALLINGS)),
        saint=text == "St.",
        plural=text in lexicon.table("plural_titles"),
        charge=text in _CHARGES,
        before_surnames=text in lexicon.words("names_before_surnames"),
        comes_first=text in lexicon.words("surnames_that_come_first"),
        two_syllables=bool(_TWO_SYLLABLES.fullmatch(text)),
        syllable=bool(_SYLLABLE.fullmatch(text)),
        one_initial=bool(_ONE_INITIAL.fullmatch(text)),
        lost_apostrophe=not given and bool(_LOST_APOSTROPHE.fullmatch(text)),
        eponym=text in _eponyms(),
    )


def cut_exactly(stretch: str) -> Iterator[tuple[tuple[Word, ...], tuple[int, ...]]]:
    """The runs of a stretch that has more than spaces between its words: these, and where they begin in it."""
    for run in runs_in(stretch):
        tokens = run.tokens
        words = tuple([known_words.get(token.text) or word(token.text) for token in tokens])
        yield words, tuple([token.start for token in tokens])
