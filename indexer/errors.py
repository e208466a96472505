"""Errors of the index; see archive.errors for the whole tree and the exit codes."""

from __future__ import annotations

from pathlib import Path

from archive.errors import DatelineError


class IndexMissing(DatelineError):
    """There is no index yet, or its folder was deleted."""

    code = 5

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"There is no index in {data}. Nothing is lost; rebuild it with: dateline --data {data} rebuild"
        )


class QueryTooLarge(DatelineError):
    """Something of a query would be left out, and what it is for has to be whole; `limits` say what."""

    code = 13

    def __init__(self, limits: str) -> None:
        super().__init__(
            f"This query is too large to be exported whole. {limits} Ask for less at once: fewer words, fewer * and ?, "
            "or the years one by one."
        )


class ExportBroken(DatelineError):
    """Something that was to be in an export could not be read: what was written of it is not whole."""

    def __init__(self, unread: str) -> None:
        super().__init__(f"The export stopped: {unread} could not be read.")


class PassageNotFound(DatelineError):
    """The words that were quoted are not in the version they were looked up in; `numbers` are those that have them."""

    code = 8

    def __init__(self, work: str, number: int, numbers: tuple[int, ...]) -> None:
        self.numbers = numbers
        message = f"The words are not in version {number} of release {work}"
        if numbers:
            named = "version" if len(numbers) == 1 else "versions"
            message += f". They are in {named} {', '.join(map(str, numbers))}: ask for one of these."
        else:
            message += ", nor in any other that is kept. Copy them exactly; capital letters count, marks do not."
        super().__init__(message)


class IndexDamaged(DatelineError):
    """The index cannot be read, or is of another format version."""

    code = 5

    def __init__(self, data: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The index in {data} cannot be used ({reason}). Nothing is lost; rebuild it with: "
            f"dateline --data {data} rebuild"
        )
