"""Names of files for original bytes: made of id and version, with an ending that says what they are."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from archive.release import Version

# Not the system's list of types, which differs between machines.
_SUFFIXES = {
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".xhtml",
    "application/xml": ".xml",
    "message/rfc822": ".eml",
    "multipart/related": ".mht",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
    "text/sgml": ".sgml",
    "text/tab-separated-values": ".tsv",
}
_OF_SEVERAL = frozenset((".mbox", ".mbx", ".zip"))
"""Endings of files that hold many releases: the bytes of one of them are of another type."""

_SAFE = re.compile(r"\.[a-z0-9]{1,8}")


def media_suffix(media_type: str) -> str:
    """The usual end of a file's name for a media type; `.bin` for an unknown one."""
    return _SUFFIXES.get(media_type, ".bin")


def member_name(version: Version, path: str) -> str:
    """`originals/<id>-v<n>.txt`: with the suffix of the file the bytes came from, or that of their media type."""
    suffix = PurePosixPath(path).suffix.lower()
    is_own = bool(_SAFE.fullmatch(suffix)) and suffix not in _OF_SEVERAL
    return f"originals/{version.work}-v{version.number}{suffix if is_own else media_suffix(version.media_type)}"
