"""Detects the format of a file by its first bytes, where its suffix is missing or wrong."""

from __future__ import annotations

import re

from archive.characters import needs_no_cleaning
from archive.readers.encoding import decode_bytes, find_encoding

_HEAD = 8192
_MAGIC = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "ZIP, or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office document"),
    (b"\xff\xd8\xff", "jpeg picture"),
    (b"\x89PNG", "png picture"),
    (b"GIF8", "gif picture"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"{\\rtf", "rtf"),
)
_MAGIC_BYTES = tuple(mark for mark, _ in _MAGIC)
_CONTROL = bytes(set(range(32)) - {8, 9, 10, 12, 13, 26, 27})
# Possessive: what a comment or an instruction took is never given back, or many of them take for ever.
_PROLOGUE = r"(?>\s|<\?[^>]*>|<!--.*?-->|<!doctype\s[^>\[]*(?:\[[^\]]*\])?[^>]*>)*+"
_ROOT = re.compile(_PROLOGUE + r"<([\w.:-]+)", re.IGNORECASE | re.DOTALL)
_DOCTYPE = r"\s*(?:<\?xml[^>]*>\s*)?<!doctype\s+html"
_DOCTYPE_HTML = re.compile(_DOCTYPE, re.IGNORECASE)
_DOCTYPE_BYTES = re.compile(_DOCTYPE.encode(), re.IGNORECASE)
_HTML_ROOTS = {"html", "head", "body", "title", "meta"}
_FEED_ROOTS = {"rss", "feed", "rdf"}
_WIRE_ROOTS = {"doc", "reuters", "story"}
_MAILBOX = re.compile(r"\s*From \S+.*\d\d:\d\d")
_HEADER_NAME = re.compile(r"[!-9;-~]+:")
_HEADER_LINE = re.compile(r"([!-9;-~]+):[ \t]?(.*)")
# Headers that only transport writes: a release may well begin with "FROM:", "DATE:" and "SUBJECT:".
_TRANSPORT = {
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "x-mailer",
    "content-type",
}
_SENT = {"message-id", "received", "return-path", "delivered-to", "to"}
_SAVED_BY = re.compile(r"[\s\"<]*saved by\b", re.IGNORECASE)
_OF_PAGES = re.compile(r"\s*(?:multipart/(?:related|alternative)|text/html|application/xhtml)", re.IGNORECASE)
_LOCATION = re.compile(r"^content-location:", re.IGNORECASE | re.MULTILINE)


def detect_magic(content: bytes) -> str:
    """The name of the binary format that a file's first bytes announce, or ""."""
    if not content.startswith(_MAGIC_BYTES):
        return ""
    return next(name for mark, name in _MAGIC if content.startswith(mark))


def detect_office_kind(content: bytes) -> str:
    """Which of "pdf" and "docx" the bytes are, whatever the name says; "" for neither."""
    if content.startswith(b"%PDF"):
        return "pdf"
    return "docx" if content.startswith(b"PK\x03\x04") and b"word/document.xml" in content else ""


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text in any encoding: too many of the first are control characters."""
    head = content[:_HEAD]
    if head.isascii() and needs_no_cleaning(head.decode("ascii")):
        return False  # as most are; counting control characters is slower
    many = len(head) - len(head.translate(None, _CONTROL)) > 0.05 * len(head)
    return many and not find_encoding(head)[0].startswith(("utf-16", "utf-32", "iso-2022"))


def detect_kind(content: bytes) -> str:
    """A suffix that suits a file: "html", "rss", "xml", "eml", "mht", "mbox", "sgml", "json", "jsonl" or "txt"."""
    head = content[:_HEAD]
    if _DOCTYPE_BYTES.match(head):
        return "html"  # as most are; it needs no decoding
    text = decode_bytes(head, find_encoding(head)[0]).lstrip("\ufeff\0")
    if _DOCTYPE_HTML.match(text):
        return "html"
    root = _ROOT.match(text)
    if root:
        return _kind_of_root(root[1].rpartition(":")[2].lower(), text)
    if _MAILBOX.match(text):
        return "mbox"
    if is_saved_page(text):
        return "mht"
    return "eml" if is_mail(text) else _kind_of_text(text)


def is_mail(text: str) -> bool:
    """Whether a text begins with a block of mail headers."""
    names = _headers(text).keys()
    return len(names) >= 3 and bool(names & _TRANSPORT) and bool(names & {"from", "subject", "date"})


def is_saved_page(text: str) -> bool:
    """Whether a text begins with the headers of a page saved by a browser, which are much like those of a mail.

    Nobody sent it, and it says where the page stood; a newsletter is made of the same parts, but was sent.
    """
    headers = _headers(text)
    if not _OF_PAGES.match(headers.get("content-type", "")):
        return False
    if "snapshot-content-location" in headers or _SAVED_BY.match(headers.get("from", "")):
        return True
    return not _was_sent(headers) and _LOCATION.search(text) is not None


def may_be_saved_page(content: bytes) -> bool:
    """Whether bytes that are called a saved page can be one: they begin with headers, and not with those of a mail."""
    head = content[:_HEAD]
    headers = _headers(decode_bytes(head, find_encoding(head)[0]))
    return bool(headers) and not _was_sent(headers)


def _was_sent(headers: dict[str, str]) -> bool:
    return "@" in headers.get("from", "") or bool(headers.keys() & _SENT)


def _headers(text: str) -> dict[str, str]:
    """The headers that a text begins with, by their names in lower case; none where it begins with something else."""
    text = text.lstrip("\ufeff\r\n")
    headers: dict[str, str] = {}
    name = ""
    for line in text.splitlines()[:60] if _HEADER_NAME.match(text) else ():
        found = _HEADER_LINE.fullmatch(line)
        if found:
            name = found[1].lower()
            headers.setdefault(name, found[2])
        elif not headers or not line[:1].isspace():
            break
        else:
            headers[name] += line
    return headers


def _kind_of_root(name: str, text: str) -> str:
    if name in _HTML_ROOTS:
        return "html"
    if name in _FEED_ROOTS:
        return "rss"
    if name in _WIRE_ROOTS and not text.lstrip().startswith("<?xml"):
        return "sgml"
    return "xml" if text.lstrip().startswith("<?xml") else "txt"


def _kind_of_text(text: str) -> str:
    start = text.lstrip()[:1]
    if start == "{":
        return "jsonl" if re.match(r"\s*\{.*\}\s*\n\s*\{", text) else "json"
    return "json" if start == "[" and re.match(r"\s*\[\s*\{\s*\"", text) else "txt"
