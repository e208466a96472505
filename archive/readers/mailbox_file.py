"""Mailboxes in the mbox format (RFC 4155 and mboxrd): messages one after another, each a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.readers.mail import read_message
from archive.release import Record, Skipped

# A separator stands after an empty line and has a time in it; prose that begins a line with "From " is
# quoted by good writers of mailboxes, and seldom has a time by chance.
_SEPARATOR = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\d\d?:\d\d[^\r\n]*\r?\n")


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read each message of a mailbox. The separator line is the mailbox's and not part of the message."""
    content = content.lstrip(b"\r\n")
    starts = list(_SEPARATOR.finditer(content))
    if not starts or starts[0].start():
        yield Skipped("not a mailbox: no From line at its start")
        return
    ends = [found.start() for found in starts[1:]] + [len(content)]
    for number, (found, end) in enumerate(zip(starts, ends, strict=True), 1):
        where = f"message {number}"
        message = content[found.end() : end].rstrip(b"\r\n") + b"\n"
        yield (read_message(message, unquote=True, where=where) if message.strip() else Skipped("empty message", where))
