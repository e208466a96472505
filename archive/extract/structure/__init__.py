"""The parts of a release's text: sections, captions, boilerplate, quotations."""

from archive.extract.structure.anatomy import Anatomy, dissect
from archive.extract.structure.boilerplate_lines import (
    end_of_marks,
    is_furniture,
    is_letterhead,
    is_organisation,
    is_under_letterhead,
    label_of,
)
from archive.extract.structure.captions import caption_spans, makers, story_lines, with_captions
from archive.extract.structure.sections import Role

__all__ = [
    "Anatomy",
    "Role",
    "caption_spans",
    "dissect",
    "end_of_marks",
    "is_furniture",
    "is_letterhead",
    "is_organisation",
    "is_under_letterhead",
    "label_of",
    "makers",
    "story_lines",
    "with_captions",
]
