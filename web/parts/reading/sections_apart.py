"""The lines of a text that are not its story: captions, contacts, boilerplate, end marks, the tail of a web page."""

from __future__ import annotations

from typing import NamedTuple

from archive.extract import split_lines
from archive.extract.structure import SectionMap, SectionRole, caption_spans, map_sections, story_lines
from archive.release import Release

_APART = (SectionRole.CONTACT, SectionRole.BOILERPLATE, SectionRole.END_MARK, SectionRole.TAIL)


class LinesApart(NamedTuple):
    """Where, in a body, captions begin, and the lines that are set apart; each is still shown, found and quotable."""

    captions: frozenset[int]
    apart: frozenset[int]


def find_apart(release: Release) -> LinesApart:
    """The lines of a release's body that are not its story."""
    lines = split_lines(release.body)
    captions = caption_spans(lines, release.evidence)
    sections: SectionMap = map_sections(story_lines(lines, captions), captions)
    apart = frozenset(line.start for line in lines if sections.role_at(line.start) in _APART)
    return LinesApart(frozenset(span.start for span in captions), apart)
