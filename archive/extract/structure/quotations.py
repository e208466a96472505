"""Finds the quotations of a release, each attributed to its speaker where the words beside it prove who spoke.

They are found in a release as read: its body and the mentions of its people.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from archive.extract import lexicon
from archive.extract.cues import SAID
from archive.extract.names import word_classes
from archive.release import Kind, Part, Quotation, Release
from archive.rules import rule

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

# A name beside its verb. What stands for a known name, or only begins the sentence, is none.
_NO_NAME = r"(?!(?:He|She|They|We|It|I|You|The|A|An|But|And|In|As|This|That|When|While|Also|Then|Later)\b)"
_NAME = rf"{_NO_NAME}[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|of|the|for|and|in|de|van|bin|al)){{0,8}}"
_SUBJECT = rf"(?P<name>{_NAME})(?:\s\([^()\n]{{1,30}}\))?(?:,[^,.;:\n“\"]{{1,90}},)?\s(?:\w+ly\s|also\s)?{SAID}\b"
_NAMED_BEFORE_VERB = re.compile(_SUBJECT)
_NAMED_AFTER_QUOTATION = re.compile(rf" ?,? ?{_SUBJECT}")
_NAMED_AFTER_VERB = re.compile(
    rf" ?,? ?(?:\w+ly\s)?{SAID}(?:\stoday)?,?\s"
    rf"(?:(?!(?:in|at|on|during|of|to|about|that|when|after|before)\s)[a-z-]{{2,14}}\s){{0,4}}(?P<name>{_NAME})"
)


def find_quotations(release: Release) -> tuple[Quotation, ...]:
    """The quotations of a release in their order, marks included."""
    said = _SpeakerFinder(release)
    found: list[Quotation] = []
    for start, end in find_quotation_spans(release.body):
        speaker = said.speaker_beside(start, end) or said.continued_speaker(found[-1] if found else None, start, end)
        found.append(Quotation(start, end, (speaker,), "", rule("speaker-after")) if speaker else Quotation(start, end))
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
        since = max(before.end if before else 0, start - _MAX_PRONOUN_GAP_CHARS)
        if self._is_stranger_named(since, start) or self._is_stranger_named_after(end, len(self._body)):
            return ""
        gap = self._body[before.end : start] if before else ""
        if before and before.speakers and self._between(before.end, start) <= set(before.speakers):
            if "\n" not in gap:
                return before.speakers[0] if len(gap) <= _MAX_SPEAKER_GAP_CHARS else ""
            if not gap.strip() or (
                len(gap) <= _MAX_SPEAKER_GAP_CHARS and gap.endswith("\n") and self._is_whole_paragraph(end)
            ):
                return before.speakers[0]
        return self._by_pronoun(before, start, end)

    def _after(self, end: int) -> str:
        for mention, name in self._mentions[bisect_left(self._starts, end) :][:2]:
            gap = self._body[end : mention.start]
            if len(gap) > _MAX_SPEAKER_GAP_CHARS or "\n" in gap or self._is_stranger_named_after(end, mention.start):
                break
            if _SAID_AFTER.match(gap) or (mention.kind is Kind.SPEAKER and _NAME_AFTER.match(gap)):
                return name
        return ""

    def _before(self, start: int) -> str:
        at = bisect_left(self._starts, start)
        for mention, name in reversed(self._mentions[max(0, at - 4) : at]):
            gap = self._body[mention.end : start]
            if len(gap) > 2 * _MAX_SPEAKER_GAP_CHARS or self._is_stranger_named(mention.end, start):
                break
            if mention.kind is Kind.SPEAKER and _BEFORE.match(gap):
                return name
        return ""

    def _is_stranger_named(self, start: int, end: int) -> bool:
        """Whether somebody who is not known speaks between these offsets."""
        return any(map(self._is_stranger, _NAMED_BEFORE_VERB.finditer(self._body, start, end)))

    def _is_stranger(self, match: re.Match[str]) -> bool:
        """Whether a name that was found is that of nobody known, and no office or board."""
        start, end = match.span("name")
        last = match["name"].split()[-1].rstrip(".")
        is_office = word_classes().get(last) in ("titles", "organisations")
        return not (is_office and last not in lexicon.words("surnames_that_are_words")) and not self._between(
            start, end
        )

    def _is_stranger_named_after(self, end: int, stop: int) -> bool:
        """Whether words right after a quotation give it to somebody who is not known, before the offset `stop`."""
        for pattern in (_NAMED_AFTER_VERB, _NAMED_AFTER_QUOTATION):
            match = pattern.match(self._body, end, min(stop + 1, end + _MAX_SPEAKER_GAP_CHARS))
            if match and match.end("name") <= stop and self._is_stranger(match):
                return True
        return False

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
        if before and before.speakers and start - before.end <= _MAX_PRONOUN_GAP_CHARS:
            named |= set(before.speakers)
        return named.pop() if len(named) == 1 else ""
