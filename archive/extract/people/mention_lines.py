"""Notes the short line that a mention stands on, by a digest: what stands in many files of a folder is furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

from archive.extract.text import Line
from archive.release import Mention, Part, Person

_MAX_CHARS = 90
"""A longer line is a paragraph of the story."""

_WRAPPED_CHARS = 50
"""From this length on a line with another right below is a part of a paragraph that is wrapped by hand."""

_REACHED_BY = re.compile(r"@|\d{3}[\s./-]{0,2}\d{4}")


def note_lines(people: Iterable[Person], lines: list[Line]) -> list[Person]:
    """The people with the lines of their mentions noted; those in paragraphs, and in lists of names, have none."""
    starts = [line.start for line in lines]
    return [
        person._replace(mentions=tuple(_with_line(each, lines, starts) for each in person.mentions))
        for person in people
    ]


def _with_line(mention: Mention, lines: list[Line], starts: list[int]) -> Mention:
    number = bisect_right(starts, mention.start) - 1
    if mention.part is not Part.BODY or number < 0 or not _may_be_furniture(mention, lines, number):
        return mention
    return mention._replace(line=_digest(lines[number].text))


def _may_be_furniture(mention: Mention, lines: list[Line], number: int) -> bool:
    """Whether the line of a mention is short, by itself, and more than a name, or a name with a telephone beside it."""
    line = lines[number]
    after = lines[number + 1] if number + 1 < len(lines) else None
    before = lines[number - 1] if number else None
    if len(line.text) > _MAX_CHARS or mention.start >= line.end:
        return False
    if before and not line.after_blank and len(before.text) >= _WRAPPED_CHARS:
        return False
    if after and not after.after_blank and len(line.text) >= _WRAPPED_CHARS:
        return False
    if line.text.strip(" ,;.") != mention.name:
        return True
    return any(each and _REACHED_BY.search(each.text) for each in (before, after))


@lru_cache(maxsize=1 << 12)  # such lines are the same in file after file
def _digest(text: str) -> int:
    """A digest of a line's words that fits an SQLite integer and is never 0."""
    words = " ".join(text.split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(words, digest_size=8).digest(), "big") >> 2 | 1
