"""Errors of the index; see archive.errors for the whole tree and the exit codes."""

from __future__ import annotations

from pathlib import Path

from archive.errors import DatelineError


class IndexMissing(DatelineError):
    """There is no index yet, or its folder was deleted."""

    code = 5

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"There is no index in {data}. Nothing is lost; make it anew with: dateline --data {data} rebuild"
        )


class IndexDamaged(DatelineError):
    """The index cannot be read, or is of another format version."""

    code = 5

    def __init__(self, data: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The index in {data} cannot be used ({reason}). Nothing is lost; make it anew with: "
            f"dateline --data {data} rebuild"
        )
