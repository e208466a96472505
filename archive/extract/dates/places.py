"""Known places, and how a place is capitalised in a sentence."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.dates.date_patterns import find_dates

SMALL_WORDS = (
    "of|the|de|del|della|di|da|do|dos|das|du|des|la|las|los|el|al|on|upon|in|sur|am|an|der|im|aan|and|et|und|y|e"
)
"""The words in the midst of a place that stay small, as alternatives of a pattern."""

_UPPERCASE_WORDS = frozenset(
    "AFB NAS USS RAF JBER UN USA USSR GDR FRG DRC UK UAE NATO II III DC NAB FOB COB NWS MCAS".split()
)
_LOWERCASE_WORDS = frozenset(SMALL_WORDS.split("|"))
COMMAS = " ,،、，"
"""The commas of all scripts, and the space."""

COMMA = re.compile(r"\s?[,،、，]\s?")

_TOWNS_OF_THE_COUNTRY_GEORGIA = frozenset("tbilisi batumi kutaisi rustavi gori poti zugdidi sukhumi telavi".split())
_CAPITAL_CITY = re.compile(r"washington,?\s{1,3}d\.?\s?c\.?", re.IGNORECASE)


def is_known_place(text: str) -> bool:
    """Whether this is the name of a country, state or city we know."""
    return text.casefold() in lexicon.casefolded_set("places")


def is_known_town(text: str) -> bool:
    """Whether this is a place we know, or a town that datelines name."""
    return is_known_place(text) or text.casefold() in lexicon.casefolded_set("dateline_towns")


def is_region(text: str) -> bool:
    """Whether this can stand after a city: a state, its short form, a country."""
    return text.replace(".", "").casefold() in _region_letters() or is_known_place(text)


@lexicon.cached
def _region_letters() -> frozenset[str]:
    return frozenset(region.replace(".", "").casefold() for region in lexicon.lines("regions"))


@lexicon.lru_cached(1024)  # the releases of a source come from few places
def title_case_place(place: str) -> str:
    """A place as one writes it in a sentence, and a state in one form: `FORT MEADE, MD` -> `Fort Meade, Md.`."""
    if _CAPITAL_CITY.fullmatch(place.strip(" ,")):
        return "Washington, D.C."
    town, *regions = COMMA.split(re.sub(r"\s+", " ", place).strip(COMMAS))
    town = _title_case_part(town)
    return ", ".join([town, *(_write_region(region, town) for region in regions if region)])


def clean_stated_place(value: str) -> str:
    """A place that a record states, without the date and the dash that a whole dateline brings along."""
    text = " ".join(value.split())
    written = next(find_dates(text, 9999), None)
    return title_case_place((text[: written.start] if written else text).strip(" ,;:()–—-"))


def _title_case_part(part: str) -> str:
    words = part.split(" ")
    if not is_uppercase_word("".join(word for word in words if word not in _LOWERCASE_WORDS)):  # `PARIS and LONDON`
        return part
    return " ".join(_title_case_word(word, number) for number, word in enumerate(words))


def _write_region(region: str, town: str) -> str:
    """A state after a town in its one form: `Ga.` for `GA` and `Georgia`; a country as it is."""
    key = _letters(region)
    if key == "georgia" and town.casefold() in _TOWNS_OF_THE_COUNTRY_GEORGIA:
        return _title_case_part(region)
    bare = region.rstrip(".")
    return _region_forms().get(key) or _title_case_part(bare if is_known_place(bare) else region)


@lexicon.cached
def _region_forms() -> dict[str, str]:
    return {_letters(spelling): form for spelling, form in lexicon.table("region_forms").items()}


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def is_uppercase_word(text: str) -> bool:
    """Whether the letters of a short text are capitals (the `c` of `McALLEN` forgiven)."""
    return text.isupper() or (text.startswith("Mc") and text[2:].isupper())


def _title_case_word(word: str, number: int) -> str:
    if "/" in word:  # several towns: WASHINGTON/NEW YORK
        return "/".join(_title_case_word(town, 0) for town in word.split("/"))
    if word in _UPPERCASE_WORDS or (word.count(".") > 1) or (len(word) == 2 and word[1] == "."):
        return word
    if number and word.casefold() in _LOWERCASE_WORDS:
        return word.lower()
    capital = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), word.lower())
    capital = re.sub(r"['’]S\b", lambda match: match[0].lower(), capital)
    return re.sub(r"\bMc([a-z])(?=[a-z]{2})", lambda match: "Mc" + match[1].upper(), capital)
