"""Releases made a segment in one go, without a line of Python for each word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.release import Version
from indexer.query import Name
from indexer.whoosh_backend.arrays import write_arrays
from indexer.whoosh_backend.common import COMMON
from indexer.whoosh_backend.fields import NAMES_FIELD, NUMBER_FIELDS, PAIRS_FIELD
from indexer.whoosh_backend.inversion import KeyInverter, NumberInverter, TextInverter
from indexer.whoosh_backend.packing import FieldPostings
from indexer.whoosh_backend.rows import Row, row, shown_people
from indexer.whoosh_backend.segments import DOCS, TERMS, docs_arrays, segment_name, terms_arrays


class SegmentBuilder:
    """Collects releases and writes them as a segment; memory grows with the words collected."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._texts = {"title": TextInverter(), "body": TextInverter()}
        self._names = {field: TextInverter() for field in NAMES_FIELD.values()}
        self._exact = {field: KeyInverter() for field in ("id", *(name.value for name in Name))}
        self._numbers = {field: NumberInverter() for field in NUMBER_FIELDS}

    @property
    def size(self) -> int:
        """The words collected."""
        return sum(inverter.size for inverter in self._texts.values())

    def add(self, version: Version) -> None:
        """Add a release."""
        people = shown_people(version)
        one = row(version, people)
        self.rows.append(one)
        self._texts["title"].add(version.release.title)
        self._texts["body"].add(version.release.body)
        spelt = {
            Name.PERSON: [name for _, names in people for name in names],
            Name.SOURCE: one.names(Name.SOURCE),
            Name.PLACE: one.names(Name.PLACE),
        }
        for name, values in spelt.items():
            self._names[NAMES_FIELD[name]].add_names(values)
            self._exact[name.value].add(one.names(name))
        self._exact["id"].add((one.id,))
        for field, value in NUMBER_FIELDS.items():
            self._numbers[field].add(value(one))

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
        for field, exact in (self._exact | self._numbers).items():
            if (postings := exact.postings()).terms:
                yield field, postings
