"""The structure of a release's text: sections, captions, boilerplate lines, quotations."""

from archive.extract.structure.boilerplate_lines import (
    end_of_boilerplate,
    is_boilerplate_line,
    is_letterhead,
    is_organisation,
    is_under_letterhead,
    label_length,
)
from archive.extract.structure.captions import append_captions, caption_spans, find_credited_names, story_lines
from archive.extract.structure.section_map import SectionMap, map_sections
from archive.extract.structure.sections import SectionRole

__all__ = [
    "SectionMap",
    "SectionRole",
    "append_captions",
    "caption_spans",
    "end_of_boilerplate",
    "find_credited_names",
    "is_boilerplate_line",
    "is_letterhead",
    "is_organisation",
    "is_under_letterhead",
    "label_length",
    "map_sections",
    "story_lines",
]
