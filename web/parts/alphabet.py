"""Long lists of names: by count or by letter, and a page of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archive.accents import strip_accents
from indexer.query import NameField
from indexer.results import FacetValue
from web.parts.pager import Pager, make_pager

PER_PAGE = 200
"""Names on one page."""

OTHER = "other"
"""The "letter" of names that do not begin with A to Z."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Listing:
    """A part of a list of names: what is shown, in which order, which letters there are, and the pages.

    `named` is how many names there are on all pages; "none" is not one of them.
    """

    values: tuple[FacetValue, ...]
    order: str
    letter: str
    letters: tuple[str, ...]
    named: int
    pager: Pager


def make_listing(
    name: NameField,
    values: Sequence[FacetValue],
    *,
    order: str,
    letter: str,
    page: int,
    url: Callable[[int], str],
) -> Listing:
    """The page asked for of these values, which come commonest first."""
    order = "az" if order == "az" or letter else "count"
    letters = _letters(name, values)
    letter = letter if letter in letters else ""
    kept = [value for value in values if not letter or _letter(name, value.label) == letter]
    if order == "az":
        kept.sort(key=lambda value: sort_key(name, value.label))
    start = (page - 1) * PER_PAGE
    turned = make_pager(page, PER_PAGE, len(kept), url)
    named = sum(bool(value.value) for value in kept)
    return Listing(tuple(kept[start : start + PER_PAGE]), order, letter, letters, named, turned)


def sort_key(name: NameField, label: str) -> tuple[str, str]:
    """What a name is sorted by: people by their last name, others as they are read."""
    plain = strip_accents(label.casefold())
    words = [word for word in plain.replace(",", " ").split() if word.strip(".") not in _SUFFIXES]
    return (words[-1] if words and name is NameField.PERSON else plain, plain)


def _letter(name: NameField, label: str) -> str:
    first = sort_key(name, label)[0][:1]
    return first if "a" <= first <= "z" else OTHER


def _letters(name: NameField, values: Iterable[FacetValue]) -> tuple[str, ...]:
    found = {_letter(name, value.label) for value in values}
    return (*sorted(found - {OTHER}), *([OTHER] if OTHER in found else ()))
