"""A ZIP file (PKWARE APPNOTE 6.3) that is streamed, and whose members depend on no clock and no system."""

from __future__ import annotations

import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format can say: that of every member."""


class ZipSink:
    """A file that can only be written to; what was written is taken out again, some at a time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes, /) -> int:
        """Take bytes in."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def take(self) -> bytes:
        """What was written since the last call."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_member(name: str) -> zipfile.ZipInfo:
    """The header of a compressed member, the same on every system and at any time."""
    member = zipfile.ZipInfo(name, _FIRST_DAY)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    member.create_system = 3  # Unix, on every system
    return member
