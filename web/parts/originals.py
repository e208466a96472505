"""How original bytes are handed out: to be read or kept, never to be run."""

from __future__ import annotations

from werkzeug.http import dump_options_header

from archive.release import Version
from web.middleware import ORIGINAL_POLICY

_AS_TEXT = ("text/", "message/", "application/json", "application/x-ndjson", "application/mbox")


def headers(version: Version, file_name: str) -> dict[str, str]:
    """The headers of a version's original bytes."""
    media_type = display_type(version.media_type)
    how = "inline" if media_type.startswith(("text/plain", "application/json")) else "attachment"
    return {
        "Content-Type": media_type + (f"; charset={version.encoding}" if media_type.startswith("text/") else ""),
        "Content-Disposition": dump_options_header(how, {"filename": _plain(file_name)}),
        "Content-Security-Policy": ORIGINAL_POLICY,
        "Cache-Control": "private, no-cache",
    }


def display_type(media_type: str) -> str:
    """The media type to send: markup is shown as its source, for a page of another site is not ours to run."""
    if "html" in media_type or "xml" in media_type or "svg" in media_type:
        return "text/plain"
    if media_type == "application/json":
        return media_type
    return "text/plain" if media_type.startswith(_AS_TEXT) else media_type


def _plain(name: str) -> str:
    """A file name without what could end a header or leave a folder."""
    return "".join(c if c.isprintable() and c not in '/\\"' else "_" for c in name)[-150:] or "original"
