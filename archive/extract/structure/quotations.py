"""Finds the quotations of a release, each attributed to its speaker where the words beside it prove who spoke.

They are computed from a stored release (its body and the mentions of its people) and never stored.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from archive.extract.cues import SAID
from archive.release import Kind, Part, Release

_QUOTE = re.compile(r"“[^“”\n]{1,3000}(?:”|(?=\n|$))|(?<![\w\"])\"[^\"“”\n]{1,3000}(?:[\"”]|(?=\n|$))")
_MAX_SPEAKER_GAP_CHARS = 160
"""Characters between a quotation and the name of its speaker, at most: room for an office, not for a story."""

_MAX_PRONOUN_GAP_CHARS = 400
"""Characters between a quotation and the one before it, at most, for a pronoun to mean the same speaker."""

# Words of one sentence; the full stop of a shortened title ends none.
_WORDS = r"(?:[^.!?;:\n“\"]|(?<=[A-Z])\.|(?<=[A-Z][a-z])\.|(?<=[A-Z][a-z]{2})\.|(?<=[A-Z][a-z]{3})\.)"
_SAID_AFTER = re.compile(rf"\s?,?\s?(?:\w+ly\s)?{SAID}(?:\s(?:today|in\s[^.,;\n]{{3,60}}))?,?\s{_WORDS}*$")
_NAME_AFTER = re.compile(rf"\s?,?\s?(?:{_WORDS}{{0,60}}\s)?$")
_BEFORE = re.compile(
    rf"[^!?\n“\"]*\b{SAID}\b[^.!?\n“\"]{{0,60}}(?:[,:]|\bthat)\s$"
    r"|[^\n“\"]*\b(?:statement|remarks|comments?|letter)\b[^\n“\"]{0,260}[:.][\s_*-]+$|[^.!?\n“\"]{0,80}:\s+$"
)
_HE = rf"(?:[Hh]e|[Ss]he|[Tt]he\s[a-z]{{4,12}})\s(?:\w+ly\s|also\s)?{SAID}"
_PRONOUN = re.compile(rf"\s?,?\s?(?:{_HE}|{SAID}\s(?:he|she))\b")
_PRONOUN_BEFORE = re.compile(rf"\b{_HE}[^.!?\n“\"]{{0,40}}[,:]?\s$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: their place in the body, and who said them, "" where nothing proves it."""

    start: int
    end: int
    speaker: str = ""


def find_quotations(release: Release) -> tuple[Quotation, ...]:
    """The quotations of a release in their order, marks included."""
    said = _SpeakerFinder(release)
    found: list[Quotation] = []
    for start, end in find_quotation_spans(release.body):
        speaker = said.speaker_beside(start, end) or said.continued_speaker(found[-1] if found else None, start, end)
        found.append(Quotation(start, end, speaker))
    return tuple(found)


def find_quotation_spans(body: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand; one whose paragraph ends without a closing mark ends with it."""
    return (match.span() for match in _QUOTE.finditer(body)) if '"' in body or "“" in body else iter(())


class _SpeakerFinder:
    """Attributes quotations to the people mentioned in a body."""

    def __init__(self, release: Release) -> None:
        self._body = release.body
        named = [(m, person.name) for person in release.people for m in person.mentions if m.part is Part.BODY]
        self._mentions = sorted(named, key=lambda pair: pair[0].start)
        self._starts = [mention.start for mention, _ in self._mentions]

    def speaker_beside(self, start: int, end: int) -> str:
        """The speaker named right after a quotation, or right before it."""
        return self._after(end) or self._before(start)

    def continued_speaker(self, before: Quotation | None, start: int, end: int) -> str:
        """The speaker of the quotation before, where this one goes on with their words and names nobody else."""
        gap = self._body[before.end : start] if before else ""
        if before and before.speaker and self._between(before.end, start) <= {before.speaker}:
            if "\n" not in gap:
                return before.speaker if len(gap) <= _MAX_SPEAKER_GAP_CHARS else ""
            if not gap.strip() or (
                len(gap) <= _MAX_SPEAKER_GAP_CHARS and gap.endswith("\n") and self._is_whole_paragraph(end)
            ):
                return before.speaker
        return self._by_pronoun(before, start, end)

    def _after(self, end: int) -> str:
        for mention, name in self._mentions[bisect_left(self._starts, end) :][:2]:
            gap = self._body[end : mention.start]
            if len(gap) > _MAX_SPEAKER_GAP_CHARS or "\n" in gap:
                break
            if _SAID_AFTER.match(gap) or (mention.kind is Kind.SPEAKER and _NAME_AFTER.match(gap)):
                return name
        return ""

    def _before(self, start: int) -> str:
        at = bisect_left(self._starts, start)
        for mention, name in reversed(self._mentions[max(0, at - 4) : at]):
            gap = self._body[mention.end : start]
            if len(gap) > 2 * _MAX_SPEAKER_GAP_CHARS:
                break
            if mention.kind is Kind.SPEAKER and _BEFORE.match(gap):
                return name
        return ""

    def _between(self, start: int, end: int) -> set[str]:
        return {name for _, name in self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]}

    def _is_whole_paragraph(self, end: int) -> bool:
        return self._body[end : end + 2].strip(" ")[:1] in ("", "\n")

    def _by_pronoun(self, before: Quotation | None, start: int, end: int) -> str:
        """Where "she said" stands beside: the one person named since the last quotation, else its speaker."""
        if not (_PRONOUN.match(self._body, end) or _PRONOUN_BEFORE.search(self._body, max(0, start - 100), start)):
            return ""
        since = max(before.end if before else 0, start - _MAX_PRONOUN_GAP_CHARS)
        named = self._between(since, start)
        if before and before.speaker and start - before.end <= _MAX_PRONOUN_GAP_CHARS:
            named |= {before.speaker}
        return named.pop() if len(named) == 1 else ""
