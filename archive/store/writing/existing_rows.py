"""Bulk lookup of existing rows for a transaction, and id allocation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from archive import ids
from archive.parsed import ParsedFile
from archive.store.sql import in_chunks, placeholders

_VERSION = "v.digest, v.version, w.work, w.id FROM versions v JOIN works w USING (work)"
_FIRST_VERSION = "v.digest, v.version, w.work, w.id FROM works w JOIN versions v ON v.work = w.work AND v.number = 1"


def stored_path(path: str) -> str:
    """`path` as the database can hold it: bytes that are not valid Unicode written out (`\\udcff`)."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


class Work(NamedTuple):
    """A work's row, and the id it has in addresses."""

    row: int
    id: str


class ExistingRows:
    """The rows that the files of a transaction refer to, fetched in bulk, and the numbers of new rows."""

    def __init__(self, db: sqlite3.Connection, parsed_files: Sequence[ParsedFile]) -> None:
        digests: set[str] = set().union(*(parsed_file.lookup_keys.digests for parsed_file in parsed_files))
        people: set[str] = set().union(*(parsed_file.lookup_keys.people for parsed_file in parsed_files))
        contexts: set[str] = set().union(*(parsed_file.lookup_keys.contexts for parsed_file in parsed_files))
        keys = set(map(ids.name_key, people))
        slugs = set(map(ids.slug, people))
        self._db = db
        self.paths = {path for (path,) in _fetch_matching(db, "path FROM files WHERE path", map(_path, parsed_files))}
        self._id_of = {digest: ids.work_id(digest) for digest in digests}
        self._ids: set[str] = set()
        self.versions = dict(self._first_versions()) | dict(self._later_versions(digests))
        self._people: dict[tuple[str, bool], int] = {}
        for key, origin, person in _fetch_matching(db, "key, origin, person FROM people WHERE key", keys):
            self._keep_person(key, origin, person)
        self._keys_looked_up = keys
        self._slugs: set[str] = {each for (each,) in _fetch_matching(db, "slug FROM people WHERE slug", slugs)}
        self._slugs_looked_up = slugs
        self.names: set[str] = {name for (name,) in _fetch_matching(db, "name FROM names WHERE name", people)}
        self._contexts: dict[str, int] = dict(
            _fetch_matching(db, "value, context FROM contexts WHERE value", contexts - {""})
        )
        self._version: int
        self._work: int
        self._person: int
        (self._version,) = db.execute("SELECT coalesce(max(version), 0) FROM versions").fetchone()
        (self._work,) = db.execute("SELECT coalesce(max(work), 0) FROM works").fetchone()
        (self._person,) = db.execute("SELECT coalesce(max(person), 0) FROM people").fetchone()
        self._context: int
        (self._context,) = db.execute("SELECT coalesce(max(context), 0) FROM contexts").fetchone()

    def _first_versions(self) -> Iterator[tuple[str, tuple[int, Work]]]:
        """The works that begin with one of these digests, found by their ids: heads of the digests."""
        wanted = self._id_of
        while wanted:
            digest_of_id: dict[str, str] = {}
            for digest, version, *work in _fetch_matching(self._db, f"{_FIRST_VERSION} WHERE w.id", wanted.values()):
                digest_of_id[work[1]] = digest
                yield digest, (version, Work(*work))
            self._ids |= digest_of_id.keys()
            # An id that belongs to other bytes: these may be found by a longer one.
            clashing = [digest for digest, work in wanted.items() if digest_of_id.get(work, digest) != digest]
            wanted = {digest: ids.work_id(digest, len(wanted[digest]) + 1) for digest in clashing}

    def _later_versions(self, digests: Iterable[str]) -> Iterator[tuple[str, tuple[int, Work]]]:
        """The versions after a work's first that have one of these digests."""
        for digest, version, *work in _fetch_matching(self._db, f"{_VERSION} WHERE v.number > 1 AND v.digest", digests):
            yield digest, (version, Work(*work))

    def new_work(self, digest: str) -> Work:
        """A new work. Where the leading bits of its id clash, the later comer's id is a character longer."""
        work = self._id_of.get(digest) or ids.work_id(digest)
        while work in self._ids or (self._must_ask_for_id(digest, work) and self._is_id_taken(work)):
            work = ids.work_id(digest, len(work) + 1)
        self._ids.add(work)
        self._work += 1
        return Work(self._work, work)

    def adopt_work(self, work: str) -> Work:
        """A new work that has an id already: one that was purged and comes back."""
        self._ids.add(work)
        self._work += 1
        return Work(self._work, work)

    def _must_ask_for_id(self, digest: str, work: str) -> bool:
        """Whether this id was not looked up in bulk: a longer one, or that of bytes in no file of the transaction."""
        return len(work) > ids.ID_LENGTH or digest not in self._id_of

    def _is_id_taken(self, work: str) -> bool:
        return self._db.execute("SELECT 1 FROM works WHERE id = ?", (work,)).fetchone() is not None

    @property
    def newest_version(self) -> int:
        """The number of the last version there is."""
        return self._version

    def new_version(self, digest: str, work: Work) -> int:
        """The number of a new version."""
        self._version += 1
        self.versions[digest] = self._version, work
        return self._version

    def find_person(self, key: str, *, surname: bool) -> int | None:
        """The number of a person of a key, or of a surname alone; None where there is none yet."""
        if key not in self._keys_looked_up:
            self._keys_looked_up.add(key)
            for row in self._db.execute("SELECT origin, person FROM people WHERE key = ?", (key,)):
                self._keep_person(key, row["origin"], row["person"])
        return self._people.get((key, surname))

    def _keep_person(self, key: str, origin: str, person: int) -> None:
        """Keep the first of the people of a key: whom of them a new release means is settled later."""
        known = self._people.get((key, origin == "surname"), person)
        self._people[key, origin == "surname"] = min(known, person)

    def new_person(self, key: str, *, surname: bool) -> int:
        """The number of a new person."""
        self._person += 1
        self._people.setdefault((key, surname), self._person)
        return self._person

    def free_slug(self, slug: str, person: int) -> str:
        """The slug, or, where somebody has it, one that is nobody's: it is settled later."""
        if slug not in self._slugs_looked_up:
            self._slugs_looked_up.add(slug)
            if self._db.execute("SELECT 1 FROM people WHERE slug = ?", (slug,)).fetchone():
                self._slugs.add(slug)
        if slug in self._slugs:
            return f"~{person}"
        self._slugs.add(slug)
        return slug

    def find_context(self, value: str) -> int | None:
        """The number of a context; None where there is none yet."""
        return self._contexts.get(value)

    def new_context(self, value: str) -> int:
        """The number of a new context."""
        self._context += 1
        self._contexts[value] = self._context
        return self._context


def _path(parsed_file: ParsedFile) -> str:
    return stored_path(parsed_file.file.path)


def _fetch_matching(db: sqlite3.Connection, what: str, values: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """The rows whose last-named column is one of the values, in chunks."""
    for chunk in in_chunks(sorted(values)):
        yield from (tuple(row) for row in db.execute(f"SELECT {what} IN ({placeholders(chunk)})", chunk))
