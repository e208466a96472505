"""Finds the sender where a line says that it is one: `Source: X`, `Issued by X`, `© 2021 X`, and in contact blocks."""

from __future__ import annotations

import re

from archive.extract.evidence import slice_evidence
from archive.extract.sources.senders import name_sender
from archive.extract.structure import SectionMap, SectionRole
from archive.extract.text import Line
from archive.release import Evidence
from archive.rules import Rule, rule

_LABEL = re.compile(
    r"(?:source\s*:|SOURCE\s|(?:issued|released|published|distributed|provided) by(?:\s*:|\s)|publisher\s*:"
    r"|issuing (?:office|authority|agency)\s*:|quelle\s*:|herausgeber\s*:|source du communiqué\s*:|publié par\s|"
    r"émetteur\s*:|fuente\s*:|emitido por\s|fonte\s*:|bron\s*:)\s{0,3}(?:the\s+)?(?P<name>\S.{2,110})$",
    re.IGNORECASE,
)
_FROM = re.compile(r"from\s*:\s{0,3}(?P<name>\S.{2,110})$", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[\s©:]{0,4}(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.:|–-]{0,4}(?:by\s+)?(?:the\s+)?"
    r"(?P<name>[^\W\d_][^|©.\n]{2,90}?)\s*(?:$|[|.]|,?\s(?:all|tous|alle|todos)\b|,?\s\d{4})",
    re.IGNORECASE,
)
_HEAD_LINES, _LAST_LINES = 6, 8
_FIRST = frozenset("sSiIrRpPdDqQhHéÉeEfFbBcC©(")
"""The first letters of all labels: a look at one character spares three patterns."""

_ABBREVIATED = re.compile(r"\b(?:Inc|Corp|Co|Ltd|S\.A|N\.V|B\.V|S\.p\.A)\.$")


_SENDER_LINE, _CONTACT_LINES = rule("sender-line"), rule("contact-organisation")


def labelled_candidates(body: str, lines: list[Line]) -> list[Evidence]:
    """The name behind a label at the head or at the end of a text."""
    for line in filter(_may_be_label, lines[:_HEAD_LINES]):
        for pattern in (_FROM, _LABEL):
            if found := _read_label(body, line, pattern, _SENDER_LINE):
                return found
    for line in filter(_may_be_label, reversed(lines[-_LAST_LINES:])):
        if found := _read_label(body, line, _LABEL, _SENDER_LINE):
            return found
        if line.text[:1] in "©(cC" and (found := _read_label(body, line, _COPYRIGHT, rule("copyright-line"))):
            return found
    return []


def _may_be_label(line: Line) -> bool:
    return len(line.text) <= 160 and line.text[0] in _FIRST


def _read_label(body: str, line: Line, pattern: re.Pattern[str], by: Rule) -> list[Evidence]:
    match = pattern.match(line.text)
    if not match:
        return []
    words = match["name"].rstrip(" ,;")
    words = words if _ABBREVIATED.search(words) else words.rstrip(".")
    name = name_sender(words)
    start = line.start + match.start("name")
    return [slice_evidence("source", name, by, body, (start, start + len(words)), 0.85)] if name else []


def contact_candidates(body: str, lines: list[Line], sections: SectionMap) -> list[Evidence]:
    """The one organisation that contact lines name; of several, any may be the sender."""
    found: dict[str, Evidence] = {}
    spans = [each for each in sections.sections if each.role is SectionRole.CONTACT]
    if not spans:
        return []
    for line in lines:
        if len(line.text) > 120 or not any(each.start <= line.start < each.end for each in spans):
            continue
        at = 0
        for piece in line.text.split(","):
            words = piece.strip()
            if words and (name := name_sender(words)):
                start = line.start + at + piece.index(words)
                proof = slice_evidence("source", name, _CONTACT_LINES, body, (start, start + len(words)), 0.6)
                found.setdefault(name, proof)
            at += len(piece) + 1
    return list(found.values()) if len(found) == 1 else []
