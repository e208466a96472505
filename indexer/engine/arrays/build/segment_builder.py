"""Releases made a segment in one go, without a line of Python for each word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from archive.release import Entry
from indexer.query import NameField
from indexer.engine.arrays.files import write_arrays
from indexer.engine.arrays.segments import COMMON
from indexer.engine.arrays.segments import NAMES_FIELD, NUMBER_FIELDS, PAIRS_FIELD
from indexer.engine.arrays.build.inversion import TextInverter, keys_inverted, names_inverted, numbers_inverted
from indexer.engine.arrays.segments import FieldPostings
from indexer.engine.arrays.segments import Row, row
from indexer.engine.arrays.segments import DOCS, TERMS, Forms, docs_arrays, segment_name, terms_arrays


class SegmentBuilder:
    """Collects releases and writes them as a segment; memory grows with the words collected."""

    def __init__(self) -> None:
        self.size = 0  # the words collected
        self.rows: list[Row] = []
        self._texts = {"title": TextInverter(), "body": TextInverter()}
        self._spelt: list[list[str]] = []

    def add(self, entry: Entry) -> None:
        """Add a release."""
        self.rows.append(row(entry))
        self.size += self._texts["title"].add(entry.title) + self._texts["body"].add(entry.body)
        self._spelt.append([name for _, names in entry.people for name in names])

    def write(self, folder: Path, segment_id: str) -> None:
        """Write the two files of the segment."""
        name = segment_name(segment_id)
        lengths = {field: inverter.lengths for field, inverter in self._texts.items()}
        lengths |= {f"{field}_loose": counts for field, counts in lengths.items()}
        small: dict[str, FieldPostings] = {}
        small[PAIRS_FIELD], lengths[PAIRS_FIELD] = self._texts["body"].pairs(COMMON)
        for field, names in NAMES_FIELD.items():
            spelt = self._spelt if field is NameField.PERSON else [one.names(field) for one in self.rows]
            small[names], lengths[names] = names_inverted(spelt)
        write_arrays(folder / (name + DOCS), docs_arrays(self.rows, lengths))
        forms: dict[str, Forms] = {}
        write_arrays(folder / (name + TERMS), terms_arrays(self._fields(forms, small), forms))

    def _fields(self, forms: dict[str, Forms], small: dict[str, FieldPostings]) -> Iterator[tuple[str, FieldPostings]]:
        """Every field that has terms; fills `forms` on the way, so that one large field at a time is in memory."""
        for field, inverter in self._texts.items():
            if inverter.size:
                yield field, inverter.verbatim()
                postings, forms[f"{field}_loose"] = inverter.loose()
                yield f"{field}_loose", postings
        yield from ((field, postings) for field, postings in (*small.items(), *self._exact()) if postings.terms)

    def _exact(self) -> Iterator[tuple[str, FieldPostings]]:
        yield "id", keys_inverted([(one.id,) for one in self.rows])
        yield from ((name.value, keys_inverted([one.names(name) for one in self.rows])) for name in NameField)
        for field, value in NUMBER_FIELDS.items():
            yield field, numbers_inverted([value(one) for one in self.rows])
