"""Months by their names: English ones by a table of the code, those of other languages by the lexicon."""

from __future__ import annotations

from archive.extract import lexicon

_ENGLISH = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


def month_number(name: str) -> int:
    """The number of a month by its English name or short form; 0 for anything else."""
    return _ENGLISH.get(name.rstrip(".").lower(), 0)


def month_number_in_any_language(name: str) -> int:
    """The number of a month by its name, in whatever form and language dates write it; 0 for anything else."""
    bare = " ".join(name.rstrip(".").lower().split())
    return _ENGLISH.get(bare, 0) or _other_months().get(bare, 0)


@lexicon.cached
def _other_months() -> dict[str, int]:
    return {name: int(number) for name, number in lexicon.table("month_names").items() if number.isdecimal()}
