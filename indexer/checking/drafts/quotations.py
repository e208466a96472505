"""The quotations of a draft with their places, speakers, and the draft's own words beside them; and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from archive.extract import first_sentence_end
from indexer.checking.drafts.reading import DraftText
from indexer.checking.drafts.speakers import find_speaker
from indexer.checking.passages import folded_words

MIN_SINGLE_WORDS = 3
"""Words between single marks that make a quotation; fewer are a word that is talked about."""

MIN_SENTENCE_WORDS = 4

_CONTEXT_CHARS = 400
_BODY = r"(?:[^{0}\n]|\n(?![^\S\n]*\n))"
_CURLY = rf"“(?P<curly>{_BODY.format('“”')}+)(?:”|(?=\n|\Z))"
_STRAIGHT = rf"(?<![\w\"])\"(?=\S)(?P<straight>{_BODY.format(chr(34) + '“”')}+)(?:[\"”]|(?=\n|\Z))"
_LOW = rf"„(?P<low>{_BODY.format('„“”')}+)[“”]"
_ANGLE = rf"«(?P<angle>{_BODY.format('«»')}+)»"
_SINGLE = r"(?<!\w)‘(?P<single>(?:[^‘’\n]|’(?=\w)|\n(?![^\S\n]*\n))+)’(?!\w)"
_PLAIN = r"(?<![\w'])'(?=\w)(?P<plain>(?:[^'\n]|(?<=\w)'(?=\w)|\n(?![^\S\n]*\n))+)'(?!\w)"
_QUOTATION = re.compile("|".join((_LOW, _CURLY, _STRAIGHT, _ANGLE, _SINGLE, _PLAIN)))
_OUTER = re.compile(r"\A\s*[“\"„«](.*)[”\"“»]\s*\Z", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")


class Kind(StrEnum):
    """What of a draft is checked."""

    QUOTATION = "quotation"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a draft that are checked, without their marks.

    `start` and `end` are their offsets in the draft, marks included. `speaker` is whom the draft names, "" for nobody.
    `lead` and `trail` are the draft's own words beside it, `previous` and `following` the words of the quotations
    beside it in the same paragraph, all folded.
    """

    text: str
    start: int
    end: int
    kind: Kind = Kind.QUOTATION
    speaker: str = ""
    lead: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    following: tuple[str, ...] = ()


def find_quoted(draft: DraftText) -> list[Quoted]:
    """The quotations of a draft, in order."""
    text = draft.text
    found = [_read_block(text, *block) for block in draft.blocks]
    for match in _QUOTATION.finditer(text):
        words = match[match.lastgroup or 0]
        is_single = match.lastgroup in ("single", "plain")
        if is_single and len(folded_words(words)) < MIN_SINGLE_WORDS:
            continue
        if not any(start < match.end() and match.start() < end for start, end in draft.blocks):
            found.append(Quoted(words, match.start(), match.end()))
    found = sorted((each for each in found if folded_words(each.text)), key=lambda each: each.start)
    return [_with_context(text, found, at) for at in range(len(found))]


def find_sentences(draft: DraftText, quoted: Sequence[Quoted]) -> list[Quoted]:
    """The sentences of a draft that hold no quotation, in order."""
    found = []
    for start, end in _paragraphs(draft.text):
        while start < end:
            stop = first_sentence_end(draft.text, start, end)
            words = draft.text[start:stop]
            is_apart = not any(each.start < stop and start < each.end for each in quoted)
            if is_apart and len(folded_words(words)) >= MIN_SENTENCE_WORDS:
                lead = len(words) - len(words.lstrip())
                found.append(Quoted(words.strip(), start + lead, start + len(words.rstrip()), Kind.SENTENCE))
            start = max(stop, start + 1)
    return found


def _read_block(text: str, start: int, end: int) -> Quoted:
    words = text[start:end]
    inner = _OUTER.match(words)
    is_one = inner and not any(mark in inner[1] for mark in '“”"')
    return Quoted(inner[1] if inner and is_one else words, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _with_context(text: str, found: Sequence[Quoted], at: int) -> Quoted:
    """A quotation with what stands beside it in its paragraph."""
    this = found[at]
    before = text[max(0, this.start - _CONTEXT_CHARS) : this.start]
    before = _PARAGRAPH.split(before)[-1]
    after = _PARAGRAPH.split(text[this.end : this.end + _CONTEXT_CHARS])[0]
    previous = found[at - 1] if at and this.start - found[at - 1].end <= len(before) else None
    following = found[at + 1] if at + 1 < len(found) and found[at + 1].start - this.end <= len(after) else None
    own_before = before[len(before) - (this.start - previous.end) :] if previous else before
    own_after = after[: following.start - this.end] if following else after
    return replace(
        this,
        speaker=find_speaker(own_before, own_after),
        lead=_keys(own_before),
        trail=_keys(own_after),
        previous=_keys(previous.text) if previous else (),
        following=_keys(following.text) if following else (),
    )


def _keys(text: str) -> tuple[str, ...]:
    return tuple(word.key for word in folded_words(text))
