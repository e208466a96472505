"""Exports: every hit of a search as a file (CSV, JSON Lines, RIS, BibTeX, ZIP), and one release as a text to keep.

`export_search` says beforehand how many releases there are; `write_export` then reads and writes some at a time.
"""

from indexer.export.batch_csv import batch_to_csv
from indexer.export.csv_file import encode_lines, make_inert
from indexer.export.export import CHUNK, Damage, Export, Row, export_all, export_search, read_rows
from indexer.export.formats import ExportFormat, write_export
from indexer.export.member_names import media_suffix, member_name
from indexer.export.release_text import escape_markdown, release_to_markdown, release_to_text

__all__ = [
    "CHUNK",
    "Damage",
    "Export",
    "ExportFormat",
    "Row",
    "batch_to_csv",
    "encode_lines",
    "escape_markdown",
    "export_all",
    "export_search",
    "make_inert",
    "media_suffix",
    "member_name",
    "read_rows",
    "release_to_markdown",
    "release_to_text",
    "write_export",
]
