"""Formats counts: thousands separators, and the noun in singular or plural."""

from __future__ import annotations


def format_count(number: int, singular: str = "", plural: str = "") -> str:
    """Format a count, with its noun if given: `1 release`, `1,204 releases`."""
    if not singular:
        return f"{number:,}"
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
