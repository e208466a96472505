"""A small text with its digest in the line below: what tells whether it is as it was written."""

from __future__ import annotations

from archive.names import digest


def sealed(text: str) -> str:
    """The text as a file holds it: then a line with its SHA-256."""
    return f"{text}\n{digest(text.encode())}\n"


def unsealed(content: str) -> str | None:
    """The text that was sealed; None where a character of the file is not as it was written."""
    text = content[:-1].rpartition("\n")[0]
    return text if content == sealed(text) else None
