"""Rows: the stored fields of a release, kept as columns for sorting, facets and checks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from archive.release import IndexDocument, PublishedDate
from indexer import format_version
from indexer.engine.arrays.files import ArrayFile, join_bytes, list_bounds, split_bytes, to_narrowest
from indexer.engine.arrays.segments.quotation_rows import (
    QuotationRow,
    make_quotation_rows,
    quotation_arrays,
    read_quotation_rows,
)
from indexer.kernels import Array
from indexer.query import NameField

DIGEST_BYTES = 32


class DocumentRow(NamedTuple):
    """The stored fields of one release. Days are numbers yyyymmdd, `date` with 00 for an unknown part; 0 is no date.

    `added` is the number yyyymmddhhmmss. `people` are slugs. `digest` is that of `logical_digest`.
    `parent` is the office above the source, "" for none. `number` is that of the version, `versions` how many the work
    has; `current` and `live` are 1 where it is the work's current one, and where the work is not withdrawn.
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
    parent: str = ""
    number: int = 1
    versions: int = 1
    current: int = 1
    live: int = 1
    quotations: tuple[QuotationRow, ...] = ()

    def names(self, name: NameField) -> tuple[str, ...]:
        """The values of one name field: a release is its source's and that of the office above it."""
        if name is NameField.PERSON:
            return self.people
        values = (self.source, self.parent) if name is NameField.SOURCE else (self.place,)
        return tuple(filter(None, values))


_NUMBERS = ("date", "first", "last", "added", "number", "versions", "current", "live")


def make_row(entry: IndexDocument) -> DocumentRow:
    """The row of a release."""
    return DocumentRow(
        entry.work, *_date_numbers(entry.published), _time_number(entry.added), entry.source, entry.place,
        tuple(slug for slug, _ in entry.people), logical_digest(entry), entry.parent,
        entry.number, entry.versions, int(entry.current), int(entry.live), make_quotation_rows(entry),
    )  # fmt: skip


def _date_numbers(iso: str) -> tuple[int, int, int]:
    """A date as a number, and its first and last day as numbers."""
    if not iso:
        return 0, 0, 0
    date = PublishedDate.from_iso(iso)
    return date.year * 10000 + date.month * 100 + date.day, date.first, date.last


@lru_cache(maxsize=1000)  # the releases of a batch have one time
def _time_number(time: str) -> int:
    return int("".join(c for c in time if c.isdigit()))


def logical_digest(entry: IndexDocument) -> bytes:
    """The SHA-256 of what the index contains of a release, the same on any machine: neither clock nor path is in it.

    Of the fields as Python's ascii() writes them, with the lengths of title and body, then a line break, title, body.
    That of another version than the current one of a live work says which it is.
    """
    is_usual = entry.current and entry.live
    fields = (
        format_version.TOKENIZER_VERSION,
        entry.work,
        entry.published,
        entry.place,
        entry.source,
        sorted(entry.people),
        len(entry.title),
        len(entry.body),
        *filter(None, (entry.parent, entry.unresolved)),  # what has none keeps the digest it had before there were any
        *(() if is_usual else (("version", entry.number, entry.current, entry.live),)),
        *((("quotations", *map(tuple, entry.quotations)),) if entry.quotations else ()),
    )
    return hashlib.sha256(f"{fields!a}\n{entry.title}{entry.body}".encode("utf-8", "surrogatepass")).digest()


def fingerprint(digests: Iterable[bytes]) -> str:
    """The fingerprint of an index: 16 hex digits of the SHA-256 of the sorted digests of its releases."""
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()[:16]


def row_arrays(rows: Sequence[DocumentRow]) -> dict[str, Array]:
    """The rows as arrays, one for each column."""
    arrays: dict[str, Array] = {"id": np.array([r.id.encode() for r in rows], dtype=np.bytes_)}
    for name in _NUMBERS:
        arrays[name] = to_narrowest(np.array([getattr(r, name) for r in rows], np.int64))
    for field in NameField:
        arrays |= _name_arrays(field, [r.names(field) for r in rows])
    arrays["digest"] = np.frombuffer(b"".join(r.digest for r in rows), np.uint8)
    return arrays | quotation_arrays([r.quotations for r in rows])


def _name_arrays(field: NameField, lists: list[tuple[str, ...]]) -> dict[str, Array]:
    values = sorted({value for names in lists for value in names})
    code = {value: number for number, value in enumerate(values)}
    blob, starts = join_bytes(value.encode() for value in values)
    codes = to_narrowest(np.array([code[value] for names in lists for value in names], np.int64))
    return {
        f"{field.value}/values": blob,
        f"{field.value}/value_starts": starts,
        f"{field.value}/codes": codes,
        f"{field.value}/starts": to_narrowest(list_bounds([len(names) for names in lists])),
    }


def name_values(file: ArrayFile, field: NameField) -> list[str]:
    """The values of a name field in a segment, in order of code."""
    blob, starts = file.array(f"{field.value}/values"), file.array(f"{field.value}/value_starts")
    return [value.decode() for value in split_bytes(blob, starts)]


def read_row(file: ArrayFile, number: int) -> DocumentRow:
    """One row of a segment, for stock Whoosh and for merges; queries read columns instead."""
    numbers = {name: int(file.array(name)[number]) for name in _NUMBERS}
    sources, place, people = (
        _names(file, field, number) for field in (NameField.SOURCE, NameField.PLACE, NameField.PERSON)
    )
    digest = file.array("digest")[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES].tobytes()
    return DocumentRow(
        id=file.array("id")[number].decode(),
        **numbers,
        source="".join(sources[:1]),
        place="".join(place),
        people=people,
        digest=digest,
        parent="".join(sources[1:]),
        quotations=read_quotation_rows(file, number),
    )


def _names(file: ArrayFile, field: NameField, number: int) -> tuple[str, ...]:
    start, end = (int(n) for n in file.array(f"{field.value}/starts")[number : number + 2])
    bounds = file.array(f"{field.value}/value_starts")
    blob = file.array(f"{field.value}/values")
    codes = file.array(f"{field.value}/codes")[start:end]
    return tuple(blob[bounds[code] : bounds[code + 1]].tobytes().decode() for code in codes.astype(np.int64))
