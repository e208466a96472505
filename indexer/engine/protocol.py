"""The search engine protocol: what an engine must provide, in this project's types and none of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:  # an index is updated without a query
    from archive.store import Archive
    from indexer.query import NameField, Query, TextClause

Progress = Callable[[int, int], None]
"""Called with the number of releases done and the total."""

MAX_FORMS = 2000
"""Exact terms that a prefix or a fuzzy word stands for, at most: the commonest, by the sum of their document
frequencies in titles and bodies, then in order of the alphabet."""

Unit = Literal["year", "month", "day"]


class IndexSummary(NamedTuple):
    """What the live index contains: the number of releases, and the fingerprint, which is the same on any machine.

    `is_new_format` says that it was just made anew because another version of Dateline had made the one before it.
    """

    releases: int
    fingerprint: str
    is_new_format: bool = False


class Frequencies(NamedTuple):
    """What an index knows of a text clause before it looks anything up.

    The exact terms that a prefix or a fuzzy word matches (1 for any other clause), and the document frequencies and
    collection frequencies of its terms in titles and bodies together, each a sum.
    """

    forms: int
    documents: int
    occurrences: int


class Spelling(NamedTuple):
    """A word of the index spelt like another: how many edits from it, and its document frequency.

    That is the sum of those in titles and in bodies.
    """

    word: str
    edits: int
    documents: int


class QuotationPlace(NamedTuple):
    """Where a quotation stands: release, number of the version, and which of its quotations it is (0 the first)."""

    release: str
    version: int
    quotation: int


class QuotationGroup(NamedTuple):
    """The places of one quotation: of all that have the same words, whatever their case, accents and marks.

    By date, those without one last, then by id.
    """

    places: Sequence[QuotationPlace]


class QuotationSet(Protocol):
    """The quotations that a query finds, grouped by their words, in the order of the query.

    By date that is the date of their first place, those without one last; by relevance the best score of a release.
    """

    @property
    def total(self) -> int:
        """How many different quotations there are, exactly."""

    @property
    def places(self) -> int:
        """In how many places they stand, exactly."""

    def page(self, offset: int, limit: int) -> Sequence[QuotationGroup]:
        """The quotations from `offset` on (0 is the first)."""


class ResultSet(Protocol):
    """The results of one query: everything that matched, in the order of the query."""

    @property
    def total(self) -> int:
        """How many releases matched, exactly."""

    def page(self, offset: int, limit: int) -> Sequence[tuple[str, float]]:
        """The ids and scores of the hits from `offset` on (0 is the best)."""

    def position(self, release_id: str) -> int | None:
        """The rank of a release among the hits (0 is the best), or None."""

    def other_versions(self, release_ids: Sequence[str]) -> Mapping[str, int]:
        """Of these hits those that are not the current version of a live release, with the number of the version.

        Empty where the query does not search the history (`indexer.query.searches_history`).
        """

    def facet(self, name: NameField, limit: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The values of a field among the matches with their counts, and how many values there are.

        Commonest first, then alphabetically; all of them, or the first `limit`; "" counts those that have none. An
        "any of" filter on this same field does not narrow its own facet.
        """

    def speakers(self, limit: int | None = None) -> tuple[Sequence[tuple[str, int]], int]:
        """The speakers of the quotations that the query is about, by slug, and how many they are.

        With the number of releases in which each says one; commonest first, then by slug. "" counts the releases in
        which one is nobody's. A query about no quotation is about all of its hits.
        """

    def quotations(self) -> QuotationSet:
        """The quotations that the query is about, in the hits: those that a part of it matches, all where none does."""

    def periods(self, unit: Unit) -> Sequence[tuple[str, int]]:
        """The years, months or days of the matches in order, with counts; an incomplete date is shorter, "" is none."""


class Backend(Protocol):
    """One open state of an index; it never changes while it is open. Safe to use from many threads.

    A query searches the current versions of live releases, or where it says so (`indexer.query.searches_history`) all
    versions of all releases: a release whose versions match is then one hit, the newest of them, its current version
    being the newest of all. Scores are of what is searched.

    `state` is the token that `Engine.state` returned while it was live. Bytes are verified before they are used: any
    method raises IndexDamaged where one differs from what was written; `damage` reports it from then on, and the same
    state is not opened again.
    """

    state: str
    fingerprint: str
    releases: int

    @property
    def damage(self) -> str:
        """What was found wrong with it since it was opened; "" for nothing. Cheap."""

    def notice(self, archive: Archive) -> str:
        """A message for users that an older state is searched since the live one is damaged, and what it lacks.

        With the remedy; "" where the live one is searched.
        """

    def find(self, query: Query) -> ResultSet:
        """Evaluate a query."""

    def totals(self, queries: Sequence[Query]) -> Sequence[int]:
        """How many releases each query matches, exactly; one call for all the counts of a page."""

    def forms(self, terms: Sequence[TextClause], *, in_history: bool = False) -> Sequence[Sequence[str]]:
        """For each query term the exact terms of the index that it matches, commonest first; at most MAX_FORMS.

        `in_history` looks into all versions.
        """

    def frequencies(self, clauses: Sequence[TextClause]) -> Sequence[Frequencies]:
        """The frequencies of each text clause, from the dictionary alone: what a plan is limited by."""

    def suggestions(self, keys: Sequence[str], limit: int = 3, common: int = 0) -> Sequence[Sequence[Spelling]]:
        """For each key the words of the index spelt like it: nearest first, then commonest; at most `limit` of them.

        Before these the key itself at 0 edits, where it occurs in any form: with the releases that hold it so. An edit
        is a letter put in, left out, replaced, or exchanged with the one beside it. There is no other for a key that
        `common` releases hold (0: however many do).
        """

    def verify(self) -> Sequence[str]:
        """A line for each part that differs from what was written; reads all of it, and verifies none of it again."""

    def close(self) -> None:
        """Close its files."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The settings of an engine, made where a program starts; an engine reads settings nowhere else."""

    data: Path


class Engine(Protocol):
    """A search engine: builds, keeps and opens the index of a data directory."""

    def open(self) -> Backend:
        """Open the live state, or an earlier one where it is damaged and the earlier one was verified in full.

        Raises:
            IndexMissing, IndexDamaged: there is none that can be used.
        """

    def state(self) -> str:
        """A token that changes when another index goes live; "" where there is none. Cheap."""

    def fingerprint(self, revision: int) -> str:
        """The fingerprint of the live index; "" where it is incomplete or not of this revision of the archive."""

    def rebuild(self, archive: Archive, progress: Progress) -> IndexSummary:
        """Build a new index from the archive beside the live one and switch to it."""

    def update(self, archive: Archive, progress: Progress) -> IndexSummary:
        """Update the live index to the archive's revision; rebuild where it cannot be used."""

    def find_damage(self, archive: Archive) -> Sequence[str]:
        """A line for each fault of the live index or of one that could replace it; `rebuild` repairs all.

        Empty when they are undamaged and the live one agrees with the archive.
        """

    def keep_text(self, name: str, text: str) -> None:
        """Write a text beside the index, to be deleted with it; without effect where the system refuses."""

    def read_text(self, name: str) -> str:
        """Read a text that was kept; "" where there is none."""

    def discard_older(self) -> None:
        """Delete every index but the live one, and the texts kept beside it."""
