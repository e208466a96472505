"""Computes the checksums that show damaged rows when they are read, and damaged tables when all are verified.

A checksum is the first 62 bits of the BLAKE2b (RFC 7693) of the values as text, so that it fits an SQLite integer and
the sum of two of them does too. Four are kept with every version:

* `record_check`: what is known of it beside the reading (number, digest of its bytes, time added, reading);
* `row_check`: the content that results show (title, text, fields, people);
* `evidence_check`: the evidence and the mentions;
* `quotation_check`: the quotations, 0 where there is none.

A work and a person have a `row_check` each. Every other table has one checksum in `table_checks`, the sum of its rows'
own: it does not depend on their order, and a change of a row is a subtraction and an addition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

MASK = (1 << 62) - 1

RECORD = ("number", "work", "version", "digest", "added", "media_type", "encoding", "path", "read_by", "context")
CONTENT = ("title", "published", "place", "source", "byline", "url", "language")
APPEARANCE = ("place", "person", "name", "kind", "role", "confidence")
EVIDENCE = ("field", "value", "code", "params", "words", "part", "start", "stop", "confidence", "chosen")
MENTION = ("place", "name", "part", "start", "stop", "kind", "code", "params", "line")
QUOTATION = ("start", "stop", "speakers", "office", "code", "params", "proof_start", "proof_stop")
WORK = ("work", "id", "added", "current", "live")
PERSON = ("person", "key", "slug", "name", "given", "hidden", "origin")
"""The columns that each checksum is of, in order."""

_VALUE, _ROW = "\x1f", "\x1e"
_TEMPLATES = {count: _VALUE.join(["%s"] * count) for count in range(1, 24)}

Row = tuple[Any, ...]


def row_checksum(values: Row) -> int:
    """The checksum of one row's values (str, int, float, bytes or None; a bool counts as an int)."""
    text = (_TEMPLATES[len(values)] % values).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") & MASK


def content_checksum(content: Row, body: bytes, appearances: Iterable[Row]) -> int:
    """The checksum of a version's content: the values of CONTENT, the compressed body, the rows of APPEARANCE."""
    rows = _ROW.join([_TEMPLATES[len(row)] % row for row in (content, *appearances)])
    # Damage can turn the blob into a text.
    return _digest(rows.encode("utf-8", "surrogatepass"), body if isinstance(body, bytes) else repr(body).encode())


def evidence_checksum(evidence: Iterable[Row], mentions: Iterable[Row]) -> int:
    """The checksum of the rows of EVIDENCE and MENTION, each in order."""
    rows = [_TEMPLATES[len(row)] % row for row in evidence]
    rows.append("")  # so that the last of one kind is not the first of the other
    rows += [_TEMPLATES[len(row)] % row for row in mentions]
    return _digest(_ROW.join(rows).encode("utf-8", "surrogatepass"))


def quotations_checksum(quotations: Iterable[Row]) -> int:
    """The checksum of the rows of QUOTATION in order; 0 without any."""
    text = _ROW.join([_TEMPLATES[len(row)] % row for row in quotations])
    return _digest(text.encode("utf-8", "surrogatepass")) if text else 0


def _digest(content: bytes, body: bytes = b"") -> int:
    hashed = blake2b(content, digest_size=8)
    if body:
        hashed.update(body)
    return int.from_bytes(hashed.digest(), "big") & MASK


def columns(names: Sequence[str], alias: str) -> str:
    """The columns for an SQL SELECT, of the table with this alias."""
    return ", ".join(f"{alias}.{name}" for name in names)
