"""Known places, and how a place is capitalised in a sentence."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.dates.date_patterns import find_dates

SMALL_WORDS = "of|the|de|del|di|da|do|la|las|los|el|al|on|upon|in|sur|am"
"""The words in the midst of a place that stay small, as alternatives of a pattern."""

_UPPERCASE_WORDS = frozenset(
    "AFB NAS USS RAF JBER UN USA USSR GDR FRG DRC UK UAE NATO II III DC NAB FOB COB NWS MCAS".split()
)
_LOWERCASE_WORDS = frozenset(SMALL_WORDS.split("|"))
_CAPITAL_CITY = re.compile(r"washington,?\s{1,3}d\.?\s?c\.?", re.IGNORECASE)


def is_known_place(text: str) -> bool:
    """Whether this is the name of a country, state or city we know."""
    return text.casefold() in lexicon.casefolded_set("places")


def is_region(text: str) -> bool:
    """Whether this can stand after a city: a state, its short form, a country."""
    return text.replace(".", "").casefold() in _region_letters() or is_known_place(text)


@lexicon.cached
def _region_letters() -> frozenset[str]:
    return frozenset(region.replace(".", "").casefold() for region in lexicon.lines("regions"))


@lexicon.lru_cached(1024)  # the releases of a source come from few places
def title_case_place(place: str) -> str:
    """A place as one writes it in a sentence: `FORT GEORGE G. MEADE, Md.` -> `Fort George G. Meade, Md.`."""
    if _CAPITAL_CITY.fullmatch(place.strip(" ,")):
        return "Washington, D.C."
    parts = [part.strip() for part in re.sub(r"\s+", " ", place).strip(" ,").split(",")]
    return ", ".join(_title_case_part(part, later=number > 0) for number, part in enumerate(parts) if part)


def clean_stated_place(value: str) -> str:
    """A place that a record states, without the date and the dash that a whole dateline brings along."""
    text = " ".join(value.split())
    written = next(find_dates(text, 9999), None)
    return title_case_place((text[: written.start] if written else text).strip(" ,;:()–—-"))


def _title_case_part(part: str, later: bool) -> str:
    if later and part == "DC":
        return "D.C."
    if not is_uppercase_word(part) or (later and part in lexicon.words("regions")):
        return part
    words = part.split(" ")
    return " ".join(_title_case_word(word, number) for number, word in enumerate(words))


def is_uppercase_word(text: str) -> bool:
    """Whether the letters of a short text are capitals (the `c` of `McALLEN` forgiven)."""
    return text.isupper() or (text.startswith("Mc") and text[2:].isupper())


def _title_case_word(word: str, number: int) -> str:
    if word in _UPPERCASE_WORDS or (word.count(".") > 1) or (len(word) == 2 and word[1] == "."):
        return word
    if number and word.casefold() in _LOWERCASE_WORDS:
        return word.lower()
    capital = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word.lower())
    capital = re.sub(r"['’]S\b", lambda match: match[0].lower(), capital)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda match: "Mc" + match[1].upper(), capital)
