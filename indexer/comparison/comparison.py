"""Two versions of a release compared: headline and text word by word, fields and people by value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.release import Version
from indexer.comparison.pieces import Piece, PieceKind, compare_texts


class FieldChange(NamedTuple):
    """A field with another value than before; "" for none."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two versions, by their numbers.

    `fields` are those of date, place, source, parent and byline whose values differ; people are those the release is
    about, as it spells them.
    """

    old: int
    new: int
    title: tuple[Piece, ...]
    body: tuple[Piece, ...]
    fields: tuple[FieldChange, ...] = ()
    people_removed: tuple[str, ...] = ()
    people_added: tuple[str, ...] = ()

    @property
    def words_removed(self) -> int:
        """How many words of headline and text were removed or replaced."""
        return sum(each.old_words for each in self._pieces(PieceKind.CHANGED))

    @property
    def words_added(self) -> int:
        """How many words of headline and text are new."""
        return sum(each.new_words for each in self._pieces(PieceKind.CHANGED))

    @property
    def marks_changed(self) -> int:
        """At how many places marks and spaces alone differ."""
        return sum(1 for _ in self._pieces(PieceKind.MARKS))

    @property
    def is_title_changed(self) -> bool:
        """Whether words of the headline differ."""
        return any(each.kind is PieceKind.CHANGED for each in self.title)

    def _pieces(self, kind: PieceKind) -> Iterator[Piece]:
        return (each for each in (*self.title, *self.body) if each.kind is kind)


def compare_versions(old: Version, new: Version) -> Comparison:
    """What is different in a version, beside another one."""
    one, other = _people(old), _people(new)
    return Comparison(
        old.number,
        new.number,
        compare_texts(old.release.title, new.release.title),
        compare_texts(old.release.body, new.release.body),
        tuple(_changed_fields(old, new)),
        tuple(name for key, name in one.items() if key not in other),
        tuple(name for key, name in other.items() if key not in one),
    )


def _changed_fields(old: Version, new: Version) -> Iterator[FieldChange]:
    for field in ("date", "place", "source", "parent", "byline"):
        values = _value(old, field), _value(new, field)
        if values[0] != values[1]:
            yield FieldChange(field, *values)


def _value(version: Version, field: str) -> str:
    if field == "date":
        return version.release.published.iso if version.release.published else ""
    return str(getattr(version.release, field))


def _people(version: Version) -> dict[str, str]:
    """The people a version is about, by slug, as it spells them; those known by a surname alone by that."""
    people = {known.slug: person.name for known, person in version.shown_people}
    return people | {f"surname {name}": name for name in version.unresolved}
