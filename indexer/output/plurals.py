"""Numbers as people write them: thousands apart, and the noun in the right number."""

from __future__ import annotations


def count(number: int, one: str = "", many: str = "") -> str:
    """A number with its thousands apart; with a noun, in the right number: `1 release`, `1,204 releases`."""
    if not one:
        return f"{number:,}"
    return f"{number:,} {one if number == 1 else many or one + 's'}"
