"""The names of a site that pages put before and behind their titles."""

from __future__ import annotations

import re

from archive.extract.aliases import known_name
from archive.extract.structure import is_organisation

_SUFFIX = re.compile(r" (?:\||::|»|–|—|-) ")
_SECTION = re.compile(r"(?:press|news|media)(?:\s?(?:releases?|room|center|centre))?|releases?|home", re.IGNORECASE)


def split_suffix(title: str) -> tuple[str, list[str]]:
    """A title, its spaces single, and the names of the site put behind it: `X | OPA | Department of Justice`."""
    pieces = _SUFFIX.split(title)
    if len(pieces) == 1:
        return title, []
    marks = _SUFFIX.findall(title)
    suffixes: list[str] = []
    while len(pieces) > 1 and (known_name(pieces[0]) or is_organisation(pieces[0]) or _SECTION.fullmatch(pieces[0])):
        suffixes.append(pieces.pop(0))
        marks.pop(0)
    while len(pieces) > 1 and len(pieces[-1]) <= 80 and _is_site(pieces[-1], marks[-1].strip(), len(pieces[0])):
        suffixes.append(pieces.pop())
        marks.pop()
    kept = pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))
    return kept, suffixes


def _is_site(piece: str, mark: str, before: int) -> bool:
    if known_name(piece) or is_organisation(piece):
        return True
    return mark not in ("-", "–", "—") and before >= 12 and len(piece.split()) <= 8
