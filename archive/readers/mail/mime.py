"""MIME (RFC 5322, 2045): headers, transfer encodings and parts of mails and saved pages."""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from collections.abc import Callable, Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from archive.line_breaks import close_cut_words
from archive.readers.encoding import decode
from archive.readers.normalise import one_line

# What the header parsers of the standard library are known to raise on headers that spam and old
# gateways write; the raw header is used then.
HEADER_ERRORS = (MessageError, ValueError, LookupError, AttributeError, TypeError, ArithmeticError)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n|\A\r?\n")
# Encoded words of these, or their bare escape sequences: the library reads each word by itself.
_SEVEN_BIT = re.compile(r"\x1b|~\{|=\?(?:cs)?(?:iso-?2022|hz|jis|cp5022)", re.IGNORECASE)
_DELIMITER = re.compile(rb"(?:^|\n)--(\S[^\r\n]*)\r?\n(?=[A-Za-z-]+:)")
_MAX_DEPTH = 5  # a frame within a page within its alternatives
_MAX_HEAD_BYTES = 65_536  # of a part that breaks off in its headers


class Part(NamedTuple):
    """The headers of a message or a part of one, and its bytes as its transfer encoding has them."""

    headers: Message
    body: bytes


def split_head(content: bytes) -> Part | None:
    """The headers and the body of a message or part; None where nothing ends the headers."""
    end = _END_OF_HEAD.search(content)
    if not end:
        return None
    return Part(_headers(content[: end.end()]), content[end.end() :])


def leaf_parts(content: bytes) -> Iterator[Part]:
    """The parts of a message that hold no others, in their order.

    They are slices: a picture is neither decoded nor copied twice. A message that breaks off has its last part so far
    as it goes, and where the boundary is not the one that is declared the first that looks like one is taken.
    """
    inside = [iter((content,))]
    while inside:
        here = next(inside[-1], None)
        if here is None:
            inside.pop()
            continue
        part = split_head(here) or Part(_headers(here[:_MAX_HEAD_BYTES]), b"")
        if part.headers.get_content_maintype() == "multipart" and len(inside) <= _MAX_DEPTH:
            inside.append(_inner_parts(part))
        else:
            yield part


def decode_transfer(body: bytes, encoding: str) -> bytes | None:
    """The bytes of a body without its transfer encoding; None where that is of no known kind."""
    undo = _TRANSFER_DECODERS.get(encoding.lower().partition(";")[0].strip(' "'))
    return undo(body) if undo else None


def read_header(message: Message, name: str) -> str:
    """A header's value, decoded (RFC 2047); raw where it is too broken for that. A subject's cut words are joined."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    ways: list[Callable[[], object]] = [lambda: message[name] or "", lambda: make_header(decode_header(raw))]
    if name == "Subject" and (joined := close_cut_words(raw)) is not raw:
        ways.insert(0, lambda: _headers(f"Subject: {joined}\n\n".encode("utf-8", "surrogateescape"))["Subject"] or "")
    if _SEVEN_BIT.search(raw):
        ways.insert(0, lambda: _decode_seven_bit_header(raw))
    for way in ways:
        try:
            return one_line(str(way()))
        except HEADER_ERRORS:
            continue
    return one_line(raw)


def declared_charset(part: Message) -> str:
    """The encoding that a part declares, "" for none."""
    try:
        return part.get_content_charset() or ""
    except HEADER_ERRORS:
        return ""


def is_attached(part: Message) -> bool:
    """Whether a part is a file that goes with the message, and no text of it."""
    try:
        return part.get_content_disposition() == "attachment"
    except HEADER_ERRORS:
        return False


def _headers(head: bytes) -> Message:
    return email.message_from_bytes(head, policy=email.policy.default)


def _decode_seven_bit_header(raw: str) -> str:
    """A header in ISO-2022 or HZ, decoded with words that follow one another as one: an escape sequence holds on."""
    return "".join(
        decode(part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape"), name or "").text
        for part, name in decode_header(raw)
    )


def _inner_parts(part: Part) -> Iterator[bytes]:
    """The parts of one that holds others; what stands before the first boundary and behind the last is none."""
    boundary = _boundary(part)
    start = -1
    for begin, end, is_last in _delimiters(part.body, boundary) if boundary else ():
        if start >= 0:
            yield part.body[start:begin]
        start = -1 if is_last else end
        if is_last:
            return
    if start >= 0:
        yield part.body[start:]


def _boundary(part: Part) -> bytes:
    try:
        declared = (part.headers.get_boundary() or "").encode("utf-8", "surrogateescape")
    except HEADER_ERRORS:
        declared = b""
    if declared and next(_delimiters(part.body, declared), None):
        return declared
    found = _DELIMITER.search(part.body)
    return found[1].rstrip() if found else b""


def _delimiters(body: bytes, boundary: bytes) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of each line that is a boundary, and whether it is the last one."""
    sign = b"--" + boundary
    at = body.find(sign)
    while at >= 0:
        if at == 0 or body[at - 1 : at] == b"\n":
            end = body.find(b"\n", at) + 1 or len(body)
            rest = body[at + len(sign) : end].strip()
            if rest in {b"", b"--"}:
                yield at, end, rest == b"--"
        at = body.find(sign, at + 1)


def _decode_base64(body: bytes) -> bytes:
    for end in (b"", b"=", b"=="):  # the padding may be lost
        try:
            return binascii.a2b_base64(body + end)
        except binascii.Error:
            continue
    return body


_TRANSFER_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    **dict.fromkeys(("", "7bit", "8bit", "binary"), bytes),
    "base64": _decode_base64,
    "quoted-printable": binascii.a2b_qp,
}
