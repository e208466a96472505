"""Extraction: finds the fields and people of a release in a record, each with evidence."""

import datetime

from archive.extract.aliases import fold_organisation, spellings
from archive.extract.text import MAX_ANALYSED_CHARS, Line, first_sentence_end, split_lines
from archive.release import Record, Release

__all__ = [
    "MAX_ANALYSED_CHARS",
    "Line",
    "first_sentence_end",
    "fold_organisation",
    "read_release",
    "spellings",
    "split_lines",
]


def read_release(record: Record, path: str, today: datetime.date) -> Release:
    """Extract a release from a record: see `archive.extract.extraction.read_release`."""
    # Imported here: who needs only word lists or names, as the process that stores does, need not load all rules.
    from archive.extract import extraction

    return extraction.read_release(record, path, today)
