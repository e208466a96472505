"""How names are sorted, under which letter they stand, and how they are folded to be found by a part of them."""

from __future__ import annotations

from archive.accents import strip_accents
from archive.apostrophes import drop_apostrophes
from indexer.query import NameField

OTHER = "other"
"""The "letter" of names that do not begin with A to Z."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def sort_key(name: NameField, label: str) -> tuple[str, str]:
    """What a name is sorted by: people by their last name, others as they are read."""
    plain = strip_accents(label.casefold())
    words = [word for word in plain.replace(",", " ").split() if word.strip(".") not in _SUFFIXES]
    return (words[-1] if words and name is NameField.PERSON else plain, plain)


def letter_of(key: tuple[str, str]) -> str:
    """The letter under which a name with this sort key stands."""
    first = key[0][:1]
    return first if "a" <= first <= "z" else OTHER


def fold_label(label: str) -> str:
    """A name without case, accents, apostrophes and full stops: `U.S. Attorney O'Brien` gives `us attorney obrien`."""
    return strip_accents(drop_apostrophes(label).casefold()).replace(".", "")
