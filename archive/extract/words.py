"""A word of a run and all that it can be: looked up once a spelling, since the words of releases repeat."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import is_acronym, is_given, is_initial, is_plain_given, is_suffix, word_classes
from archive.extract.runs import PARTICLES, bare, token_at

# The word after one of these belongs to the same place: "San Jose", "Fort Wayne", "New Hope".
_DRAG = frozenset(
    "San Santa Santo Sao St. Saint Fort Ft. Mount Mt. Lake Port El Los Las La Cape Camp Point Rio "
    "Hurricane Operation Task Exercise Project".split()
)
_SIDES = frozenset("North South East West Upper Lower Great Old New Middle Central".split())
_QUOTES = "\"“('‘"
_TRADE = re.compile(r"(?:eer|er|or|ist|man|woman|wright|ess|ora)$")
_REMEMBERED = 1 << 16


@dataclass(slots=True)
class Word:
    """What a word can be. `kind` is "" or one of common, organisations, places, months, titles.

    Of the words of a run much is asked, and the values in a slot are found sooner than those of a named tuple.
    """

    text: str  # without a possessive ending
    goes_on: bool  # a run may go on after it: not after "Smith's", nor after "House."
    kind: str
    given: bool
    plain: bool  # a given name and hardly anything else
    initial: bool
    suffix: bool
    acronym: bool
    particle: bool
    quoted: bool  # a nickname in quotation marks
    surname: bool  # a surname although it is a word
    small: bool  # begins with a small letter and is no "al-Nadeem"
    drags: bool
    side: bool
    no_name: bool  # stands before names, but is no part of one
    trade: bool  # may be a calling that no list has: "Auctioneer"

    @property
    def of_names(self) -> bool:
        """Whether it can be a given name or a surname."""
        return self.given or self.surname or not (self.kind or self.no_name or self.small)


@lexicon.remembered_most(_REMEMBERED)
def cut(text: str) -> Word | None:
    """The word that a piece of a stretch begins with; None where it begins with none, such as "B10"."""
    if text.isalpha() and len(text) <= 25 and text[0].isupper():
        return word(text)
    if text in PARTICLES:
        return word(text)
    token = token_at(text)
    return word(bare(token), token == text and not token.endswith(("'s", "’s"))) if token else None


def word(text: str, goes_on: bool = True) -> Word:
    """Look a word up that has no possessive ending."""
    drags, side, particle = text in _DRAG, text in _SIDES, text in PARTICLES
    plainly = text.isalpha() and text[1:].islower()  # no acronym, no initial: most words
    initial, acronym = (len(text) == 1, False) if plainly else (is_initial(text), is_acronym(text))
    given = is_given(text)
    kind = word_classes().get(text.strip("()"), "")
    bracketed = text[0] == "(" and kind == "titles"  # "Maj. (Dr.) Ann Roe"
    return Word(
        text,
        goes_on,
        kind=kind if bracketed or text[0] != "(" else "",
        given=given,
        plain=given and is_plain_given(text),
        initial=initial,
        suffix=len(text) <= 4 and is_suffix(text),
        acronym=acronym,
        particle=particle,
        quoted=text[0] in _QUOTES and not bracketed,
        surname=text in lexicon.words("surnames_that_are_words"),
        small=text[0].islower() and text.isalpha(),
        drags=drags,
        side=side,
        no_name=drags or side or particle or text[0].isdigit() or (acronym and not initial),
        trade=not given and bool(_TRADE.search(text)),
    )
