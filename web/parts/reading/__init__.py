"""What the page of a release makes of it: paragraphs, what is not its story, who is in it, how to correct a value."""

from web.parts.reading.correction_texts import CorrectionText, list_correction_texts
from web.parts.reading.paragraphs import Mark, split_paragraphs, title_marks
from web.parts.reading.people_groups import PeopleGroup, group_people
from web.parts.reading.sections_apart import find_apart
from web.parts.reading.voices import Voice, list_voices

__all__ = [
    "CorrectionText",
    "Mark",
    "PeopleGroup",
    "Voice",
    "find_apart",
    "group_people",
    "list_correction_texts",
    "list_voices",
    "split_paragraphs",
    "title_marks",
]
