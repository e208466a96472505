"""Plain text files: the text as it stands; it states nothing outside itself. A file may hold several releases."""

from __future__ import annotations

from collections.abc import Iterator

from archive.readers.encoding import Decoded, decode_as, find_encoding
from archive.readers.normalise import tidy
from archive.readers.record_context import context
from archive.readers.records import make
from archive.readers.text.text_parts import headline, parts
from archive.release import Record, Skipped

_MEDIA_TYPE = "text/plain"


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a text file as one record, its lines kept as they are, or as one for each of several releases in it."""
    encoding, notes = find_encoding(content)
    slices = list(parts(content, encoding))
    if len(slices) == 1:
        yield _whole(content, encoding, notes)
        return
    for number, (start, end) in enumerate(slices, 1):
        original = content[start:end].strip(b"\r\n")
        yield _part(original, decode_as(original, encoding, notes), f"release {number}")


def _whole(content: bytes, encoding: str, notes: tuple[str, ...]) -> Record | Skipped:
    decoded = decode_as(content, encoding, notes)
    return make(tidy(decoded.text), content, _MEDIA_TYPE, encoding=decoded.encoding, notes=decoded.notes)


def read_again(content: bytes, encoding: str) -> Record | Skipped:
    """Read the bytes of one of several releases."""
    return _part(content, decode_as(content, encoding), "")


def _part(original: bytes, decoded: Decoded, where: str) -> Record | Skipped:
    text = tidy(decoded.text)
    return make(
        text,
        original,
        _MEDIA_TYPE,
        key=headline(text),
        encoding=decoded.encoding,
        notes=decoded.notes,
        where=where,
        context=context("text", decoded.encoding),
    )
