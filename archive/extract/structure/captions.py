"""Captions of a release: stated ones are appended to its body, others are recognised by their credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.extract.evidence import as_chosen, slice_evidence
from archive.extract.names import name_in_line
from archive.extract.structure.sections import Section, SectionRole
from archive.extract.text import Line, cut_at_word
from archive.release import Evidence, Record

_FIELD = "caption"
_END_CHARS = 24  # characters of a line, one of which closes a credit
_MAX_SHOWN_CHARS = 80
"""Characters of a caption that name it in a list."""

_PICTURE = r"(?:photo(?:graph)?|graphic|image|illustration|picture|artwork)s?(?:\s(?:illustration|credit))?"
# What stands before is the owner: "U.S. Air Force photo", "Courtesy photo"; "(see photo)" is no credit.
_CREDIT = re.compile(
    rf"\((?:(?:[A-Z][\w.’'-]*|of|the|and|for)\s){{0,8}}(?:{_PICTURE}\s?(?:$|[/:)]|\b(?:by|courtesy)\b)|courtesy\b)"
    r"[^()\n]{0,160}(?:\([^()\n]{1,40}\)[^()\n]{0,60})?\)?",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\((?:[A-Z]|(?i:courtesy|photo|graphic|image|illustration|picture|artwork|file|official))")
_AFTER = re.compile(r"[\s.]{0,3}(?:\((?i:released)[^()\n]{0,30}\))?[\s.]{0,3}$")
_CREDITED = re.compile(r"(?:\s?/\s?|\b(?:by|courtesy(?:\sof)?)\s|:\s|\s(?:and|&)\s|;\s)(?=[A-Z])")


def append_captions(body: str, record: Record) -> tuple[str, tuple[Evidence, ...]]:
    """A body with the captions that its record states below it, a paragraph each, and the evidence of each."""
    found: list[Evidence] = []
    for stated in record.stated:
        if stated.field == _FIELD and stated.value not in body:
            start = len(body) + 2 if body else 0
            body = f"{body}\n\n{stated.value}" if body else stated.value
            name = stated.value[: cut_at_word(stated.value, 0, len(stated.value), _MAX_SHOWN_CHARS)]
            proof = slice_evidence(_FIELD, name, stated.rule, body, (start, len(body)), 0.9)
            found.append(as_chosen(proof))
    return body, tuple(found)


def caption_spans(lines: Iterable[Line], evidence: Iterable[Evidence]) -> list[Section]:
    """The captions among the lines of a body, each apart from its credit; `evidence` has those that were stated."""
    stated = {each.start for each in evidence if each.field == _FIELD}
    may_be = (line for line in lines if ")" in line.text[-_END_CHARS:] or line.start in stated)
    return [span for line in may_be for span in _sections_of_line(line, line.start in stated)]


def story_lines(lines: Iterable[Line], captions: Iterable[Section]) -> list[Line]:
    """The lines that are no captions."""
    starts = {span.start for span in captions}
    return [line for line in lines if line.start not in starts]


def find_credited_names(body: str, captions: Iterable[Section]) -> Iterator[tuple[int, int]]:
    """Where the credits of captions name who made the picture."""
    for span in captions:
        credit = body[span.start : span.end]
        for match in _CREDITED.finditer(credit) if span.role is SectionRole.CREDIT else ():
            name = name_in_line(credit[match.end() :])
            if name:
                start = span.start + match.end()
                yield start + name.span[0], start + name.span[1]


def _sections_of_line(line: Line, stated: bool) -> Iterator[Section]:
    credit = _find_credit(line, stated)
    if credit:
        if credit[0]:
            yield Section(SectionRole.CAPTION, line.start, line.start + credit[0])
        yield Section(SectionRole.CREDIT, line.start + credit[0], line.start + credit[1])
    elif stated:
        yield Section(SectionRole.CAPTION, line.start, line.end)


def _find_credit(line: Line, stated: bool) -> tuple[int, int] | None:
    """Where the credit of a line stands; it makes a caption of a line only where it ends it."""
    for match in _CREDIT.finditer(line.text):
        if _OWNER.match(match[0]) and (stated or _AFTER.match(line.text, match.end())):
            return match.span()
    return None
