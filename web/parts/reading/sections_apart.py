"""The parts of a text that are not its story: contacts, boilerplate, end marks, the tail of a web page."""

from __future__ import annotations

from archive.extract import split_lines
from archive.extract.structure import SectionMap, SectionRole, caption_spans, map_sections, story_lines
from archive.release import Release

_APART = (SectionRole.CONTACT, SectionRole.BOILERPLATE, SectionRole.END_MARK, SectionRole.TAIL)


def find_apart(release: Release) -> frozenset[int]:
    """Where, in the body, the lines begin that are set apart; each is still shown, found and quotable."""
    lines = split_lines(release.body)
    captions = caption_spans(lines, release.evidence)
    sections: SectionMap = map_sections(story_lines(lines, captions), captions)
    return frozenset(line.start for line in lines if sections.role_at(line.start) in _APART)
