"""Small text files that end in a line with the SHA-256 of the rest."""

from __future__ import annotations

from archive.ids import digest


def append_digest(text: str) -> str:
    """The content of the file: the text, then a line with its SHA-256."""
    return f"{text}\n{digest(text.encode())}\n"


def strip_digest(content: str) -> str | None:
    """The text of such a file; None where it does not match its digest."""
    text = content[:-1].rpartition("\n")[0]
    return text if content == append_digest(text) else None
