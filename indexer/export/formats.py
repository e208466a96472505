"""The formats of an export: what each is called, and the bytes it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from indexer.citation import format_bibtex, format_ris
from indexer.export.csv_file import write_csv
from indexer.export.export import Damage, Export, read_rows
from indexer.export.json_lines import write_json_lines
from indexer.export.references import write_references
from indexer.export.zip_file import write_zip


class ExportFormat(StrEnum):
    """A format, by the ending of its files."""

    JSONL = "jsonl"
    CSV = "csv"
    RIS = "ris"
    BIB = "bib"
    ZIP = "zip"

    @property
    def media_type(self) -> str:
        """Its media type, with the encoding of texts."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    ExportFormat.JSONL: "application/x-ndjson; charset=utf-8",
    ExportFormat.CSV: "text/csv; charset=utf-8; header=present",
    ExportFormat.RIS: "application/x-research-info-systems; charset=utf-8",
    ExportFormat.BIB: "application/x-bibtex; charset=utf-8",
    ExportFormat.ZIP: "application/zip",
}


def write_export(export: Export, shape: ExportFormat, damage: Damage | None = None) -> Iterator[bytes]:
    """The bytes of an export, a chunk at a time, in constant memory.

    What cannot be read is left out and noted in `damage`.

    Raises:
        ExportBroken: something cannot be read, and there is no `damage`; what was written is not whole.
    """
    chunks = read_rows(export, damage)
    match shape:
        case ExportFormat.JSONL:
            return write_json_lines(chunks)
        case ExportFormat.CSV:
            return write_csv(chunks)
        case ExportFormat.RIS:
            return write_references(chunks, export.base, format_ris, "\r\n")
        case ExportFormat.BIB:
            return write_references(chunks, export.base, format_bibtex, "\n")
        case ExportFormat.ZIP:
            return write_zip(export, chunks, damage)
