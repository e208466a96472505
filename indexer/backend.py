"""The seam: what a search engine must give, in our own values and none of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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

    `notice` says in words for people where an older state answers because the live one is damaged. Whatever is
    found damaged later raises IndexDamaged.
    """

    name: str
    notice: str
    fingerprint: str
    revision: int
    releases: int

    def find(self, query: Query) -> Found:
        """Evaluate a query."""

    def forms(self, term: Term) -> Sequence[str]:
        """The verbatim keys in the archive that a term stands for, commonest first."""

    def suggestions(self, key: str, most: int = 3) -> Sequence[str]:
        """Words of the archive that are spelt like `key`, likeliest first."""

    def altered(self) -> Sequence[str]:
        """What of it is not as it was written, a line each; reads all of it."""

    def close(self) -> None:
        """Let go of its files."""


class Indexing(Protocol):
    """How an index is made and found in a data directory."""

    def open(self, data: Path, refused: Collection[str] = ()) -> Backend:
        """The live state, or the one before it where that is damaged or named in `refused`.

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
        """What is wrong with the live index, a line each; empty when it agrees with the archive."""
