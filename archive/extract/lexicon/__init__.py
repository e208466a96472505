"""The word lists the rules read: plain text files beside this one, a spelling a line, `#` for remarks."""

from __future__ import annotations

from functools import cache
from importlib import resources


def lines(name: str) -> list[str]:
    """The entries of one list, in the file's order."""
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """One list as a set of its entries."""
    return frozenset(lines(name))


@cache
def single_words(name: str) -> frozenset[str]:
    """Every word that stands in an entry of a list: `United` and `States` for `United States`."""
    return frozenset(word for entry in lines(name) for word in entry.split())


@cache
def folded(name: str) -> frozenset[str]:
    """One list as a set of its entries without regard to case."""
    return frozenset(entry.casefold() for entry in lines(name))


@cache
def table(name: str) -> dict[str, str]:
    """A list of `spelling = name` lines."""
    pairs = (line.split(" = ", 1) for line in lines(name) if " = " in line)
    return {spelling.strip(): value.strip() for spelling, value in pairs}
