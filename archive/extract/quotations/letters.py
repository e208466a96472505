"""Finds who signed a letter that is quoted without a name beside it: "the letter reads", "the senators wrote"."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.extract.quotations.attribution import sentence_start
from archive.extract.quotations.mentions import Mentions
from archive.extract.quotations.speech import LETTER_SAYS, PARTY

_LETTER = r"letters?\b"
_QUOTED = re.compile(
    rf"[\s,]*(?:(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er)\s{_LETTER}\s(?:also\s)?(?:{LETTER_SAYS})\b"
    r"|(?:[Tt]he\s(?:two\s)?(?:senators|Senators|lawmakers|members|Members|representatives|congressmen|legislators|governors"
    r"|attorneys\sgeneral|pair|duo)|they|They)\s(?:also\s)?(?:wrote|write)\b)"
)
"""What stands behind words from a letter that is known from before."""

_SIGNED = re.compile(
    rf"\b(?:sent|send|wrote|written|signed|delivered|penned|released)\b[^.!?;:\n“”\"]{{0,80}}\b{_LETTER}|\bin\san?\s{_LETTER}"
)
_OTHERS = re.compile(
    r"\b(?:group\sof|coalition|colleagues|other\s(?:[Ss]enators|[Mm]embers|lawmakers)|others|joined|join|along\swith"
    r"|bipartisan|co-signed|signatories|attorneys\sgeneral)\b"
)
"""What tells that there are signers who are not named."""

_SEVERAL = re.compile(r"[\s,]*(?:[Tt]he\s(?!letter)|[Tt]hey)")
_LEAD = re.compile(r"\s*(?:[^,\n]{1,40}\s?[–—-]{1,2}\s)?(?:Today,?\s)?(?:(?:[A-Z][\w.'’&-]*|of|the|for|and),?\s){0,12}")
_AND = re.compile(rf"{PARTY},?\s(?:and|&)\s(?:[A-Z][\w.'’&-]*\s|of\s|the\s){{0,6}}")
_COMMA = re.compile(rf"{PARTY},\s(?:[A-Z][\w.'’&-]*\s|of\s|the\s){{0,6}}")
_VERB = re.compile(
    rf"{PARTY}(?:,[^.;:\n“”\"]{{1,120}},)?\s(?:(?:today|also|recently|has|have|\w+ly)\s){{0,2}}(?P<verb>[a-z]+)\b"
)
_MAX_BEFORE_CHARS = 4_000
"""Characters before the words within which the letter is told of."""

_MAX_HEAD_CHARS = 600
"""Characters of a sentence within which its subjects stand."""


class Signers(NamedTuple):
    """The names of those who signed a letter, with the words that tell of it."""

    names: tuple[str, ...]
    start: int
    end: int


def is_from_letter(text: str, end: int, stop: int) -> bool:
    """Whether the words behind a quotation say that it is from a letter, and name nobody."""
    return bool(_QUOTED.match(text, end, stop))


def find_signers(mentions: Mentions, before: int, end: int) -> Signers | None:
    """Who signed the letter from which the words before `end` are that begin at `before`.

    They are the subject of the last sentence that tells of a letter, or of the first of the text; None where that is
    not certain, or where others may have signed it, too: one person alone signs where nobody else is named.
    """
    text, since = mentions.text, max(0, before - _MAX_BEFORE_CHARS)
    if _OTHERS.search(text, since, before):
        return None
    told = list(_SIGNED.finditer(text, since, before))
    line = max(since, text.rfind("\n", since, told[-1].start()) + 1) if told else 0
    places = [sentence_start(text, line, told[-1].start())] if told else []
    found = next(filter(None, (_subjects(mentions, at, before) for at in (*places, 0))), None)
    if not found or len(found.names) > 1:
        return found
    others = mentions.names_between(since, before) - set(found.names)
    return None if others or _SEVERAL.match(text, end) else found


def _subjects(mentions: Mentions, start: int, end: int) -> Signers | None:
    """The people at the head of a sentence, up to its verb."""
    text = mentions.text
    named = mentions.between(start, min(end, start + _MAX_HEAD_CHARS))
    if not named or not _LEAD.fullmatch(text[start : named[0].start]):
        return None
    names, last = [named[0].name], named[0].end
    for each in named[1:]:
        gap = text[last : each.start]
        if not (_AND.fullmatch(gap) or _COMMA.fullmatch(gap)):
            break
        names.append(each.name)
        last = each.end
    verb = _VERB.match(text, last, end)
    return Signers(tuple(dict.fromkeys(names)), named[0].start, verb.end()) if verb else None
