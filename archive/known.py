"""What the archive holds already of what a batch is about, looked up at once, and the numbers that come next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from archive import names
from archive.database import in_portions, marks
from archive.reading import FileReading


def stored_path(path: str) -> str:
    """`path` as the database can hold it: bytes that are not valid Unicode written out (`\\udcff`)."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


class Known:
    """What the archive holds already of what a batch is about, looked up at once, and the numbers that come next."""

    def __init__(self, db: sqlite3.Connection, readings: Sequence[FileReading]) -> None:
        digests: set[str] = set()
        slugs: set[str] = set()
        contexts: set[str] = set()
        for record in (record for reading in readings for record in reading.records):
            digests.add(record.digest)
            contexts.add(record.record.context)
            slugs |= {names.person_slug(person.name) for person in record.release.people}
        self._db = db
        self.paths = {path for (path,) in _matching(db, "path FROM files WHERE path", map(_path, readings))}
        self.versions: dict[str, tuple[int, str]] = {
            digest: (version, work)
            for digest, version, work in _matching(db, "digest, version, work FROM versions WHERE digest", digests)
        }
        self._id_of = {digest: names.work_id(digest) for digest in digests}
        self._ids = {work for (work,) in _matching(db, "id FROM works WHERE id", self._id_of.values())}
        self._people: dict[str, int] = dict(_matching(db, "slug, person FROM people WHERE slug", slugs))
        self._strangers = slugs - set(self._people)
        self._contexts: dict[str, int] = dict(
            _matching(db, "value, context FROM contexts WHERE value", contexts - {""})
        )
        self._version: int
        self._person: int
        (self._version,) = db.execute("SELECT coalesce(max(version), 0) FROM versions").fetchone()
        (self._person,) = db.execute("SELECT coalesce(max(person), 0) FROM people").fetchone()
        self._context: int
        (self._context,) = db.execute("SELECT coalesce(max(context), 0) FROM contexts").fetchone()

    def new_id(self, digest: str) -> str:
        """The id of a new work. Where the leading bits clash, the later comer's id is a character longer."""
        work = self._id_of[digest]
        while work in self._ids or (len(work) > names.ID_LENGTH and self._taken(work)):
            work = names.work_id(digest, len(work) + 1)
        self._ids.add(work)
        return work

    def _taken(self, work: str) -> bool:
        return self._db.execute("SELECT 1 FROM works WHERE id = ?", (work,)).fetchone() is not None

    def new_version(self, digest: str, work: str) -> int:
        """The number of a new version."""
        self._version += 1
        self.versions[digest] = self._version, work
        return self._version

    def person(self, slug: str) -> int | None:
        """The number of a person; None where there is none yet."""
        if slug in self._people or slug in self._strangers:
            return self._people.get(slug)
        # Nobody that the readings name: someone whom a correction speaks of.
        if row := self._db.execute("SELECT person FROM people WHERE slug = ?", (slug,)).fetchone():
            self._people[slug] = row["person"]
        return self._people.get(slug)

    def new_person(self, slug: str) -> int:
        """The number of a new person."""
        self._person += 1
        self._people[slug] = self._person
        return self._person

    def context(self, value: str) -> int | None:
        """The number of a context; None where there is none yet."""
        return self._contexts.get(value)

    def new_context(self, value: str) -> int:
        """The number of a new context."""
        self._context += 1
        self._contexts[value] = self._context
        return self._context


def _path(reading: FileReading) -> str:
    return stored_path(reading.file.path)


def _matching(db: sqlite3.Connection, what: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows whose last-named column is one of the values, a portion of them in a statement."""
    for portion in in_portions(sorted(values)):
        yield from (tuple(row) for row in db.execute(f"SELECT {what} IN ({marks(portion)})", portion))
