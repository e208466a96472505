"""Reads mailboxes in the mbox formats (RFC 4155; mboxo, mboxrd, mboxcl, mboxcl2): each message is a record.

The four differ in what is done to a line of a message that begins with "From ". Mboxo and mboxrd write ">From "; mboxcl
does so too and states how long the message is; mboxcl2 states the length and leaves the line as it is. Mboxo and mboxrd
cannot be told apart, and are read as mboxrd, which loses nothing of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from archive.readers.mail.mail import read_message
from archive.release import Record, Skipped

# A separator stands after an empty line and has a time in it: a whole date, or a header on the next line. A sentence
# that begins "From 9:30 on" has neither.
# The lookbehind comes after "From ", since the pattern engine finds a literal beginning faster.
_SEPARATOR = re.compile(
    rb"From (?:(?<=\AFrom )|(?<=\n\nFrom )|(?<=\n\r\nFrom ))(?:"
    rb"[^\r\n]*\b[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d?:\d\d[^\r\n]*\b\d{4}\b[^\r\n]*\r?\n"
    rb"|[^\r\n]*\d\d?:\d\d[^\r\n]*\r?\n(?=[!-9;-~]+:))"
)
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_BREAKS = re.compile(rb"[\r\n]*")


class _Slice(NamedTuple):
    """The bytes of one message; `quoted` says whether lines ">From " in it were written for "From "."""

    content: bytes
    quoted: bool


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read each message of a mailbox. The separator line is the mailbox's and not part of the message."""
    content = content.lstrip(b"\r\n")
    starts = list(_SEPARATOR.finditer(content))
    if not starts or starts[0].start():
        yield Skipped("not a mailbox: no From line at its start")
        return
    for number, message in enumerate(_slices(content, starts), 1):
        where = f"message {number}"
        if message.content.strip():
            yield read_message(message.content, of_mailbox=True, quoted=message.quoted, where=where)
        else:
            yield Skipped("empty message", where)


def _slices(content: bytes, starts: list[re.Match[bytes]]) -> Iterator[_Slice]:
    offsets = [found.start() for found in starts] + [len(content)]
    end = 0
    for found in starts:
        if found.start() < end:
            continue  # a line of the message before, by the length that it states
        following = offsets[bisect_right(offsets, found.start())]
        end = _stated_end(content, found.end(), offsets) or following
        yield _Slice(content[found.end() : end].rstrip(b"\r\n") + b"\n", end == following)


def _stated_end(content: bytes, start: int, offsets: list[int]) -> int:
    """Where the message that begins at `start` ends by its own word; 0 where it has none, or no other begins there."""
    headers = _END_OF_HEADERS.search(content, start)
    length = _LENGTH.search(content, start, headers.end()) if headers else None
    breaks = _BREAKS.match(content, headers.end() + int(length[1])) if headers and length else None
    end = breaks.end() if breaks else 0
    return end if end > start and offsets[bisect_left(offsets, end)] == end else 0
