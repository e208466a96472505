"""Reads the quotations of a release one after the other: who is named beside each, and how words go on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import NamedTuple

from archive.extract.people import unwrap
from archive.extract.quotations.attribution import (
    BEFORE,
    SAID_AFTER_NAME,
    Attribution,
    attribute_after,
    attribute_before,
    sentence_start,
    strangers_speak,
)
from archive.extract.quotations.letters import find_signers, is_from_letter
from archive.extract.quotations.mentions import Mentions
from archive.extract.quotations.speaking_people import people_with_speakers
from archive.extract.quotations.speech import POSSESSIVE
from archive.extract.quotations.statements import STATEMENT, Statements, find_statements
from archive.extract.quotations.terms import is_fragment, is_term, is_title
from archive.extract.roles import apposition, is_role
from archive.extract.structure import SectionMap, find_quotation_spans, is_closed
from archive.extract.text import Line
from archive.release import Quotation, Release
from archive.rules import rule

_CONTINUES = rule("speaker-continues")
_LETTER = rule("speaker-letter")
_MAX_GAP_CHARS = 300
"""Characters between two quotations of one speaker within a paragraph, at most."""

_MAX_PRONOUN_GAP_CHARS = 900
_MAX_PARAGRAPH_CHARS = 3000
_MAX_QUOTATIONS = 5_000
_MAX_LETTERS = 100
"""Quotations of a release whose signers are looked for: each look goes far back."""


class _Span(NamedTuple):
    start: int
    end: int


def read_quotations(release: Release, lines: list[Line], sections: SectionMap) -> Release:
    """The release with its quotations, and with the speakers among its people whom no other rule found.

    `lines` are those of its body, `sections` their parts that are neither story nor head.
    """
    body = release.body[: lines[-1].end] if lines else ""
    text = unwrap(body, lines)
    spans = [_Span(*span) for span in find_quotation_spans(text)][:_MAX_QUOTATIONS]
    mentions = Mentions(text, release.people)
    statements = find_statements(mentions, spans, sections)
    if not spans and not statements.quotations:
        return release
    reader = _Reader(mentions, spans, statements)
    quotations = tuple(sorted(reader.read(), key=lambda each: each.start))
    return replace(release, quotations=quotations, people=people_with_speakers(release, quotations, reader.new))


class _Reader:
    def __init__(self, mentions: Mentions, spans: list[_Span], statements: Statements) -> None:
        self._mentions, self._text = mentions, mentions.text
        self._spans, self._statements = spans, statements
        self._starts = [each.start for each in spans]
        self._head_ends = [each.end for each in statements.heads]
        self.new: list[tuple[str, str, int, int]] = []
        self._last: tuple[str, ...] = ()  # who spoke last
        self._letters = 0  # how often signers were looked for
        self._blocked = -1  # where somebody was named who is no person: nothing is carried on over it

    def read(self) -> list[Quotation]:
        """The quotations, in no order."""
        found: list[Quotation] = []
        stated = iter(self._statements.quotations)
        around = next(stated, None)
        inner: list[Quotation] = []
        before: Quotation | None = None
        for number, span in enumerate(self._spans):
            while around and around.end <= span.start:
                found += _without(around, inner)
                around, inner = next(stated, None), []
            quotation = self._attribute(number, span, before)
            if quotation and around and around.start <= span.start:
                if _is_of_others(quotation, around):
                    inner.append(quotation)
                    before, self._last = quotation, quotation.speakers
                elif self._blocked == span.end <= around.end and not quotation.speakers:
                    inner.append(quotation)  # somebody else said it, and nothing proves who
            elif quotation:
                found.append(quotation)
                before = quotation
                self._last = quotation.speakers or self._last
        while around:
            found += _without(around, inner)
            around, inner = next(stated, None), []
        return _carry_back(found, self._text)

    def _attribute(self, number: int, span: _Span, before: Quotation | None) -> Quotation | None:
        text, (start, end) = self._text, span
        paragraph = self._paragraph_at(start)
        stop = text.find("\n", end, end + _MAX_PARAGRAPH_CHARS)
        stop = min(len(text), end + _MAX_PARAGRAPH_CHARS) if stop < 0 else stop
        following = self._spans[number + 1].start if number + 1 < len(self._spans) else stop
        last = max(paragraph, self._spans[number - 1].end if number else 0)
        words = text[start + 1 : end - is_closed(text, end)]
        fragment = is_fragment(words)
        after = attribute_after(self._mentions, end, min(stop, following)) if is_closed(text, end) else None
        beside = after or attribute_before(self._mentions, last, start, is_fragment=fragment, is_term=is_term(words))
        is_named = is_term(words) or is_title(words)
        if not beside and self._opens_paragraph(span, paragraph):
            beside = self._announced(start, paragraph)
        if beside and not after and is_title(words) and text[start - 2 : start - 1] not in (",", ":"):
            beside = None  # "Lee wrote “Quays of Ohio” in May"
        if beside and (beside.names or beside.pronoun) and (found := self._said(span, beside, before, paragraph)):
            return found
        if not is_named and (signed := self._signed(span, stop)):
            return signed
        if beside:
            self._blocked = end
        if is_named and not after:
            return None
        if beside:
            return Quotation(start, end)
        return (
            self._by_statement(span)
            or self._continued(span, before, paragraph, stop)
            or self._introduced(span, paragraph, stop)
            or Quotation(start, end)
        )

    def _said(self, span: _Span, beside: Attribution, before: Quotation | None, paragraph: int) -> Quotation | None:
        if beside.pronoun:
            name = self._antecedent(span, beside, before, paragraph)
            if not name:
                return None
            by = rule("speaker-pronoun", words=" ".join(beside.pronoun.split()))
            return Quotation(*span, (name,), "", by, beside.start, beside.end)
        if beside.new:
            at = self._text.index(beside.new.split()[0], beside.start)
            end = self._text.index(beside.new.split()[-1], at) + len(beside.new.split()[-1])
            self.new.append((beside.new, beside.office, at, end))
        office = beside.office
        if not office and len(beside.names) == 1 and beside.name_end >= 0:
            office = apposition(self._text, beside.name_end)
        return Quotation(*span, beside.names, office, beside.rule, beside.start, beside.end)

    def _antecedent(self, span: _Span, beside: Attribution, before: Quotation | None, paragraph: int) -> str:
        """Whom a pronoun, or an office without a name, means beside a quotation; "" where that is not certain."""
        if beside.noun:
            holders = [p.name for p in self._mentions.people if beside.noun in p.role.lower().split()]
            if len(holders) == 1:
                return holders[0]
            if len(self._last) == 1 and self._last[0] in holders:
                return self._last[0]
            near = set(holders) & self._mentions.names_between(self._paragraph_before(paragraph), span.start)
            if holders:
                return near.pop() if len(near) == 1 else ""
            if not is_role(beside.noun):
                return ""
        upto = min(span.start, beside.start) if beside.start >= 0 else span.start
        since = max(before.end if before else 0, upto - _MAX_PRONOUN_GAP_CHARS, 0)
        if strangers_speak(self._mentions, min(since, paragraph), upto):
            return ""
        named = self._mentions.names_between(since, upto)
        in_paragraph = self._mentions.names_between(paragraph, upto)
        if before and before.end > paragraph:
            in_paragraph |= set(before.speakers)
        if len(in_paragraph) == 1 and not self._is_blocked(paragraph):
            return next(iter(in_paragraph))
        if not in_paragraph and (only := self._only_person_of(self._paragraph_before(paragraph), paragraph)):
            return only
        if before and before.speakers and span.start - before.end <= _MAX_PRONOUN_GAP_CHARS:
            named |= set(before.speakers)
        return named.pop() if len(named) == 1 and not self._is_blocked(since) else ""

    def _paragraph_before(self, paragraph: int) -> int:
        """Where the paragraph begins that stands before another one."""
        end = paragraph
        while end and self._text[end - 1].isspace():
            end -= 1
        return self._paragraph_at(end)

    def _paragraph_at(self, offset: int) -> int:
        """Where the paragraph begins that holds an offset; in one without an end, not far before it."""
        since = max(0, offset - _MAX_PARAGRAPH_CHARS)
        return max(since, self._text.rfind("\n", since, offset) + 1)

    def _holds_quotation(self, start: int, end: int) -> bool:
        """Whether something stands in quotation marks between two offsets."""
        at = bisect_left(self._starts, start)
        return at < len(self._starts) and self._starts[at] < end

    def _only_person_of(self, start: int, end: int) -> str:
        """Whom a paragraph names at the head of a sentence, where it names nobody else and quotes nobody; "" else."""
        named = self._mentions.between(start, end)
        others = {each.name for each in named[1:] if not POSSESSIVE.match(self._text, each.end)}
        if not named or not others <= {named[0].name}:
            return ""
        if self._holds_quotation(start, end) and not SAID_AFTER_NAME.match(self._text, named[0].end, end):
            return ""
        lead = self._text[sentence_start(self._text, start, named[0].start) : named[0].start]
        return named[0].name if _LEADS_SENTENCE.fullmatch(lead) and not self._is_blocked(start) else ""

    def _is_blocked(self, since: int) -> bool:
        return self._blocked >= since > 0 or self._blocked > since

    def _introduced(self, span: _Span, paragraph: int, stop: int) -> Quotation | None:
        """A paragraph of its own behind one that says what one person said: "Lee said that it holds.\n\n“It will.”"."""
        if not self._opens_paragraph(span, paragraph) or self._text[span.end : stop].strip(" ,."):
            return None
        start = self._paragraph_before(paragraph)
        name = self._only_person_of(start, paragraph)
        named = self._mentions.between(start, paragraph)
        if not name:
            return None
        for each in reversed(named):
            if said := SAID_AFTER_NAME.match(self._text, each.end, paragraph):
                return Quotation(*span, (name,), "", BEFORE, each.start, said.end())
        return None

    def _announced(self, start: int, paragraph: int) -> Attribution | None:
        """Who the paragraph before gives words to that it announces with a colon: "Lee noted:"."""
        if not self._text[:paragraph].rstrip().endswith(":"):
            return None
        return attribute_before(self._mentions, self._paragraph_before(paragraph), start, is_fragment=False)

    def _signed(self, span: _Span, stop: int) -> Quotation | None:
        """A quotation from a letter, by those who signed it."""
        if self._letters >= _MAX_LETTERS or not is_from_letter(self._text, span.end, stop):
            return None
        self._letters += 1
        signers = find_signers(self._mentions, span.start, span.end)
        return Quotation(*span, signers.names, "", _LETTER, signers.start, signers.end) if signers else None

    def _opens_paragraph(self, span: _Span, paragraph: int) -> bool:
        return not self._text[paragraph : span.start].strip()

    def _by_statement(self, span: _Span) -> Quotation | None:
        """The speaker of a statement whose head stands right before a quotation."""
        at = bisect_right(self._head_ends, span.start) - 1
        if at < 0:
            return None
        head = self._statements.heads[at]
        between = self._text[head.end : span.start]
        if len(between) > _MAX_GAP_CHARS or between.strip().count("\n") or self._holds_quotation(head.end, span.start):
            return None
        return Quotation(*span, head.names, head.office, STATEMENT, head.start, head.end)

    def _continued(self, span: _Span, before: Quotation | None, paragraph: int, stop: int) -> Quotation | None:
        """A quotation that goes on with the words of the one before, and names nobody else."""
        if before is None or not before.speakers or self._blocked >= before.end:
            return None
        gap = self._text[before.end : span.start]
        others = self._mentions.names_between(before.end, span.start) - set(before.speakers)
        if others or len(gap) > _MAX_GAP_CHARS or strangers_speak(self._mentions, before.end, span.start):
            return None
        if "\n" in gap and not self._opens_paragraph(span, paragraph):
            return None
        # Behind other words than those of the speaker, a paragraph has to be a quotation as a whole.
        if "\n" in gap and gap.strip() and (self._text[span.end : stop].strip(" ,.") or gap.count("\n") > 2):
            return None
        return Quotation(*span, before.speakers, before.office, _CONTINUES, before.proof_start, before.proof_end)


_LEADS_SENTENCE = re.compile(
    r"(?:According\sto\s|(?:On|In|At|During|After|Earlier|For)\b[^,]{0,80},\s)?"
    r"(?:(?:[A-Z][\w.'’&-]*|of|the|for|and),?\s){0,12}"
)
"""What may stand before a name that is the subject of a sentence."""


def _is_of_others(quotation: Quotation, statement: Quotation) -> bool:
    """Whether words quoted in a statement are proven to be those of others."""
    return (
        bool(quotation.speakers)
        and quotation.speakers != statement.speakers
        and quotation.rule.code in ("speaker-after", "speaker-before", "speaker-pronoun")
        and quotation.end <= statement.end
    )


def _without(statement: Quotation, inner: list[Quotation]) -> list[Quotation]:
    """A paragraph of a statement in pieces, where it quotes others; these quotations between them."""
    found: list[Quotation] = []
    at = statement.start
    for each in inner:
        if each.start > at:
            found.append(statement._replace(start=at, end=each.start))
        found.append(each)
        at = each.end
    return [*found, statement._replace(start=at)] if at < statement.end else found


def _carry_back(found: list[Quotation], text: str) -> list[Quotation]:
    """Quotations whose paragraph ends without a closing mark have the speaker of the one that goes on with them."""
    found = sorted(found, key=lambda each: each.start)
    for at in range(len(found) - 2, -1, -1):
        one, after = found[at], found[at + 1]
        if (
            not one.speakers
            and after.speakers
            and not is_closed(text, one.end)
            and not text[one.end : after.start].strip()
        ):
            found[at] = Quotation(
                one.start, one.end, after.speakers, after.office, _CONTINUES, after.proof_start, after.proof_end
            )
    return found
