"""Judges whether the words before a dash, or set apart at the head of a story, are a place."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.dates.dateline_parts import LeadParts
from archive.extract.dates.places import COMMA, SMALL_WORDS, is_known_town, is_region, title_case_place
from archive.extract.text import is_capitals

_PLACE = re.compile(
    rf"[^\W\d_a-zß-ÿ][\w.'’/-]{{0,30}}(?:\s{{1,2}}(?:[^\W\d_a-zß-ÿ][\w.'’/-]{{0,30}}|{SMALL_WORDS})){{0,6}}"
)
_TOWNS = re.compile(r"\s?/\s?|\s(?:and|&|et|und|y|e|en|i|и)\s")
_MAY_BEGIN_PLACE = frozenset(("new", "the", "live", "general", "house"))
"""Words that are no place by themselves, and begin the names of many."""
_BASES = re.compile(
    r"\b(?:air force base|air base|afb|fort|ft\.|camp|joint base|naval|aboard|uss|fob)\b", re.IGNORECASE
)


def is_sure_place(place: str) -> bool:
    """Whether every town of a place is known, or has a state or country that is."""
    towns = _TOWNS.split(place)
    return all(is_plain_place(town) and _is_known(town) for town in towns)


def is_dateline_place(place: str, follows: str, parts: LeadParts) -> bool:
    """Whether the words before a dash are a place, by what they are and by what stands beside them."""
    towns = _TOWNS.split(place)
    if len(towns) > 4 or not all(map(is_plain_place, towns)):
        return False
    if all(map(_is_known, towns)):
        if follows.lstrip()[:1].islower() and len(towns) == 1 and not parts.is_dated and not place.isupper():
            return False  # "China - the country - said"
        return _goes_on_as_story(follows, parts) or ("," in place and not follows.strip())
    if parts.is_dated or (parts.is_of_agency and len(place.split()) <= 6):
        return not any(map(_begins_like_other_words, towns))
    if not _goes_on_as_story(follows, parts):
        return False
    if parts.agency or any(map(_begins_like_other_words, towns)):
        return False
    return all(_is_known(town) or _is_in_capitals(town) for town in towns) and "," not in place


def _goes_on_as_story(follows: str, parts: LeadParts) -> bool:
    # A wire in capitals, or a dateline on a line of its own, has no small letter behind it.
    return parts.is_dated or parts.is_of_agency or any(each.isalpha() and not each.isupper() for each in follows)


def is_plain_place(town: str) -> bool:
    """Whether words have the shape of a place, and none of them is what else stands before a dash."""
    parts = COMMA.split(town.strip())
    if len(parts) > 3 or not all(_PLACE.fullmatch(part) for part in parts):
        return False
    words = [word.casefold() for word in parts[0].split()]
    others = [word.casefold() for part in parts[1:] for word in part.split()]
    vetoed = lexicon.words("not_places")
    if words[0] in _MAY_BEGIN_PLACE and len(words) > 1:
        words = words[1:]
    return is_known_town(parts[0]) or vetoed.isdisjoint(words + others)


def _begins_like_other_words(town: str) -> bool:
    """Whether a town that is not known begins with a word that opens headlines, too: `NEW STUDY`."""
    return town.split(" ")[0].casefold() in _MAY_BEGIN_PLACE


def _is_known(town: str) -> bool:
    first, *others = COMMA.split(town.strip())
    return (
        is_known_town(first)
        or title_case_place(town) == "Washington, D.C."
        or any(is_region(part) for part in others)
        or bool(_BASES.search(town))
    )


def _is_in_capitals(town: str) -> bool:
    return len(town) > 4 and len(town.split()) <= 3 and is_capitals(town)
