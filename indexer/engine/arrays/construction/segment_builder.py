"""Builds a segment from releases, without a line of Python for each token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.release import IndexDocument
from indexer.engine.arrays.construction.inversion import TextInverter, invert_keys, invert_names, invert_numbers
from indexer.engine.arrays.files import write_arrays
from indexer.engine.arrays.segments import (
    BIGRAMS_FIELD,
    COMMON_WORDS,
    DOCS,
    NAMES_FIELD,
    NUMBER_FIELDS,
    PATH_FIELDS,
    TERMS,
    WHOLE_FIELDS,
    DocumentRow,
    FieldPostings,
    StemForms,
    docs_arrays,
    make_row,
    segment_name,
    terms_arrays,
)
from indexer.language import attribute_values
from indexer.query import Attribute, NameField


class SegmentBuilder:
    """Collects releases and writes them as a segment; memory grows with the tokens collected."""

    def __init__(self) -> None:
        self.size = 0  # tokens collected
        self.rows: list[DocumentRow] = []
        self._texts = {"title": TextInverter(), "body": TextInverter()}
        self._people_names: list[list[str]] = []
        self._attributes: dict[Attribute, list[Sequence[str]]] = {attribute: [] for attribute in Attribute}

    def add(self, entry: IndexDocument) -> None:
        """Add a release."""
        self.rows.append(make_row(entry))
        self.size += self._texts["title"].add(entry.title) + self._texts["body"].add(entry.body)
        self._people_names.append(entry.names_of_people)
        for attribute, values in attribute_values(entry.paths, entry.media_type, entry.language).items():
            self._attributes[attribute].append(values)

    def write(self, folder: Path, segment_id: str) -> None:
        """Write the two files of the segment."""
        name = segment_name(segment_id)
        lengths = {field: inverter.lengths for field, inverter in self._texts.items()}
        lengths |= {f"{field}_loose": inverter.stem_lengths for field, inverter in self._texts.items()}
        small: dict[str, FieldPostings] = {}
        small[BIGRAMS_FIELD], lengths[BIGRAMS_FIELD] = self._texts["body"].invert_bigrams(COMMON_WORDS)
        for field, names in NAMES_FIELD.items():
            of_releases = self._people_names if field is NameField.PERSON else [one.names(field) for one in self.rows]
            small[names], lengths[names] = invert_names(of_releases)
        for attribute, paths in PATH_FIELDS.items():
            small[paths], lengths[paths] = invert_names(self._attributes[attribute])
        write_arrays(folder / (name + DOCS), docs_arrays(self.rows, lengths))
        forms: dict[str, StemForms] = {}
        write_arrays(folder / (name + TERMS), terms_arrays(self._fields(forms, small), forms))

    def _fields(
        self, forms: dict[str, StemForms], small: dict[str, FieldPostings]
    ) -> Iterator[tuple[str, FieldPostings]]:
        """Every field that has terms, one large field in memory at a time; fills `forms` as the fields are iterated."""
        for field, inverter in self._texts.items():
            if inverter.size:
                yield field, inverter.invert_exact()
                postings, forms[f"{field}_loose"] = inverter.invert_stems()
                yield f"{field}_loose", postings
        yield from ((field, postings) for field, postings in (*small.items(), *self._key_fields()) if postings.terms)

    def _key_fields(self) -> Iterator[tuple[str, FieldPostings]]:
        yield "id", invert_keys([(one.id,) for one in self.rows])
        yield from ((name.value, invert_keys([one.names(name) for one in self.rows])) for name in NameField)
        yield from ((field, invert_keys(self._attributes[attribute])) for attribute, field in WHOLE_FIELDS.items())
        for field, value in NUMBER_FIELDS.items():
            yield field, invert_numbers([value(one) for one in self.rows])
