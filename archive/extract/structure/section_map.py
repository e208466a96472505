"""Maps the sections of a body: subhead, dateline, quotation, contact, boilerplate, end mark, tail, sign-off, caption.

Sections are computed from the text and never stored: `sections_of_release` gives those of a stored release; what no
section holds is the story. (Only captions without a credit cannot be told from the text: evidence has their offsets.)
"""

from __future__ import annotations

from bisect import bisect_right

from archive.extract.dates import find_dateline
from archive.extract.structure.boilerplate_lines import is_boilerplate_line, is_organisation
from archive.extract.structure.captions import caption_spans, story_lines
from archive.extract.structure.quotations import find_quotation_spans as quoted
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
    """The names of organisations that close a release: the last such lines before its tail."""
    taken = {span.start for span in spans if span.role in (SectionRole.END_MARK, SectionRole.TAIL)}
    block: list[Line] = []
    for line in reversed(lines[-12:]):
        if line.start in taken:
            if block:
                break
        elif len(line.text) > 120:
            break
        elif len(block) < 3 and is_organisation(line.text) and not line.text.lower().startswith("about "):
            block.insert(0, line)
        elif block:
            break
    if not block or block[0] is lines[0]:
        return None
    return Section(SectionRole.SIGN_OFF, block[0].start, block[-1].end)
