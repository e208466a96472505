"""Maps the sections of a body: subhead, dateline, quotation, contact, boilerplate, end mark, tail, sign-off, caption.

Sections are computed from the text and never stored: `sections_of_release` gives those of a stored release; what no
section holds is the story. (Only captions without a credit cannot be told from the text: evidence has their offsets.)
"""

from __future__ import annotations

import re
from bisect import bisect_right

from archive.extract.dates import find_dateline
from archive.extract.structure.boilerplate_lines import is_boilerplate_line, is_organisation
from archive.extract.structure.captions import caption_spans, story_lines
from archive.extract.structure.organisation_names import is_organisation_name
from archive.extract.structure.quotation_spans import find_quotation_spans as quoted
from archive.extract.structure.sections import Section, SectionRole, find_sections
from archive.extract.text import Line, split_lines
from archive.release import Release

__all__ = ["Section", "SectionMap", "SectionRole", "map_sections", "sections_of_release"]

_MAX_SUBHEAD_CHARS = 250
_HEAD_LINES = 20
"""Lines at the head that may hold the dateline."""


class SectionMap:
    """The sections of one body, by offset."""

    def __init__(self, spans: list[Section]) -> None:
        self.sections = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self.sections]

    def role_at(self, offset: int) -> SectionRole | None:
        """The role of the section that holds this character; None in the story itself."""
        at = bisect_right(self._starts, offset) - 1
        return self.sections[at].role if at >= 0 and offset < self.sections[at].end else None

    def last(self, role: SectionRole) -> Section | None:
        """The last section of a role."""
        return next((span for span in reversed(self.sections) if span.role is role), None)


def map_sections(lines: list[Line], captions: list[Section]) -> SectionMap:
    """Map the sections that are neither story nor head, by the lines that begin them; `lines` has no captions."""
    spans = find_sections(lines)
    sign_off = _find_sign_off(lines, spans)
    if sign_off:
        spans = [span for span in spans if not sign_off.start <= span.start < sign_off.end]
    return SectionMap(spans + captions + ([sign_off] if sign_off else []))


def sections_of_release(release: Release) -> tuple[Section, ...]:
    """Every section of a release's body, in order; quotations lie in the story or in other sections, no others overlap.

    Lines of one block that stand together are one span, but for captions.
    """
    all_lines = split_lines(release.body)
    captions = caption_spans(all_lines, release.evidence)
    lines = story_lines(all_lines, captions)
    parts = map_sections(lines, captions)
    head = _head_sections(release, lines, parts)
    said = [Section(SectionRole.QUOTATION, *span) for span in quoted(release.body)]
    return tuple(
        sorted([*head, *_join_sections(release.body, parts.sections), *said], key=lambda span: (span.start, -span.end))
    )


def _head_sections(release: Release, lines: list[Line], parts: SectionMap) -> list[Section]:
    """The dateline, and the lines above the story that are neither boilerplate nor part of a section."""
    latest = release.published.year + 1 if release.published else 9999
    dateline = find_dateline(release.body, lines[:_HEAD_LINES], latest)
    found = [Section(SectionRole.DATELINE, dateline.start, dateline.text_start)] if dateline else []
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if (dateline and line.start >= dateline.start) or not _may_be_subhead(line, lines[number + 1 :]):
            break
        if not parts.role_at(line.start) and not is_boilerplate_line(line.text) and not is_organisation(line.text):
            found.append(Section(SectionRole.SUBHEAD, line.start, line.end))
    return found


def _may_be_subhead(line: Line, after: list[Line]) -> bool:
    """Whether a line stands above a story: it ends no sentence, and something longer follows."""
    if len(line.text) > _MAX_SUBHEAD_CHARS or line.text.endswith((".", ":", "”", '"')):
        return is_boilerplate_line(line.text)
    return any(len(each.text) > len(line.text) for each in after[:8])


def _join_sections(body: str, spans: list[Section]) -> list[Section]:
    found: list[Section] = []
    for span in spans:
        if (
            found
            and found[-1].role is span.role is not SectionRole.CAPTION
            and not body[found[-1].end : span.start].strip()
        ):
            found[-1] = Section(span.role, found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _find_sign_off(lines: list[Line], spans: list[Section]) -> Section | None:
    """The names of organisations that close a release: the last lines before its tail, and behind a sentence.

    A name that other short lines precede stands in a list, of grants or of links, and signs nothing.
    """
    roles = {span.start: span.role for span in spans}
    at = len(lines)
    while at > 1 and len(lines) - at < _TAIL_LINES and _is_behind_sign_off(lines[at - 1], roles):
        at -= 1
    first = at
    while first and at - first < 3 and _may_sign(lines[first - 1]):
        first -= 1
    if first in (0, at):
        return None
    above = first - 1
    if above and at < len(lines) and _PRESS_OFFICE.fullmatch(lines[above].text):
        above -= 1  # "Press Office", the name, and how it is reached
    before = lines[above]
    ends = before.text.endswith(_SENTENCE_ENDS) and (len(before.text) > 40 or lines[above + 1].after_blank)
    if not ends and roles.get(before.start) is not SectionRole.END_MARK:
        return None
    return Section(SectionRole.SIGN_OFF, lines[first].start, lines[at - 1].end)


_PRESS_OFFICE = re.compile(
    r"(?:the )?(?:(?:press|media|news|communications?) (?:office|relations|team|desk|service|section|department)"
    r"|pressestelle|service (?:de )?presse|oficina de prensa|ufficio stampa|persdienst|kommunikation)\W*",
    re.IGNORECASE,
)
_REACHED = re.compile(r"(?:tel|phone|fon|fax|e-?mail|mobil|www|http|@)|\+?\(?\d[\d\s/().-]{6,}", re.IGNORECASE)
_TAIL_LINES = 12
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", ")", "»")


def _may_sign(line: Line) -> bool:
    return len(line.text) <= 120 and not line.text.lower().startswith("about ") and is_organisation_name(line.text)


def _is_behind_sign_off(line: Line, roles: dict[int, SectionRole]) -> bool:
    """Whether a line may stand below the name that closes a release: an end mark, a tail, a contact, an address."""
    if roles.get(line.start) in _BEHIND_SIGN_OFF:
        return True
    short = len(line.text) <= 80 and bool(_REACHED.search(line.text) or _PRESS_OFFICE.fullmatch(line.text))
    return short or (len(line.text) <= 120 and is_boilerplate_line(line.text))


_BEHIND_SIGN_OFF = (SectionRole.END_MARK, SectionRole.TAIL, SectionRole.CONTACT)
