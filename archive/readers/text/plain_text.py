"""Reads plain text files, of one release or several; they state no values outside the text."""

from __future__ import annotations

from collections.abc import Iterator

from archive.readers.encoding import Decoded, decode_as, find_encoding
from archive.readers.normalise import tidy
from archive.readers.record_context import format_context
from archive.readers.records import make_record
from archive.readers.text.text_parts import headline, split_releases
from archive.release import Record, Skipped

_MEDIA_TYPE = "text/plain"


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a text file as one record, its lines kept as they are, or as one for each of several releases in it."""
    encoding, notes = find_encoding(content)
    slices = list(split_releases(content, encoding))
    if len(slices) == 1:
        yield _whole(content, encoding, notes)
        return
    for number, (start, end) in enumerate(slices, 1):
        original = content[start:end].strip(b"\r\n")
        yield _part(original, decode_as(original, encoding, notes), f"release {number}")


def _whole(content: bytes, encoding: str, notes: tuple[str, ...]) -> Record | Skipped:
    decoded = decode_as(content, encoding, notes)
    return make_record(tidy(decoded.text), content, _MEDIA_TYPE, encoding=decoded.encoding, notes=decoded.notes)


def reparse(content: bytes, encoding: str) -> Record | Skipped:
    """Reparse one of several releases."""
    return _part(content, decode_as(content, encoding), "")


def _part(original: bytes, decoded: Decoded, where: str) -> Record | Skipped:
    text = tidy(decoded.text)
    return make_record(
        text,
        original,
        _MEDIA_TYPE,
        key=headline(text),
        encoding=decoded.encoding,
        notes=decoded.notes,
        where=where,
        context=format_context("text", decoded.encoding),
    )
