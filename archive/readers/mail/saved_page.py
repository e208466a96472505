"""Reads pages saved by a browser (MHTML, RFC 2557; .mht): text, metadata and address.

The file is built like a mail, but its Date is when the page was saved, and who it is from is a browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email.message import Message
from itertools import islice
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from archive.readers.encoding import decode
from archive.readers.html import PageText, read_page
from archive.readers.mail.mime import (
    HEADER_ERRORS,
    Part,
    declared_charset,
    decode_transfer,
    is_attached,
    leaf_parts,
    read_header,
    split_head,
)
from archive.readers.normalise import tidy
from archive.readers.records import MAX_KEY_CHARS, make_record, make_stated
from archive.release import Record, Skipped
from archive.rules import rule

_MEDIA_TYPE = "multipart/related"
_PAGES = frozenset(("text/html", "application/xhtml+xml"))
_PLAIN = "text/plain"
_NO_PAGE = "a saved page (.mht) with no page in it"
CAPTURE = "capture:"
"""How the keys of captured addresses begin, which are locations of their own, whatever file they stand in."""

_MAX_PARTS = 10_000  # a page of a thousand pictures is rare
_BEFORE_HEAD = b"\xef\xbb\xbf \t\r\n"
# Who saves writes it in one of these, the most exact first: of the whole file, of the part that is the page.
_OF_FILE, _OF_PART = "Snapshot-Content-Location", "Content-Location"


class _Address(NamedTuple):
    url: str = ""
    header: str = ""


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a saved page as one record; its pictures and styles are left out."""
    message = content.lstrip(_BEFORE_HEAD)
    root = split_head(message)
    headers = root.headers if root else Message()
    parts = [part for part in islice(leaf_parts(message), _MAX_PARTS) if not is_attached(part.headers)]
    pages = _main_first(headers, [part for part in parts if part.headers.get_content_type() in _PAGES])
    found = _text_of(pages) or _plain_text([part for part in parts if part.headers.get_content_type() == _PLAIN])
    yield _record(content, headers, pages[:1], found) if found else Skipped(_NO_PAGE)


def _record(content: bytes, headers: Message, main: list[Part], found: PageText) -> Record | Skipped:
    address = _address(headers, main)
    url = make_stated("url", address.url, rule("header", name=address.header))
    title = make_stated("title", read_header(headers, "Subject"), rule("header", name="Subject"))
    return make_record(
        found.text,
        content,
        _MEDIA_TYPE,
        key=_key(address.url),
        values=[url, *found.values, title],
        encoding=found.encoding,
        notes=found.notes,
    )


def _main_first(headers: Message, pages: list[Part]) -> list[Part]:
    """The pages, the one that was saved first: the others stood in frames of it."""
    names = {read_header(headers, name) for name in (_OF_FILE, _OF_PART)}
    names.add(_start_content_id(headers))
    for number, page in enumerate(pages):
        if not names.isdisjoint({read_header(page.headers, _OF_PART), read_header(page.headers, "Content-ID")} - {""}):
            return [page, *pages[:number], *pages[number + 1 :]]
    return pages


def _start_content_id(headers: Message) -> str:
    """The Content-ID of the part that the others belong to, where it is said (RFC 2387, 3.2)."""
    try:
        return str(headers.get_param("start") or "")
    except HEADER_ERRORS:
        return ""


def _text_of(pages: list[Part]) -> PageText | None:
    """What the page says; where it has no text of its own, what stands in its frames."""
    found = (read_page(_payload(page), declared_charset(page.headers)) for page in pages)
    main = next(found, None)
    if main is None or main.text:
        return main
    shown = [frame for frame in found if frame.text]
    if not shown:
        return main
    values = [value for page in (*shown, main) for value in page.values]
    return shown[0]._replace(text="\n\n".join(frame.text for frame in shown), values=values)


def _plain_text(parts: list[Part]) -> PageText | None:
    """The text of a file without a page."""
    texts = [decode(_payload(part), declared_charset(part.headers)) for part in parts]
    if not texts:
        return None
    text = "\n\n".join(tidy(decoded.text) for decoded in texts)
    return PageText(text, [], texts[0].encoding, texts[0].notes, _PLAIN)


def _payload(part: Part) -> bytes:
    undone = decode_transfer(part.body, read_header(part.headers, "Content-Transfer-Encoding"))
    return part.body if undone is None else undone


def _address(headers: Message, main: list[Part]) -> _Address:
    """Where the page stood on the web; a file of a disk or a name within the file is no such place."""
    base = read_header(headers, "Content-Base") or read_header(headers, _OF_PART)
    found = [(_OF_FILE, read_header(headers, _OF_FILE))]
    found += [(_OF_PART, read_header(page.headers, _OF_PART)) for page in main]
    for name, value in [*found, (_OF_PART, read_header(headers, _OF_PART))]:
        if url := _absolute_url(base, value):
            return _Address(url, name)
    return _Address()


def _absolute_url(base: str, value: str) -> str:
    """An address of the web; "" for anything else."""
    address = "".join(value.split()).strip("<>")  # a long one may be folded
    try:
        url = urljoin(base, address)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if address and parts.scheme in {"http", "https"} and parts.netloc else ""


def _key(url: str) -> str:
    """The key of a captured address: the whole of it, but not which paragraph of the page was shown."""
    if not url:
        return ""
    key = CAPTURE + urldefrag(url).url
    if len(key) <= MAX_KEY_CHARS:
        return key
    whole = hashlib.sha256(key.encode()).hexdigest()  # two long addresses may begin alike
    return f"{key[: MAX_KEY_CHARS - len(whole) - 1]}#{whole}"
