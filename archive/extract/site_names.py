"""Splits off the site names that pages put before and behind their titles."""

from __future__ import annotations

import re

from archive.extract.aliases import known_name
from archive.extract.structure import is_organisation

_SUFFIX = re.compile(r" (?:\||::|»|–|—|-) ")
_SECTION = re.compile(r"(?:press|news|media)(?:\s?(?:releases?|room|center|centre))?|releases?|home", re.IGNORECASE)


def split_suffix(title: str) -> tuple[str, list[str]]:
    """A title, its spaces single, and the names of the site put behind it: `X | OPA | Department of Justice`."""
    parts = _SUFFIX.split(title)
    if len(parts) == 1:
        return title, []
    separators = _SUFFIX.findall(title)
    suffixes: list[str] = []
    while len(parts) > 1 and (known_name(parts[0]) or is_organisation(parts[0]) or _SECTION.fullmatch(parts[0])):
        suffixes.append(parts.pop(0))
        separators.pop(0)
    while len(parts) > 1 and len(parts[-1]) <= 80 and _is_site(parts[-1], separators[-1].strip(), len(parts[0])):
        suffixes.append(parts.pop())
        separators.pop()
    kept = parts[0] + "".join(separator + part for separator, part in zip(separators, parts[1:], strict=True))
    return kept, suffixes


def _is_site(part: str, separator: str, before: int) -> bool:
    if known_name(part) or is_organisation(part):
        return True
    return separator not in ("-", "–", "—") and before >= 12 and len(part.split()) <= 8
