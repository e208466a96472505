"""What is stored beside the postings of a release: the columns that sorting, facets and checks are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from archive.release import Version
from archive.store import SHOWN_KINDS
from indexer import tokens
from indexer.kernels.types import Array
from indexer.query import Name
from indexer.whoosh_backend.arrays import ArrayFile, joined, narrow, split

DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class Row:
    """One release's row. Days are numbers yyyymmdd, `date` with 00 for what is not known; 0 is no date.

    `added` is the number yyyymmddhhmmss. `people` are slugs. `digest` (SHA-256) says what the index holds of it.
    """

    id: str
    date: int
    first: int
    last: int
    added: int
    source: str
    place: str
    people: tuple[str, ...]
    digest: bytes

    def names(self, name: Name) -> tuple[str, ...]:
        """The values of one name field."""
        if name is Name.PERSON:
            return self.people
        value = self.source if name is Name.SOURCE else self.place
        return (value,) if value else ()


_NUMBERS = ("date", "first", "last", "added")


People = list[tuple[str, tuple[str, ...]]]
"""People by slug, each with the names by which they are found."""


def row(version: Version, people: People) -> Row:
    """The row of a release, which is about these people."""
    release = version.release
    date = release.published
    return Row(
        id=version.work,
        date=date.year * 10000 + date.month * 100 + date.day if date else 0,
        first=date.first if date else 0,
        last=date.last if date else 0,
        added=_digits(version.first_added),
        source=release.source,
        place=release.place,
        people=tuple(slug for slug, _ in people),
        digest=logical_digest(version, people),
    )


@lru_cache(maxsize=1000)  # one time a batch
def _digits(time: str) -> int:
    return int("".join(c for c in time if c.isdigit()))


def shown_people(version: Version) -> People:
    """The people a release is about, by slug, each with the archive's name and the release's spelling."""
    found: dict[str, tuple[str, ...]] = {}
    for known, person in zip(version.people, version.release.people, strict=True):
        if person.kind in SHOWN_KINDS:
            spelt = (*found.get(known.slug, ()), known.name, person.name)
            found[known.slug] = tuple(dict.fromkeys(spelt))
    return list(found.items())


def logical_digest(version: Version, people: People) -> bytes:
    """A digest of what the index says of a release, the same on any machine: neither clock nor path is in it.

    Of the facts in JSON, with the lengths of title and body, then a line break, title and body.
    """
    release = version.release
    facts = [
        tokens.VERSION,
        version.work,
        release.published.iso if release.published else "",
        release.place,
        release.source,
        sorted(people),
        len(release.title),
        len(release.body),
    ]
    text = f"{json.dumps(facts, ensure_ascii=False)}\n{release.title}{release.body}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def fingerprint(digests: Iterable[bytes]) -> str:
    """The digest of the logical content: of the releases' digests in order, 16 hex digits of SHA-256."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()[:16]


def row_arrays(rows: Sequence[Row]) -> dict[str, Array]:
    """The rows as arrays, one a column."""
    arrays: dict[str, Array] = {"id": np.array([r.id.encode() for r in rows], dtype=np.bytes_)}
    for name in _NUMBERS:
        arrays[name] = narrow(np.array([getattr(r, name) for r in rows], np.int64))
    for field in Name:
        arrays |= _name_arrays(field, [r.names(field) for r in rows])
    arrays["digest"] = np.frombuffer(b"".join(r.digest for r in rows), np.uint8)
    return arrays


def _name_arrays(field: Name, lists: list[tuple[str, ...]]) -> dict[str, Array]:
    values = sorted({value for names in lists for value in names})
    code = {value: number for number, value in enumerate(values)}
    blob, starts = joined(value.encode() for value in values)
    codes = narrow(np.array([code[value] for names in lists for value in names], np.int64))
    begins = np.zeros(len(lists) + 1, np.int64)
    np.cumsum([len(names) for names in lists], out=begins[1:])
    return {
        f"{field.value}/values": blob,
        f"{field.value}/value_starts": starts,
        f"{field.value}/codes": codes,
        f"{field.value}/starts": narrow(begins),
    }


def name_values(file: ArrayFile, field: Name) -> list[str]:
    """The values of a name field that occur in a segment, in order of code."""
    blob, starts = file.array(f"{field.value}/values"), file.array(f"{field.value}/value_starts")
    return [value.decode() for value in split(blob, starts)]


def read_row(file: ArrayFile, number: int) -> Row:
    """One row of a segment; for stock Whoosh and for merges, not for speed."""
    numbers = {name: int(file.array(name)[number]) for name in _NUMBERS}
    source, place, people = (_names(file, field, number) for field in (Name.SOURCE, Name.PLACE, Name.PERSON))
    digest = file.array("digest")[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES].tobytes()
    return Row(
        id=file.array("id")[number].decode(),
        **numbers,
        source="".join(source),
        place="".join(place),
        people=people,
        digest=digest,
    )


def _names(file: ArrayFile, field: Name, number: int) -> tuple[str, ...]:
    start, end = (int(n) for n in file.array(f"{field.value}/starts")[number : number + 2])
    edges = file.array(f"{field.value}/value_starts")
    blob = file.array(f"{field.value}/values")
    codes = file.array(f"{field.value}/codes")[start:end]
    return tuple(blob[edges[code] : edges[code + 1]].tobytes().decode() for code in codes.astype(np.int64))
