"""Searches of the history: which version of each hit is shown, what is known of it, and the counts beside them.

A query has the history searched by a marker in it (`indexer.query.searches_history`). The queries that a page counts
beside its own (its clauses, other readings) are made without the marker and widened again here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.release import Version
from archive.store import Archive, VersionDetails, load_details
from indexer.engine import ResultSet
from indexer.query import And, Attribute, Clause, Described, Edited, Query, Versions, all_of, leaves, searches_history

_NEEDS_PATHS = (Attribute.FOLDER, Attribute.FILE)


def is_marked(clause: Clause) -> bool:
    """Whether `in:versions` stands in the query."""
    return Versions() in leaves(clause)


def without_marker(query: Query) -> Query:
    """The query without `in:versions`, which stands among what must match (`language.markers`)."""
    if not is_marked(query.clause):
        return query
    return replace(query, clause=all_of([each for each in _required(query.clause) if each != Versions()]))


def with_marker(query: Query, original: Query) -> Query:
    """A query made of `original` without its marker, with the marker where `original` has it."""
    return replace(query, clause=all_of([query.clause, Versions()])) if is_marked(original.clause) else query


def widen(clause: Clause, original: Clause) -> Clause:
    """A clause of `original`, to be counted alone where `original` is searched."""
    is_wider = searches_history(original) and not searches_history(clause)
    return all_of([clause, Versions()]) if is_wider else clause


def load_hits(
    archive: Archive, results: ResultSet, release_ids: Sequence[str], damaged: list[str]
) -> dict[str, Version]:
    """The version to show of each of these hits, by id; ids of those that cannot be read are appended to `damaged`."""
    return load_versions(archive, release_ids, results.other_versions(release_ids), damaged)


def load_versions(
    archive: Archive, release_ids: Sequence[str], others: Mapping[str, int], damaged: list[str]
) -> dict[str, Version]:
    """The versions of these releases: the current ones, but of those in `others` the one with that number."""
    chosen = {each: others[each] for each in release_ids if each in others}
    current = archive.current([each for each in release_ids if each not in chosen], damaged)
    return current | (archive.chosen(chosen, damaged) if chosen else {})


Details = Mapping[tuple[str, int], VersionDetails]


def find_details(archive: Archive, clause: Clause, versions: Sequence[Version]) -> Details:
    """What `clause` may ask of these versions beside what they say themselves, by id and number.

    Of those that are not the current version of a live release always, since their hits say which they are.
    """
    needed = (
        versions if any(map(_needs_details, leaves(clause))) else [v for v in versions if not (v.current and v.live)]
    )
    return load_details(archive, needed) if needed else {}


def describe_version(version: Version, details: VersionDetails) -> str:
    """Which version a hit is, in words; "" for the current version of a live release."""
    which = "earlier" if version.number < details.current else "other"
    other = "" if version.current else f"{which} version ({version.number} of {details.last})"
    return ", ".join(filter(None, ["" if version.live else "withdrawn", other]))


def _needs_details(leaf: Clause) -> bool:
    return isinstance(leaf, Edited) or (isinstance(leaf, Described) and leaf.attribute in _NEEDS_PATHS)


def _required(clause: Clause) -> Sequence[Clause]:
    return clause.clauses if isinstance(clause, And) else (clause,)
