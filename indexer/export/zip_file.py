"""A ZIP file of originals (PKWARE APPNOTE 6.3), streamed: a manifest, every original, and a table of what each is.

Nothing in it depends on the clock. Only the directory at its end, some hundred bytes a release, is kept in memory.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version as installed_version
from typing import IO

from archive.errors import ArchiveDamaged
from indexer.export.csv_file import COLUMNS, cells, encode_lines
from indexer.export.export import Damage, Export, Row, note_unread
from indexer.export.member_names import member_name
from indexer.export.zip_stream import ZipSink, zip_member
from indexer.language import GRAMMAR_VERSION
from indexer.output import escape_json

MAX_TABLE_BYTES = 1024 * 1024
"""Bytes of the table that are kept in memory; a longer one is kept in a temporary file."""

_PART_BYTES = 256 * 1024
_TABLE_COLUMNS = (*(name for name in COLUMNS if name != "body"), "member")
_FILES = {
    "manifest.json": "what was asked for, and what is in here",
    "originals/": "the bytes of each release as they were found, named by id and version",
    "manifest.csv": "a row a release: its fields without the text, the SHA-256 of its bytes, and its member",
}


def write_zip(export: Export, chunks: Iterable[Sequence[Row]], damage: Damage | None) -> Iterator[bytes]:
    """The originals of the rows, a release at a time; one whose bytes cannot be read is noted in `damage`.

    Raises:
        ExportBroken: an original cannot be read, and there is no `damage`.
    """
    sink = ZipSink()
    with (
        tempfile.SpooledTemporaryFile(MAX_TABLE_BYTES) as table,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(zip_member("manifest.json"), _manifest(export))
        table.write(encode_lines([_TABLE_COLUMNS]))
        for row in (row for rows in chunks for row in rows):
            content = _read_original(export, row, damage)
            if content is not None:
                name = member_name(row.version, row.path)
                archive.writestr(zip_member(name), content)
                table.write(encode_lines([_table_row(row, name)]))
            yield sink.take()
        table.seek(0)
        yield from _copy(archive, table, sink)
    yield sink.take()


def _manifest(export: Export) -> bytes:
    hits = export.hits
    value = {
        "total": export.total,
        "query": hits.canonical_query,
        "filters": list(hits.filters),
        "notices": [hits.notice] if hits.notice else [],
        "fingerprint": hits.fingerprint,
        "grammar": GRAMMAR_VERSION,
        "dateline": installed_version("dateline"),
        "files": _FILES,
    }
    return f"{escape_json(json.dumps(value, ensure_ascii=False))}\n".encode()


def _read_original(export: Export, row: Row, damage: Damage | None) -> bytes | None:
    try:
        content = export.archive.original(row.version.digest)
    except ArchiveDamaged:
        content = None
    if content is None:
        note_unread([row.version.work], damage)
    return content


def _table_row(row: Row, member: str) -> list[str]:
    return [cell for name, cell in zip(COLUMNS, cells(row), strict=True) if name != "body"] + [member]


def _copy(archive: zipfile.ZipFile, table: IO[bytes], sink: ZipSink) -> Iterator[bytes]:
    with archive.open(zip_member("manifest.csv"), "w", force_zip64=True) as member:
        while part := table.read(_PART_BYTES):
            member.write(part)
            yield sink.take()
