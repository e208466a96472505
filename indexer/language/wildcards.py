"""Wildcards: which terms a pattern matches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def matching_terms(pattern: str, terms: Iterable[str]) -> list[str]:
    """Those of `terms` that match a pattern: `?` is any one character, a `*` at its end any more."""
    is_match = _compile(pattern).fullmatch
    return [term for term in terms if is_match(term)]


def fixed_prefix(pattern: str) -> str:
    """The characters before the first wildcard, with which every match begins."""
    return re.split(r"[?*]", pattern, maxsplit=1)[0]


@lru_cache(maxsize=1000)
def _compile(pattern: str) -> re.Pattern[str]:
    parts = (".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)
    return re.compile("".join(parts), re.DOTALL)
