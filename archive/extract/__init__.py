"""Extraction: finds the fields and people of a release in a record, each with evidence."""

from archive.extract.aliases import fold_organisation, spellings
from archive.extract.extraction import read_release
from archive.extract.text import MAX_ANALYSED_CHARS, Line, split_lines

__all__ = ["MAX_ANALYSED_CHARS", "Line", "fold_organisation", "read_release", "spellings", "split_lines"]
