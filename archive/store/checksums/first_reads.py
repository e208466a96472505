"""Rows held against their checksums where a process first reads them; what was found whole is not looked at again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.errors import ReleaseDamaged
from archive.store.checksums import checksums
from archive.store.checksums.checksums import Row, checksum_of_card, checksum_of_evidence, checksum_of_row

MAX_REMEMBERED = 200_000
"""Rows that are remembered as whole (some 12 MB); of more all are forgotten, and checked again."""


class FirstReads:
    """What of the archive at `path` this process has read and found whole. Safe to use from many threads.

    Rows come as row_mapping's VERSION_COLUMNS and APPEARANCE_COLUMNS ask for them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._whole: set[int] = set()

    def card(self, row: sqlite3.Row, people: Sequence[sqlite3.Row]) -> None:
        """Check a version's row, its work's, and those of the people in it (all of them, in order).

        Raises:
            ReleaseDamaged: one of them is not as it was written.
        """
        work = (row["work_row"], row["work"], row["first_added"], row["current"], row["live"])
        if not (
            self._is_whole(row["work_check"], lambda: checksum_of_row(work))
            and self._is_whole(row["record_check"], lambda: _record(row))
            and self._is_whole(row["row_check"], lambda: _card(row, people))
            and all(map(self.is_whole_person, people))
        ):
            raise ReleaseDamaged(self._path, row["work"])

    def evidence(self, row: sqlite3.Row, evidence: Sequence[sqlite3.Row], mentions: Sequence[sqlite3.Row]) -> None:
        """Check the rows of a version's evidence and mentions, all of them in order.

        Raises:
            ReleaseDamaged: they are not as they were written.
        """

        def checksum() -> int:
            return checksum_of_evidence((tuple(e)[1:] for e in evidence), (tuple(m)[1:] for m in mentions))

        if not self._is_whole(row["evidence_check"], checksum):
            raise ReleaseDamaged(self._path, row["work"])

    def is_whole_person(self, row: sqlite3.Row) -> bool:
        """Whether a person's row is as it was written."""
        person = (row["person"], row["slug"], row["known"], row["same_as"], row["given"], row["hidden"])
        return self._is_whole(row["person_check"], lambda: checksum_of_row(person))

    def _is_whole(self, kept: int, checksum: Callable[[], int]) -> bool:
        if kept in self._whole:
            return True
        if checksum() != kept:
            return False
        if len(self._whole) >= MAX_REMEMBERED:
            self._whole.clear()
        self._whole.add(kept)
        return True


def _record(row: sqlite3.Row) -> int:
    return checksum_of_row(tuple([row["work_row" if name == "work" else name] for name in checksums.RECORD]))


def _card(row: sqlite3.Row, people: Sequence[sqlite3.Row]) -> int:
    appearances: list[Row] = [tuple([person[name] for name in checksums.APPEARANCE]) for person in people]
    return checksum_of_card(tuple([row[name] for name in checksums.CARD]), row["body"], appearances)
