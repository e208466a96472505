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
from archive.extract.structure.organisation_names import is_menu_text, is_organisation_name
from archive.extract.structure.person_offices import (
    EXECUTIVE,
    LEGISLATOR,
    PERSON_NAME,
    read_person_office,
    write_name,
)
from archive.extract.structure.quotations import find_quotations
from archive.extract.structure.section_map import SectionMap, map_sections
from archive.extract.structure.sections import SectionRole

__all__ = [
    "EXECUTIVE",
    "LEGISLATOR",
    "PERSON_NAME",
    "SectionMap",
    "SectionRole",
    "append_captions",
    "caption_spans",
    "end_of_boilerplate",
    "find_credited_names",
    "find_quotations",
    "is_boilerplate_line",
    "is_letterhead",
    "is_menu_text",
    "is_organisation",
    "is_organisation_name",
    "is_under_letterhead",
    "label_length",
    "map_sections",
    "read_person_office",
    "story_lines",
    "write_name",
]
