"""Who wrote a release: the line that begins with "By", or the author a record states."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.apostrophes import even_apostrophes
from archive.extract.aliases import known_name
from archive.extract.evidence import choose_first, slice_evidence, stated_evidence
from archive.extract.names import looks_like_name, name_in_line
from archive.extract.structure import is_organisation
from archive.extract.text import Line, collapse
from archive.release import Evidence, Record
from archive.rules import rule

_BY = re.compile(
    r"(?:(?:story|written|article|reported|compiled|posted|commentary|prepared|photos? and "
    r"story)\s+)?by\s*:?\s{1,5}(?=\S)",
    re.I,
)
_OFFICE = re.compile(r"[,;|/–—-]?\s{0,5}(?P<office>[A-Z0-9][^|/\n]{3,100}?)\s{0,3}(?:$|[|/])")
_MAX_LINE_CHARS = 160


@dataclass(frozen=True, slots=True)
class Byline:
    """The writer, where the name stands in the body, and the writer's office with its place."""

    name: str = ""
    span: tuple[int, int] | None = None
    role: str = ""
    office: str = ""
    office_span: tuple[int, int] | None = None
    evidence: tuple[Evidence, ...] = ()


def read_byline(record: Record, body: str, head: list[Line]) -> Byline:
    """The byline and its candidates: stated first, then the line in the text."""
    candidates = [
        stated_evidence(each, "byline", collapse(value))
        for each in record.stated
        if each.field == "byline"
        for value in [_strip_by(each.value)]
        if looks_like_name(even_apostrophes(value))
    ]
    candidates = [_reduce_to_name(each) for each in candidates]
    line = _find_line(body, head)
    if line and line.name and line.span:
        candidates.append(slice_evidence("byline", line.name, rule("by-line"), body, line.span, 0.9))
    name, evidence = choose_first(candidates)
    if not line:
        return Byline(name, None, "", "", None, evidence)
    same = line.name.casefold() == name.casefold()
    return Byline(name, line.span if same else None, line.role, line.office, line.office_span, evidence)


def _reduce_to_name(candidate: Evidence) -> Evidence:
    found = name_in_line(candidate.value)
    return (
        candidate
        if not found
        else Evidence(
            "byline",
            candidate.value[slice(*found.span)],
            candidate.rule,
            candidate.words,
            candidate.part,
            -1,
            -1,
            candidate.confidence,
            False,
        )
    )


def _strip_by(value: str) -> str:
    text = collapse(value)
    match = _BY.match(text)
    return text[match.end() :] if match else text


def _find_line(body: str, head: list[Line]) -> Byline | None:
    for number, line in enumerate(head[:15]):
        match = _BY.match(line.text)
        if match and len(line.text) <= _MAX_LINE_CHARS:
            found = _read_line(body, line, line.start + match.end())
            if found:
                return _add_office_below(found, head[number + 1 : number + 2])
        if len(line.text) > 300:
            break
    return None


def _read_line(body: str, line: Line, start: int) -> Byline | None:
    rest = body[start : line.end]
    found = name_in_line(rest)
    if found:
        name_start, name_end = found.span
        office = _OFFICE.match(rest, name_end)
        has_office = bool(office) and is_organisation(office["office"]) if office else False
        return Byline(
            collapse(rest[name_start:name_end]),
            (start + name_start, start + name_end),
            collapse(rest[:name_start]).strip(" ,"),
            office["office"] if office and has_office else "",
            (start + office.start("office"), start + office.end("office")) if office and has_office else None,
        )
    whole = rest.split("/")[0].strip(" ,|")
    if whole and (known_name(whole) or is_organisation(whole)):
        at = start + rest.index(whole)
        return Byline("", None, "", whole, (at, at + len(whole)))
    return None


def _add_office_below(found: Byline, after: list[Line]) -> Byline:
    """The line under a byline often is the writer's office: "American Forces Press Service"."""
    if found.office or not after or not is_organisation(after[0].text):
        return found
    return Byline(found.name, found.span, found.role, after[0].text, (after[0].start, after[0].end))
