"""The seam: what a search engine must give, in our own values and none of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:  # an index is brought up to date without a query
    from archive.store import Archive
    from indexer.query import Name, Query, Term

Progress = Callable[[int, int], None]
"""Told the releases done and in all."""

Unit = Literal["year", "month", "day"]


class Indexed(NamedTuple):
    """What the live index holds: how many releases, and the digest of it all, the same on any machine."""

    releases: int
    fingerprint: str


class Found(Protocol):
    """The answer to one query: everything that matched, in the order asked for."""

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""

    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on (0 is the best)."""

    def position(self, release_id: str) -> int | None:
        """Where a release stands among the hits (0 is the best), or None."""

    def facet(self, name: Name, most: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches with their counts, and how many values there are.

        Commonest first, then by letter; all of them, or `most`; "" counts those that have none. Values chosen
        with "any of" in this same field do not narrow its own facet.
        """

    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The years, months or days of the matches in order; a date not known so far is said shorter, "" is none."""


class Backend(Protocol):
    """One opened state of an index; it never changes while it is open. Safe to use from many threads.

    `notice` says in words for people where an older state answers because the live one is damaged; `revision` is that
    of the archive it was made of. No answer is made from bytes that are not as they were written: IndexDamaged is
    raised where one is read, `damage` says it from then on, and the same state is not opened again.
    """

    name: str
    notice: str
    fingerprint: str
    revision: int
    releases: int

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" for nothing. Cheap."""

    def find(self, query: Query) -> Found:
        """Evaluate a query."""

    def forms(self, term: Term) -> Sequence[str]:
        """The verbatim keys in the archive that a term stands for, commonest first."""

    def suggestions(self, key: str, most: int = 3) -> Sequence[str]:
        """Words of the archive that are spelt like `key`, likeliest first."""

    def altered(self) -> Sequence[str]:
        """What of it is not as it was written, a line each; reads all of it, and need check none of it again."""

    def close(self) -> None:
        """Let go of its files."""


class Indexing(Protocol):
    """How an index is made and found in a data directory."""

    def open(self, data: Path) -> Backend:
        """The live state, or the one before it where that is damaged and of this one every byte is as it was written.

        Raises:
            IndexMissing, IndexDamaged: there is none that can be used.
        """

    def folder(self, data: Path) -> Path:
        """Where its files are; what is kept there goes with them."""

    def state(self, data: Path) -> str:
        """A token that changes when another index goes live; "" where there is none. Cheap."""

    def fingerprint(self, data: Path, revision: int) -> str:
        """The digest of what the live index holds; "" where it is not whole, or not of this revision of the archive."""

    def discard_older(self, data: Path) -> None:
        """Delete every index but the live one, and what is kept beside it."""

    def rebuild(self, archive: Archive, progress: Progress) -> Indexed:
        """Make a new index from the archive beside the live one and switch to it."""

    def update(self, archive: Archive, progress: Progress) -> Indexed:
        """Bring the live index up to date with the archive; rebuild where it cannot be used."""

    def damage(self, archive: Archive) -> Sequence[str]:
        """What is wrong with the live index or with one that could answer for it, a line each; `rebuild` cures all.

        Empty when they are whole and the live one agrees with the archive.
        """
