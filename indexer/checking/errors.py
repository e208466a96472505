"""What can stop a check."""

from __future__ import annotations

from archive.errors import DatelineError


class DraftNotRead(DatelineError):
    """A draft that no reader reads."""

    code = 2

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"The draft {name or 'given'} cannot be read: {reason}. Give a text, Markdown, HTML or Word (.docx) file."
        )
