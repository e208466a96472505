"""Reads mail messages (RFC 5322, MIME RFC 2045): subject, date and sender, and the text of the body."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.message import Message
from email.utils import parseaddr

from archive.readers.encoding import decode
from archive.readers.html import fragment_text
from archive.readers.mail.mime import (
    HEADER_ERRORS,
    declared_charset,
    decode_transfer,
    is_attached,
    read_header,
    split_head,
)
from archive.readers.normalise import tidy
from archive.readers.record_context import format_context
from archive.readers.records import make_fallback_key, make_record, make_stated
from archive.release import Record, Skipped, Stated
from archive.rules import rule

_MEDIA_TYPE = "message/rfc822"
# Quoting is done to the lines of the file, whatever transfer encoding made them.
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_KINDS = frozenset(("text/plain", "text/html"))
_GIANT_BYTES = 5_000_000  # bytes of a message
_NO_BODY = "a message without a body"
_TOO_DEEP = "a message with parts nested too deeply"
_HEADERS = (("title", "Subject"), ("date", "Date"), ("language", "Content-Language"), ("url", "Archived-At"))


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a file that is one message."""
    yield read_message(content, key="")


def reparse(content: bytes, quoted: bool = True) -> Record | Skipped:
    """Reparse one message of a mailbox."""
    return read_message(content, of_mailbox=True, quoted=quoted)


def read_message(
    content: bytes, *, key: str | None = None, of_mailbox: bool = False, quoted: bool = False, where: str = ""
) -> Record | Skipped:
    """Read the bytes of one message.

    Args:
        content: the message, from its first header line.
        key: the record's key; if None, the Message-ID or what stands in for it.
        of_mailbox: whether it is a slice of a mailbox.
        quoted: whether its lines ">From " were written for "From ", and ">>From " for ">From ".
        where: what to call the message in a report.
    """
    try:
        message, text, encoding, notes = _read(_unquote_from(content) if quoted else content)
    except RecursionError:
        return Skipped(_TOO_DEEP, where)
    if not text:
        return Skipped(_NO_BODY, where)
    values = list(_fields(message))
    if key is None:
        key = read_header(message, "Message-ID") or make_fallback_key(values)
    return make_record(
        text,
        content,
        _MEDIA_TYPE,
        key=key,
        values=values,
        encoding=encoding,
        notes=notes,
        where=where,
        context=format_context("message", quoted) if of_mailbox else "",
    )


def _unquote_from(content: bytes) -> bytes:
    return _QUOTED_FROM.sub(rb"\1", content) if b">From " in content else content


def _fields(message: Message) -> Iterator[Stated]:
    for field, name in _HEADERS:
        yield make_stated(field, read_header(message, name).strip("<>"), rule("header", name=name))
    name, address = parseaddr(read_header(message, "From"))
    if name and name != address:
        yield make_stated("source", name, rule("header", name="From"))
    yield make_stated("source", read_header(message, "Organization"), rule("header", name="Organization"))


def _read(content: bytes) -> tuple[Message, str, str, tuple[str, ...]]:
    """A message, its text, and the text's encoding and notes."""
    giant = _read_giant(content) if len(content) > _GIANT_BYTES else None
    if giant:
        return giant[0], *_body([giant])
    message = email.message_from_bytes(content, policy=email.policy.default)
    return message, *_body(_texts(message))


def _read_giant(content: bytes) -> tuple[Message, bytes] | None:
    """The head of a message and the bytes of its text; None where it has parts, or its head breaks off.

    The library takes many times the memory of a text.
    """
    split = split_head(content)
    if not split or split.headers.get_content_type() not in _KINDS or is_attached(split.headers):
        return None
    body = decode_transfer(split.body, read_header(split.headers, "Content-Transfer-Encoding"))
    return None if body is None or split.headers.get_payload() else (split.headers, body)


def _texts(message: Message) -> Iterator[tuple[Message, bytes]]:
    """The parts of a message that are texts and not attached, each with its bytes."""
    for part in message.walk():
        if not part.is_multipart() and part.get_content_type() in _KINDS and not is_attached(part):
            yield part, _payload(part)


def _body(parts: Iterable[tuple[Message, bytes]]) -> tuple[str, str, tuple[str, ...]]:
    """The plain text of parts, or their HTML laid out, with its encoding and notes."""
    plain: list[str] = []
    pages: list[str] = []
    encoding = ""
    notes: tuple[str, ...] = ()
    for part, payload in parts:
        decoded = decode(payload, declared_charset(part))
        encoding, notes = encoding or decoded.encoding, notes or decoded.notes
        if part.get_content_type() == "text/html" or _is_page(decoded.text):
            pages.append(fragment_text(decoded.text))
        else:
            plain.append(tidy(decoded.text))
    text = "\n\n".join(filter(None, plain)) or "\n\n".join(filter(None, pages))
    return text, encoding or "utf-8", notes


def _payload(part: Message) -> bytes:
    """A part's bytes, its transfer encoding undone."""
    try:
        payload = part.get_payload(decode=True)
    except HEADER_ERRORS:
        payload = part.get_payload()
    return payload if isinstance(payload, bytes) else str(payload or "").encode("utf-8", "surrogateescape")


def _is_page(text: str) -> bool:
    return text[:200].lstrip().lower().startswith(("<!doctype html", "<html"))
