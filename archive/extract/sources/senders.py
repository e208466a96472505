"""Finds the sender where a text names it outside its story: letterhead, sign-off, the paragraph about it."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import canonical_name, known_name
from archive.extract.evidence import slice_evidence
from archive.extract.sources.issuers import names_office_holder
from archive.extract.structure import (
    SectionMap,
    SectionRole,
    is_boilerplate_line,
    is_organisation_name,
    read_person_office,
)
from archive.extract.text import Line, collapse, is_capitals
from archive.release import Evidence
from archive.rules import rule

_HEAD_LINES, _HEAD_CHARS = 8, 160
_BETWEEN = re.compile(
    r"\s{2,}|\s[|•·]\s|\b(?:for (?:immediate )?release|(?:press|news|media) (?:release|advisory|statement))\b[\s:.-]*"
    r"|\b(?:release|bulletin|statement)(?: (?:no|nr|number)\.?)? \S*\d\S*|\bdownload pdf\b"
    r"|(?<!\S)\S*\d{2,}[-/]\S*\d\S*|(?<!\S)(?:no|nr|number)\.? ?\d\S*",
    re.IGNORECASE,
)
"""What stands between the names on a line of a letterhead: gaps, bars, release lines and numbers."""

_QUALIFIER = re.compile(r"\s[-–—]\s(?P<place>[^-–—]{2,40})$")
_ABOUT = re.compile(r"(?:About|ABOUT)\s+(?:[Tt]he\s+|THE\s+)?(?P<name>[A-Z][^:.\n]{3,100}?)(?=$|:|\s[–—]\s)")
_CLOSING = re.compile(
    r"The\s+(?P<name>[A-Z][\w.&'’-]*(?:\s(?:of|the|and|for|on|[A-Z][\w.&'’-]*)){1,10}?)\s"
    r"(?:is|provides|works|serves|measures|keeps|looks|leads|promotes|supports|operates"
    r"|represents|protects|conducts|manages)\s"
)
_ABOUT_LINES = 6
_SMALL = frozenset("of the and for on in to at by de du des del la der die und".split())


def letterhead_candidates(body: str, head: list[Line], story_start: int) -> list[Evidence]:
    """The first name above the story, among boilerplate; `story_start` is the dateline's offset or -1."""
    for line in head[:_HEAD_LINES]:
        if 0 <= story_start < line.start:
            break
        if len(line.text) > _HEAD_CHARS and "elease" not in line.text[:_HEAD_CHARS].lower():
            break  # a paragraph
        if found := _first_name(line.text[:_HEAD_CHARS]):
            name, start, end = found
            span = (line.start + start, line.start + end)
            return [slice_evidence("source", name, rule("letterhead"), body, span, 0.85)]
        if not is_boilerplate_line(line.text):
            break
    return []


@lexicon.lru_cached(1024)  # the releases of a source begin with the same lines
def _first_name(text: str) -> tuple[str, int, int] | None:
    """The first sender that a line names, and where in the line."""
    named = ((name_sender(piece), start, start + len(piece)) for start, piece in _pieces(text))
    return next((each for each in named if each[0]), None)


def _pieces(text: str) -> list[tuple[int, str]]:
    """The parts of a line that may be names, with their offsets; a cut line's last part is none."""
    bounds = [0, *(at for match in _BETWEEN.finditer(text) for at in match.span()), len(text)]
    found = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        bare = text[start:end].strip(" \t,:;–—-")
        if bare and not (end == len(text) == _HEAD_CHARS):
            found.append((text.index(bare, start), bare))
    return found


def name_sender(text: str) -> str:
    """The name of the organisation or the person's office that a short text is, "" where it is neither."""
    if office := read_person_office(text):
        return office
    qualifier = _QUALIFIER.search(text)
    if qualifier and qualifier["place"].casefold() in lexicon.casefolded_set("places"):
        text = text[: qualifier.start()]
    return write_organisation(text) if is_organisation_name(text) else ""


def write_organisation(text: str) -> str:
    """An organisation's name as one writes it: capitals become words."""
    known = known_name(text)
    if known or not is_capitals(text) or len(text) <= 6:
        return known or canonical_name(text)
    words = [word.lower() if word.lower() in _SMALL else word.capitalize() for word in collapse(text).split(" ")]
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def sign_off_candidates(title: str, body: str, sections: SectionMap) -> list[Evidence]:
    """The name that closes the release, the first of its lines; no company that the release tells of."""
    span = sections.last(SectionRole.SIGN_OFF)
    line = body[span.start : span.end].split("\n")[0] if span else ""
    name = name_sender(line) if span else ""
    if not span or not name or (_COMPANY.search(line) and (line in title or line in body[: span.start])):
        return []
    return [slice_evidence("source", name, rule("sign-off"), body, (span.start, span.end), 0.8)]


_COMPANY = re.compile(
    r"\b(?:Inc|Corp|Corporation|Company|Co|Ltd|LLC|LLP|PLC|plc|GmbH|AG|S\.?A|S\.?p\.?A|N\.?V|Group)\.?$"
)


def about_candidates(body: str, lines: list[Line], sections: SectionMap) -> list[Evidence]:
    """Whom the paragraph at the end is about: "About X: ...", or "The X measures rivers ..."."""
    last = lines[1:][-_ABOUT_LINES:]
    marked = False
    for number, line in enumerate(last):
        marked = marked or sections.role_at(line.start) is SectionRole.END_MARK
        match = _ABOUT.match(line.text)
        # Without a heading or an end mark, the last paragraph of a member's release may be about anybody.
        if not match and len(last) - number <= 2:
            match = _CLOSING.match(line.text)
            match = match if match and (marked or not names_office_holder(body)) else None
        name = match["name"].strip(" :") if match else ""
        if match and (value := name_sender(name)):
            span = (line.start + match.start("name"), line.start + match.start("name") + len(name))
            return [slice_evidence("source", value, rule("about-paragraph"), body, span, 0.5)]
    return []
