"""The seam: what a search engine must give, in our own values and none of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:  # an index is brought up to date without a query
    from archive.store import Archive
    from indexer.query import NameField, Query, TextClause

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

    def facet(self, name: NameField, most: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches with their counts, and how many values there are.

        Commonest first, then by letter; all of them, or `most`; "" counts those that have none. Values chosen
        with "any of" in this same field do not narrow its own facet.
        """

    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The years, months or days of the matches in order; a date not known so far is said shorter, "" is none."""


class Backend(Protocol):
    """One opened state of an index; it never changes while it is open. Safe to use from many threads.

    `state` is the token that `Engine.state` gave while it was live. No answer is made from bytes that are not as they
    were written: IndexDamaged is raised where one is read, `damage` says it from then on, and the same state is not
    opened again.
    """

    state: str
    fingerprint: str
    releases: int

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" for nothing. Cheap."""

    def notice(self, archive: Archive) -> str:
        """In words for people: that an older state answers since the live one is damaged, and what it lacks.

        How to mend it, too; "" where the live one answers.
        """

    def find(self, query: Query) -> Found:
        """Evaluate a query."""

    def totals(self, queries: Sequence[Query]) -> Sequence[int]:
        """How many releases each query matches, exactly: all that one page counts, asked at once."""

    def forms(self, terms: Sequence[TextClause]) -> Sequence[Sequence[str]]:
        """Of each term the verbatim keys in the archive that it stands for, commonest first."""

    def suggestions(self, keys: Sequence[str], most: int = 3) -> Sequence[Sequence[str]]:
        """For each key words of the archive that are spelt like it, likeliest first; itself alone where it occurs."""

    def altered(self) -> Sequence[str]:
        """What of it is not as it was written, a line each; reads all of it, and need check none of it again."""

    def close(self) -> None:
        """Let go of its files."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What an engine is told where a program begins; it looks for settings nowhere else."""

    data: Path


class Engine(Protocol):
    """An engine with its settings: how the index of a data directory is made, kept and found."""

    def open(self) -> Backend:
        """The live state, or the one before it where that is damaged and of this one every byte is as it was written.

        Raises:
            IndexMissing, IndexDamaged: there is none that can be used.
        """

    def state(self) -> str:
        """A token that changes when another index goes live; "" where there is none. Cheap."""

    def fingerprint(self, revision: int) -> str:
        """The digest of what the live index holds; "" where it is not whole, or not of this revision of the archive."""

    def rebuild(self, archive: Archive, progress: Progress) -> Indexed:
        """Make a new index from the archive beside the live one and switch to it."""

    def update(self, archive: Archive, progress: Progress) -> Indexed:
        """Bring the live index up to date with the archive; rebuild where it cannot be used."""

    def damage(self, archive: Archive) -> Sequence[str]:
        """What is wrong with the live index or with one that could answer for it, a line each; `rebuild` cures all.

        Empty when they are whole and the live one agrees with the archive.
        """

    def keep_text(self, name: str, text: str) -> None:
        """Keep a text beside the index, that goes with it; where the system refuses, it is not kept."""

    def read_text(self, name: str) -> str:
        """A text that was kept; "" where there is none."""

    def discard_older(self) -> None:
        """Delete every index but the live one, and what is kept beside it."""
