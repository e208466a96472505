"""Releases made a segment in one go, without a line of Python for each word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from archive.release import Version
from indexer.query import Name
from indexer.whoosh_backend.analysis import name_keys
from indexer.whoosh_backend.arrays import write_arrays
from indexer.whoosh_backend.common import COMMON
from indexer.whoosh_backend.inversion import TextInverter
from indexer.whoosh_backend.packing import FieldPostings
from indexer.whoosh_backend.rows import Row, row, shown_people
from indexer.whoosh_backend.schema import NAMES_FIELD, NUMBER_FIELDS, PAIRS_FIELD, schema
from indexer.whoosh_backend.segments import DOCS, TERMS, docs_arrays, segment_name, terms_arrays


class KeyInverter:
    """Collects exact keys (ids, names, numbers) document by document, and inverts them."""

    def __init__(self) -> None:
        self._documents: dict[bytes, array[int]] = {}

    def add(self, document: int, keys: Iterable[bytes]) -> None:
        """The keys of a document; documents come in ascending order."""
        for key in keys:
            self._documents.setdefault(key, array("I")).append(document)

    def postings(self) -> FieldPostings:
        """The postings, each of frequency one."""
        terms = sorted(self._documents)
        lists = [self._documents[term] for term in terms]
        flat = np.frombuffer(b"".join(lists), np.uint32)
        counts = np.array([len(one) for one in lists], np.int64)
        return FieldPostings(terms, counts, flat, np.ones(len(flat), np.uint32), None)


class SegmentBuilder:
    """Collects releases and writes them as a segment; memory grows with the words collected."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._texts = {"title": TextInverter(), "body": TextInverter()}
        self._names = {field: TextInverter() for field in NAMES_FIELD.values()}
        self._exact = {field: KeyInverter() for field in ("id", *(name.value for name in Name), *NUMBER_FIELDS)}
        self._schema = schema()
        self._number_keys: dict[tuple[str, int], list[bytes]] = {}

    @property
    def size(self) -> int:
        """The words collected."""
        return sum(inverter.size for inverter in self._texts.values())

    def add(self, version: Version) -> None:
        """Add a release."""
        number, one = len(self.rows), row(version)
        self.rows.append(one)
        self._texts["title"].add(version.release.title)
        self._texts["body"].add(version.release.body)
        spelt = [name for _, names in shown_people(version) for name in names]
        for name, values in (
            (Name.PERSON, spelt),
            (Name.SOURCE, one.names(Name.SOURCE)),
            (Name.PLACE, one.names(Name.PLACE)),
        ):
            self._names[NAMES_FIELD[name]].add_at((p, key) for p, key, _, _ in name_keys("\n".join(values)))
        self._exact["id"].add(number, [one.id.encode()])
        for name in Name:
            self._exact[name.value].add(number, (value.encode() for value in one.names(name)))
        for field in NUMBER_FIELDS:
            self._exact[field].add(number, self._keys_of(field, NUMBER_FIELDS[field](one)))

    def write(self, folder: Path, segment_id: str) -> None:
        """Write the two files of the segment."""
        name = segment_name(segment_id)
        inverters = self._texts | self._names
        lengths = {field: inverter.lengths for field, inverter in inverters.items()}
        lengths |= {f"{field}_loose": lengths[field] for field in self._texts}
        pairs, lengths[PAIRS_FIELD] = self._texts["body"].pairs(COMMON)
        write_arrays(folder / (name + DOCS), docs_arrays(self.rows, lengths))
        forms: dict[str, list[list[int]]] = {}
        write_arrays(folder / (name + TERMS), terms_arrays(self._fields(forms, pairs), forms))

    def _fields(self, forms: dict[str, list[list[int]]], pairs: FieldPostings) -> Iterator[tuple[str, FieldPostings]]:
        """Every field that has terms; fills `forms` on the way, so that one field at a time is in memory."""
        for field, inverter in self._texts.items():
            if inverter.size:
                yield field, inverter.verbatim()
                postings, forms[f"{field}_loose"] = inverter.loose()
                yield f"{field}_loose", postings
        if pairs.terms:
            yield PAIRS_FIELD, pairs
        yield from ((field, inverter.verbatim()) for field, inverter in self._names.items() if inverter.size)
        for field, exact in self._exact.items():
            if len((postings := exact.postings()).terms):
                yield field, postings

    def _keys_of(self, field: str, value: int) -> list[bytes]:
        """The terms by which Whoosh finds a number: itself, and with its low bits cut off for ranges."""
        if value == 0:
            return []
        if (field, value) not in self._number_keys:
            self._number_keys[field, value] = [key for key, *_ in self._schema[field].index(value)]
        return self._number_keys[field, value]
