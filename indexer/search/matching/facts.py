"""The facts of a release, which clauses that are not about its text match: dates, names, versions, files."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.language import attribute_values, name_terms, whole_name
from indexer.query import (
    Added,
    AnyNamed,
    Attribute,
    Clause,
    Described,
    Edited,
    Everything,
    Named,
    NameField,
    Published,
    Undated,
    Versions,
    Withdrawn,
    WithId,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of a release that clauses other than text clauses match; days are numbers yyyymmdd.

    `paths` and `versions` are as in `archive.store.VersionDetails`.
    """

    id: str = ""
    published: tuple[int, int] | None = None
    added: int = 0
    people: tuple[str, ...] = ()
    source: str = ""
    place: str = ""
    parent: str = ""
    live: bool = True
    media_type: str = ""
    language: str = ""
    paths: tuple[str, ...] = ()
    versions: int = 1

    def names(self, name: NameField) -> tuple[str, ...]:
        """The values of one name field."""
        if name is NameField.PERSON:
            return self.people
        return (self.source, self.parent) if name is NameField.SOURCE else (self.place,)


def matches_facts(clause: Clause, facts: Facts) -> bool:
    """Whether a clause that is not about the text matches.

    Raises:
        TypeError: it is about the text, or joins others.
    """
    match clause:
        case Everything() | Versions():
            return True
        case Described(attribute, terms):
            return _is_described(facts, attribute, terms)
        case Edited():
            return facts.versions > 1
        case Withdrawn():
            return not facts.live
        case Named(name, terms):
            return any(_contains_terms(value, terms) for value in facts.names(name))
        case AnyNamed(name):
            return any(facts.names(name))
        case Published(first, last):
            days = facts.published
            return days is not None and first <= days[0] and days[1] <= last
        case Added(first, last):
            return first <= facts.added <= last
        case Undated():
            return facts.published is None
        case WithId(release_id):
            return facts.id == release_id
    raise TypeError(f"not a clause about facts: {clause!r}")


def _contains_terms(name: str, terms: tuple[str, ...]) -> bool:
    held = name_terms(name)
    return any(held[i : i + len(terms)] == terms for i in range(len(held) - len(terms) + 1))


def _is_described(facts: Facts, attribute: Attribute, terms: tuple[str, ...]) -> bool:
    values = attribute_values(facts.paths, facts.media_type, facts.language)[attribute]
    if attribute in (Attribute.TYPE, Attribute.LANGUAGE):
        return whole_name(terms) in values
    return any(_contains_terms(value, terms) for value in values)
