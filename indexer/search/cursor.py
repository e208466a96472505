"""Cursors: where an answer goes on after its last hit, as an opaque text in addresses and JSON."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from indexer.engine import Backend, ResultSet
from indexer.query import Filters, Order

_FORM = re.compile(r"1 ([0-9]{1,9}) ([0-9a-z]{1,40}) ([0-9a-f]{16}) ([0-9a-f]{16})")
"""Format number, rank, id, index and search of a cursor, before it is encoded."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last hit that was given: its rank from 1 and its id, and digests of the index and of the search."""

    rank: int
    release_id: str
    index: str
    search: str

    def __str__(self) -> str:
        plain = f"1 {self.rank} {self.release_id} {self.index} {self.search}"
        return base64.urlsafe_b64encode(plain.encode("ascii")).decode("ascii").rstrip("=")

    def offset(self, index: str, results: ResultSet) -> int:
        """How many hits stand before the next one.

        In the same index that is the rank. In another one it is what stands before and at the last hit now, which may
        have moved; its old rank where it is a hit no more.
        """
        if index == self.index:
            return self.rank
        position = results.position(self.release_id)
        return self.rank if position is None else position + 1


def parse_cursor(text: str, search: str) -> Cursor | None:
    """The cursor that a text is; None where it is none, or one of another search."""
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    match = _FORM.fullmatch(plain)
    if not match or match[4] != search:
        return None
    cursor = Cursor(int(match[1]), match[2], match[3], match[4])
    return cursor if str(cursor) == text else None


def digest_index(backend: Backend) -> str:
    """A digest of an open state of an index: the same only while every order of hits is the same.

    The fingerprint alone leaves out when releases were added, and all that is no current version.
    """
    return _digest(backend.state, backend.fingerprint)


def digest_search(text: str, filters: Filters, order: Order) -> str:
    """A digest of a search as it was asked for."""
    return _digest(text, repr(filters), order.value)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
