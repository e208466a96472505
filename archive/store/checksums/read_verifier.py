"""Verifies rows against their checksums when a process first reads them; rows found intact are not verified again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.errors import ReleaseDamaged
from archive.store.checksums import checksums
from archive.store.checksums.checksums import (
    Row,
    content_checksum,
    evidence_checksum,
    quotations_checksum,
    row_checksum,
)

_PERSON = tuple({"key": "person_key", "name": "known"}.get(name, name) for name in checksums.PERSON)

MAX_REMEMBERED = 200_000
"""Rows remembered as intact (some 12 MB); beyond that all are forgotten, and verified again."""


class ReadVerifier:
    """Verifies rows of the archive at `path`, each once in this process. Safe to use from many threads.

    Rows come as row_mapping's VERSION_COLUMNS and APPEARANCE_COLUMNS ask for them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._intact: set[int] = set()

    def verify_version(self, row: sqlite3.Row, people: Sequence[sqlite3.Row]) -> None:
        """Verify a version's row, its work's, and those of the people in it (all of them, in order).

        Raises:
            ReleaseDamaged: one of them does not match its checksum.
        """
        work = (row["work_row"], row["work"], row["first_added"], row["current"], row["live"])
        if not (
            self._matches(row["work_check"], lambda: row_checksum(work))
            and self._matches(row["record_check"], lambda: _record_checksum(row))
            and self._matches(row["row_check"], lambda: _content_checksum(row, people))
            and all(map(self.is_intact_person, people))
        ):
            raise ReleaseDamaged(self._path, row["work"])

    def verify_evidence(
        self, row: sqlite3.Row, evidence: Sequence[sqlite3.Row], mentions: Sequence[sqlite3.Row]
    ) -> None:
        """Verify the rows of a version's evidence and mentions, all of them in order.

        Raises:
            ReleaseDamaged: they do not match their checksum.
        """

        def checksum() -> int:
            return evidence_checksum((tuple(e)[1:] for e in evidence), (tuple(m)[1:] for m in mentions))

        if not self._matches(row["evidence_check"], checksum):
            raise ReleaseDamaged(self._path, row["work"])

    def verify_quotations(self, row: sqlite3.Row, quotations: Sequence[sqlite3.Row]) -> None:
        """Verify the rows of a version's quotations, all of them in order.

        Raises:
            ReleaseDamaged: they do not match their checksum.
        """
        stored = row["quotation_check"]
        # Most versions have none, which is no checksum to remember: others would pass for intact by it.
        if not (
            self._matches(stored, lambda: quotations_checksum(tuple(each)[1:] for each in quotations))
            if stored
            else not quotations
        ):
            raise ReleaseDamaged(self._path, row["work"])

    def is_intact_person(self, row: sqlite3.Row) -> bool:
        """Whether a person's row matches its checksum."""
        person = tuple([row[name] for name in _PERSON])
        return self._matches(row["person_check"], lambda: row_checksum(person))

    def _matches(self, stored: int, checksum: Callable[[], int]) -> bool:
        if stored in self._intact:
            return True
        if checksum() != stored:
            return False
        if len(self._intact) >= MAX_REMEMBERED:
            self._intact.clear()
        self._intact.add(stored)
        return True


def _record_checksum(row: sqlite3.Row) -> int:
    return row_checksum(tuple([row["work_row" if name == "work" else name] for name in checksums.RECORD]))


def _content_checksum(row: sqlite3.Row, people: Sequence[sqlite3.Row]) -> int:
    appearances: list[Row] = [tuple([person[name] for name in checksums.APPEARANCE]) for person in people]
    return content_checksum(tuple([row[name] for name in checksums.CONTENT]), row["body"], appearances)
