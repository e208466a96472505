"""Reparses the bytes of a stored record with the current readers, as if they were in their file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from archive.readers.choice import read
from archive.readers.feeds import feed
from archive.readers.mail import mail
from archive.readers.markup import sgml, xml_document
from archive.readers.record_context import parse_context
from archive.readers.tables import json_objects, table
from archive.readers.text import plain_text
from archive.release import Record, Skipped

_REPARSERS: dict[str, Callable[..., Record | Skipped]] = {
    "feed": feed.reparse,
    "json line": json_objects.reparse_line,
    "json element": json_objects.reparse_element,
    "message": mail.reparse,
    "row": table.reparse,
    "text": plain_text.reparse,
    "story": sgml.reparse,
    "xml": xml_document.reparse,
}


def reparse_record(content: bytes, path: str, context: str) -> Record | Skipped:
    """Reparse a record's own bytes.

    Args:
        content: the bytes, `Record.original`.
        path: the path of the file they were in; its suffix chooses the reader of a whole file.
        context: `Record.context`.

    Returns:
        The record; its key and notes may differ from those it had among others. Never an exception.
    """
    if not context:
        outcomes = list(read(content, path))
        return next((each for each in outcomes if isinstance(each, Record)), outcomes[0])
    reader, values = parse_context(context)
    return _reparse_slice(reader, content, values)


def _reparse_slice(reader: str, content: bytes, values: list[Any]) -> Record | Skipped:
    if reader not in _REPARSERS:
        return Skipped(f"this version has no reader called “{reader}”")
    try:
        return _REPARSERS[reader](content, *values)
    except Exception as error:
        return Skipped(f"could not be read again: {type(error).__name__}: {str(error)[:200]}")
