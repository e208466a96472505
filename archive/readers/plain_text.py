"""Plain text files: the text as it stands; it states nothing outside itself."""

from __future__ import annotations

from collections.abc import Iterator

from archive.readers.encoding import decode
from archive.readers.normal import tidy
from archive.readers.records import make
from archive.release import Record, Skipped


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a text file as one record, its lines kept as they are."""
    decoded = decode(content)
    yield make(tidy(decoded.text), content, "text/plain", encoding=decoded.encoding, notes=decoded.notes)
