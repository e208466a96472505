"""Splits a file into lines as bytes, so that a record can keep its own bytes."""

from __future__ import annotations

from io import BytesIO

_WIDE = ("utf-16", "utf-32")


def line_slices(content: bytes, encoding: str) -> list[bytes]:
    """Split a file after its line ends; put together, the slices are the file again.

    In UTF-16 and UTF-32 a byte of 10 may be half a letter: those are split as text.
    """
    if not encoding.startswith(_WIDE):
        return (
            content.splitlines(keepends=True) if b"\r" in content else BytesIO(content).readlines()
        )  # readlines splits at \n only, in C
    text = content.decode(encoding, "surrogatepass" if _is_whole(content, encoding) else "replace")
    return [line.encode(encoding, "surrogatepass") for line in text.splitlines(keepends=True)]


def _is_whole(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
