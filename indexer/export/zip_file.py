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
from indexer.language import GRAMMAR_VERSION
from indexer.output import escape_json

MAX_TABLE_BYTES = 1024 * 1024
"""Bytes of the table that are kept in memory; a longer one is kept in a temporary file."""

_PART_BYTES = 256 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format can say: that of every member."""

_TABLE_COLUMNS = (*(name for name in COLUMNS if name != "body"), "member")
_FILES = {
    "manifest.json": "what was asked for, and what is in here",
    "originals/": "the bytes of each release as they were found, named by id and version",
    "manifest.csv": "a row a release: its fields without the text, the SHA-256 of its bytes, and its member",
}


class _Sink:
    """A file that can only be written to; what was written is taken out again, some at a time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes, /) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def write_zip(export: Export, chunks: Iterable[Sequence[Row]], damage: Damage | None) -> Iterator[bytes]:
    """The originals of the rows, a release at a time; one whose bytes cannot be read is noted in `damage`.

    Raises:
        ExportBroken: an original cannot be read, and there is no `damage`.
    """
    sink = _Sink()
    with (
        tempfile.SpooledTemporaryFile(MAX_TABLE_BYTES) as table,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr(_member("manifest.json"), _manifest(export))
        table.write(encode_lines([_TABLE_COLUMNS]))
        for row in (row for rows in chunks for row in rows):
            content = _read_original(export, row, damage)
            if content is not None:
                name = member_name(row.version, row.path)
                archive.writestr(_member(name), content)
                table.write(encode_lines([_table_row(row, name)]))
            yield sink.take()
        table.seek(0)
        yield from _copy(archive, table, sink)
    yield sink.take()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIRST_DAY)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    member.create_system = 3  # Unix, on every system
    return member


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


def _copy(archive: zipfile.ZipFile, table: IO[bytes], sink: _Sink) -> Iterator[bytes]:
    with archive.open(_member("manifest.csv"), "w", force_zip64=True) as member:
        while part := table.read(_PART_BYTES):
            member.write(part)
            yield sink.take()
