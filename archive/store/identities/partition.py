"""Divides the appearances of one name key among people: who is who, as the archive's own content tells.

All spellings of a key (`archive.ids.name_key`) are one person unless something speaks against it:

* a release that names two of them apart;
* different initials, or Jr. and Sr., each in two or more releases;
* of a short form of the first name (Jack for John): any other initial or suffix, or another office in other years.

A spelling without initials and suffix that may be several goes, release by release, to the one whose office, source
and years agree; where none does, or several do, it stays a person of its own.

The result depends on the appearances alone, not on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.ids import name_marks, slug
from archive.store.identities.offices import office_words

YEARS_BETWEEN = 2
"""Years that another office may follow after, and still be the same person's."""

MIN_OF_SOURCE = 3
"""Releases of a source that must name somebody, for a name without office in another of its releases to be theirs."""

MIN_SHARE = 0.9
"""Of the releases of all who may be meant, the share that one of them must have."""

MIN_ATTESTED = 2
"""Releases in which an initial or a suffix must stand to keep people apart: one may be a misprint."""


class Appearance(NamedTuple):
    """A person named in a version: its rows, the spelling, and what is known beside it ("" and 0 for nothing).

    `person` is the row that has it now; it decides nothing.
    """

    version: int
    place: int
    work: str
    name: str
    role: str
    source: str
    year: int
    person: int = 0


@dataclass(slots=True)
class _Cluster:
    """Spellings found to be one person's, and the offices, sources and years of their appearances."""

    names: list[str]
    offices: set[str] = field(default_factory=set)
    sources: Counter[str] = field(default_factory=Counter)
    years: list[int] = field(default_factory=list)
    works: set[str] = field(default_factory=set)

    def learn(self, appearance: Appearance) -> None:
        self.works.add(appearance.work)
        self.offices |= office_words(appearance.role)
        if appearance.source:
            self.sources[appearance.source] += 1
        if appearance.year:
            self.years.append(appearance.year)

    def agrees(self, appearance: Appearance) -> bool:
        """Whether office and years do not speak against it, and office, or else an often seen source, speaks for it."""
        offices = office_words(appearance.role)
        if offices and self.offices and not offices & self.offices:
            return False
        if appearance.year and self.years and not min(self.years) - 1 <= appearance.year <= max(self.years) + 1:
            return False
        return bool(offices & self.offices) or (not offices and self.sources[appearance.source] >= MIN_OF_SOURCE)


def may_be_several(uses: Mapping[str, int]) -> bool:
    """Whether the marks of some spellings, with the releases each stands in, differ: else they are one person's."""
    marks = [name_marks(name) for name in uses]
    return any(len({mark[part] for mark in marks if mark[part]}) > 1 for part in range(3))


def partition(appearances: Sequence[Appearance]) -> list[list[Appearance]]:
    """The appearances of one key by person, the person with the most appearances first."""
    ordered = sorted(appearances)
    clusters, contested = _cluster_spellings(ordered)
    of_name = {name: number for number, cluster in enumerate(clusters) for name in cluster.names}
    found: dict[int | str, list[Appearance]] = defaultdict(list)
    for each in ordered:
        if each.name in of_name:
            clusters[of_name[each.name]].learn(each)
            found[of_name[each.name]].append(each)
    together = _names_by_version(ordered)
    for each in ordered:
        if each.name in contested:
            found[_owner(each, clusters, together[each.version])].append(each)
    return sorted(found.values(), key=lambda group: (-len(group), group[0].name, group[0].work, group[0].version))


def _cluster_spellings(appearances: Sequence[Appearance]) -> tuple[list[_Cluster], set[str]]:
    """Clusters of spellings, and the spellings that may be of several."""
    works: dict[str, set[str]] = defaultdict(set)
    for each in appearances:
        works[each.name].add(each.work)
    apart = _Separator(appearances, works)
    names = sorted(works, key=lambda name: (-len(works[name]), -len(name), name))
    marked = [name for name in names if name_marks(name).initials or name_marks(name).suffix]
    clusters: list[_Cluster] = []
    contested: set[str] = set()
    for name in [*marked, *(name for name in names if name not in marked)]:
        fitting = [each for each in clusters if not any(apart.are_apart(name, other) for other in each.names)]
        bare = name not in marked
        rivals = len(clusters) > 1 or any(apart.are_together(name, other) for each in clusters for other in each.names)
        if bare and clusters and rivals and marked:
            contested.add(name)
        elif not fitting:
            clusters.append(_Cluster([name]))
        elif len(fitting) == 1 or (best := _sharing_marks(name, fitting)) is None:
            if len(fitting) == 1:
                fitting[0].names.append(name)
            else:
                contested.add(name)
        else:
            best.names.append(name)
    return clusters, contested


