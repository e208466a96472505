"""The quotations of a release, each with its speaker where the words beside it prove who spoke.

They are worked out from a release as it is kept (its body and the mentions of its people), so nothing of them
need be stored: `quotations(release)`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from archive.extract.cues import SAID
from archive.release import Mention, Part, Release

_QUOTE = re.compile(r"“[^“”\n]{1,3000}(?:”|(?=\n|$))|(?<![\w\"])\"[^\"“”\n]{1,3000}(?:[\"”]|(?=\n|$))")
_REACH = 160
"""Characters between a quotation and the name of its speaker, at most: room for an office, not for a story."""

_SAID_AFTER = re.compile(rf"\s?,?\s?(?:\w+ly\s)?(?:{SAID})(?:\s(?:today|in\s[^.,;\n]{{3,60}}))?,?\s[^.!?;:\n“\"”]*$")
_NAME_AFTER = re.compile(r"\s?,?\s?(?:[^.!?;:,\n“\"”]{0,60}\s)?$")
_BEFORE = re.compile(
    rf"[^.!?\n“\"”]*\b(?:{SAID}|says?)\b[^.!?\n“\"”]{{0,60}}[,:]?\s$"
    r"|[^\n“\"”]*\b(?:statement|remarks|comments?|letter)\b[^\n“\"”]{0,200}[:.]\s+$|[^.!?\n“\"”]{0,80}:\s+$"
)
_PRONOUN = re.compile(rf"\s?,?\s?(?:(?:he|she)\s(?:\w+ly\s|also\s)?(?:{SAID})|(?:{SAID})\s(?:he|she))\b")
_ENDS_SENTENCE = re.compile(r"[.!?]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: their place in the body, and who said them, "" where nothing proves it."""

    start: int
    end: int
    speaker: str = ""


def quotations(release: Release) -> tuple[Quotation, ...]:
    """The quotations of a release in their order, marks included."""
    body, said = release.body, _Sayings(release)
    found: list[Quotation] = []
    for start, end in spans(body):
        before = found[-1] if found else None
        speaker = said.beside(start, end) or (_carried_on(body, before, start, end, said) if before else "")
        found.append(Quotation(start, end, speaker))
    return tuple(found)


def spans(body: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand; one whose paragraph ends without a closing mark ends with it."""
    return (match.span() for match in _QUOTE.finditer(body)) if '"' in body or "“" in body else iter(())


class _Sayings:
    """The mentions of speakers in a body, to be asked which one a quotation belongs to."""

    def __init__(self, release: Release) -> None:
        self._body = release.body
        named = [(m, person.name) for person in release.people for m in person.mentions if m.part is Part.BODY]
        self._mentions = sorted(named, key=lambda pair: pair[0].start)
        self._starts = [mention.start for mention, _ in self._mentions]

    def beside(self, start: int, end: int) -> str:
        """The speaker named right after a quotation, or right before it."""
        return self._after(end) or self._before(start)

    def between(self, start: int, end: int) -> set[str]:
        """Who is named in a stretch of text."""
        return {name for _, name in self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]}

    def _after(self, end: int) -> str:
        for mention, name in self._mentions[bisect_left(self._starts, end) :][:2]:
            gap = self._body[end : mention.start]
            if len(gap) > _REACH or "\n" in gap:
                break
            if _SAID_AFTER.match(gap) or (_says(mention) and _NAME_AFTER.match(gap)):
                return name
        return ""

    def _before(self, start: int) -> str:
        at = bisect_left(self._starts, start) - 1
        for mention, name in reversed(self._mentions[max(0, at - 3) : at + 1]):
            gap = self._body[mention.end : start]
            if len(gap) > 2 * _REACH or ("\n\n" in gap.strip(" ") and not gap.rstrip().endswith(":")):
                break
            if _says(mention) and _BEFORE.match(gap):
                return name
        return ""


def _says(mention: Mention) -> bool:
    return mention.kind.value == "speaker"


def _carried_on(body: str, before: Quotation, start: int, end: int, said: _Sayings) -> str:
    """The speaker of the quotation before, where this one goes on with their words."""
    if not before.speaker:
        return ""
    gap = body[before.end : start]
    if "\n" not in gap:
        # "..." she said. "...": one sentence stands between the two, and names nobody else.
        return before.speaker if len(gap) <= _REACH and said.between(before.end, start) <= {before.speaker} else ""
    if not gap.strip():
        return before.speaker  # a paragraph that goes on with the quotation
    return ""
