"""Markers: `is:edited`, `is:withdrawn` and `in:versions`, which say what kind of version is searched.

`in:versions` says it for the whole query, wherever it stands: it is lifted out of the tree to the end of it.
"""

from __future__ import annotations

from indexer.query import (
    And,
    AtLeast,
    Clause,
    Edited,
    Everything,
    Not,
    Or,
    Versions,
    Withdrawn,
    all_of,
    any_of,
    at_least,
    leaves,
    negation,
)

MARKERS: dict[str, dict[str, Clause]] = {
    "is": {"edited": Edited(), "withdrawn": Withdrawn()},
    "in": {"versions": Versions()},
}
"""For each field the values it knows."""


def lift_versions(clause: Clause) -> Clause:
    """The same query with `Versions` once, as the last of what must match; `-in:versions` is left out."""
    if Versions() not in leaves(clause):
        return clause
    rest, is_found = _without_versions(clause)
    required = [rest] if rest else []
    return all_of([*required, *([Versions()] if is_found else [])]) if required or is_found else Everything()


def _without_versions(clause: Clause) -> tuple[Clause | None, bool]:
    """What is left of a clause, None for nothing, and whether `Versions` stood in it, not as `-in:versions`."""
    match clause:
        case Versions():
            return None, True
        case Not(Versions()):
            return None, False
        case Not(inner):
            rest, is_found = _without_versions(inner)
            return (negation(rest) if rest else None), is_found
        case And(clauses) | Or(clauses) | AtLeast(_, clauses):
            parts = [_without_versions(each) for each in clauses]
            left, is_found = [rest for rest, _ in parts if rest], any(found for _, found in parts)
            return (_joined_again(clause, left) if left else None), is_found
    return clause, False


def _joined_again(clause: And | Or | AtLeast, left: list[Clause]) -> Clause:
    if isinstance(clause, AtLeast):
        return at_least(clause.count, left)
    return all_of(left) if isinstance(clause, And) else any_of(left)