def _sharing_marks(name: str, clusters: Iterable[_Cluster]) -> _Cluster | None:
    """The one cluster that has this spelling's suffix or initials; None where none or several have."""
    mark = name_marks(name)
    shared = [
        each
        for each in clusters
        if any(
            (mark.suffix and name_marks(other).suffix == mark.suffix)
            or (mark.initials and name_marks(other).initials == mark.initials)
            for other in each.names
        )
    ]
    return shared[0] if len(shared) == 1 else None


class _Separator:
    """Tells which two spellings of a key cannot be one person's."""

    def __init__(self, appearances: Sequence[Appearance], works: Mapping[str, set[str]]) -> None:
        self._initials: dict[str, set[str]] = defaultdict(set)
        self._suffixes: dict[str, set[str]] = defaultdict(set)
        for name, named_in in works.items():
            mark = name_marks(name)
            self._initials[mark.initials] |= named_in
            self._suffixes[mark.suffix] |= named_in
        self._together = {
            frozenset((one, other))
            for names in _names_by_version(appearances).values()
            for one in names
            for other in names
            if slug(one) != slug(other)
        }
        self._profiles: dict[str, _Cluster] = defaultdict(lambda: _Cluster([]))
        for each in appearances:
            self._profiles[each.name].learn(each)

    def are_together(self, one: str, other: str) -> bool:
        """Whether a release names the two apart."""
        return frozenset((one, other)) in self._together

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the two spellings are of different people."""
        first, second = name_marks(one), name_marks(other)
        if self.are_together(one, other):
            return True
        initials = _differ(first.initials, second.initials)
        suffixes = bool(first.suffix and second.suffix and first.suffix != second.suffix)
        if first.given != second.given and (initials or suffixes or self._lead_other_lives(one, other)):
            return True
        return (initials and self._are_attested(self._initials, first.initials, second.initials)) or (
            suffixes and self._are_attested(self._suffixes, first.suffix, second.suffix)
        )

    def _are_attested(self, works: Mapping[str, set[str]], *marks: str) -> bool:
        return all(len(works[mark]) >= MIN_ATTESTED for mark in marks)

    def _lead_other_lives(self, one: str, other: str) -> bool:
        """Whether two spellings are of other offices in other years."""
        first, second = self._profiles[one], self._profiles[other]
        if not (first.offices and second.offices and first.years and second.years):
            return False
        return not first.offices & second.offices and (
            max(first.years) + YEARS_BETWEEN < min(second.years) or max(second.years) + YEARS_BETWEEN < min(first.years)
        )


def _differ(one: str, other: str) -> bool:
    """Whether initials are of different names: `W` and `HW` are, `H` and `HW` are not."""
    return bool(one and other) and not (one.startswith(other) or other.startswith(one))


def _names_by_version(appearances: Iterable[Appearance]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for each in appearances:
        found[each.version].add(each.name)
    return found


def _owner(appearance: Appearance, clusters: Sequence[_Cluster], beside: set[str]) -> int | str:
    """The number of the one cluster that an appearance agrees with; its name's slug where there is none, or several.

    Of several, the one that has nine in ten of their releases: the others may be misprints.
    """
    others = beside - {appearance.name}
    agreeing = [
        number
        for number, cluster in enumerate(clusters)
        if not others.intersection(cluster.names) and cluster.agrees(appearance)
    ]
    best = max(agreeing, key=lambda number: len(clusters[number].works), default=-1)
    total = sum(len(clusters[number].works) for number in agreeing)
    if best < 0 or len(clusters[best].works) < MIN_SHARE * total:
        return slug(appearance.name)
    return best
