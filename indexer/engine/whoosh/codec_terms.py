"""The codec's terms and postings: written as Whoosh passes them, read by term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound

from indexer.engine.arrays.files import write_arrays
from indexer.engine.arrays.segments import (
    TERMS,
    FieldPostings,
    FieldReader,
    SegmentReader,
    StemForms,
    map_forms,
    terms_arrays,
)
from indexer.engine.whoosh.codec_matcher import ArrayMatcher


class TermsWriter(base.FieldWriter):
    """Collects postings as Whoosh passes them: by field, term, document."""

    def __init__(self, folder: Path, segment: base.Segment) -> None:
        self._path = folder / (segment.segment_id() + TERMS)
        self._fields: dict[str, _FieldCollector] = {}
        self._current: _FieldCollector
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._current = self._fields[fieldname] = _FieldCollector(fieldobj.format)

    def start_term(self, btext: bytes) -> None:
        """Begin a term."""
        self._current.terms.append(btext)
        self._current.counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """Add a posting."""
        self._current.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """A term is done."""

    def close(self) -> None:
        """Write the file."""
        fields = iter([(name, collector.postings()) for name, collector in sorted(self._fields.items())])
        write_arrays(self._path, terms_arrays(fields, self._forms()))
        self.is_closed = True

    def _forms(self) -> dict[str, StemForms]:
        forms = {}
        for field in ("title", "body"):
            if field in self._fields and f"{field}_loose" in self._fields:
                forms[f"{field}_loose"] = map_forms(self._fields[field].terms, self._fields[f"{field}_loose"].terms)
        return forms


class _FieldCollector:
    """Collects the postings of one field."""

    def __init__(self, format_: Any) -> None:
        self._format = format_
        self.terms: list[bytes] = []
        self.counts: list[int] = []
        self._documents: list[int] = []
        self._frequencies: list[int] = []
        self._positions: list[int] | None = [] if format_.supports("positions") else None

    def add(self, document: int, weight: float, value: bytes) -> None:
        self.counts[-1] += 1
        self._documents.append(document)
        if self._positions is None:
            self._frequencies.append(max(1, round(weight)))
        else:
            positions = self._format.decode_positions(value)
            self._frequencies.append(len(positions))
            self._positions.extend(positions)

    def postings(self) -> FieldPostings:
        return FieldPostings(
            self.terms,
            np.array(self.counts, np.int64),
            np.array(self._documents, np.uint32),
            np.array(self._frequencies, np.uint32),
            None if self._positions is None else np.array(self._positions, np.uint32),
        )


class TermsReader(base.TermsReader):
    """Terms and postings of a segment."""

    def __init__(self, folder: Path, segment: base.Segment) -> None:
        self._segment = SegmentReader(folder, segment.segment_id())

    def _number(self, fieldname: str, text: bytes) -> tuple[FieldReader, int]:
        field = self._segment.field(fieldname)
        number = field.find(text) if field else None
        if field is None or number is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._segment.field(term[0])
        return field is not None and field.find(term[1]) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return self._segment.field_names()

    def cursor(self, fieldname: str, fieldobj: Any) -> TermCursor:
        """A cursor over the terms of a field."""
        return TermCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field and term, in order."""
        for name in self.indexed_field_names():
            yield from self.terms_from(name, b"", only=True)

    def terms_from(self, fieldname: str, prefix: bytes, *, only: bool = False) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from `prefix` on, then (unless `only`) those of the fields after it."""
        field = self._segment.field(fieldname)
        if field is not None:
            yield from ((fieldname, term) for term in field.terms(field.lower_bound(prefix)))
        if not only:
            for name in self.indexed_field_names():
                if name > fieldname:
                    yield from self.terms_from(name, b"", only=True)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with its statistics."""
        for name, term in self.terms():
            yield (name, term), self.term_info(name, term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms from `prefix` on with their statistics."""
        for name, term in self.terms_from(fieldname, prefix):
            yield (name, term), self.term_info(name, term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """A term's statistics."""
        field, number = self._number(fieldname, text)
        documents, frequencies = field.postings(number)
        lengths = self._segment.lengths(fieldname)
        term_lengths = lengths[documents] if lengths is not None else np.ones(1, np.int64)
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(term_lengths.min()),
            maxlength=int(term_lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The collection frequency of a term; 0 where it does not occur."""
        return float(self._segment_count(fieldname, text, FieldReader.occurrence_count))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """The document frequency of a term; 0 where it does not occur."""
        return self._segment_count(fieldname, text, FieldReader.count)

    def _segment_count(self, fieldname: str, text: bytes, count: Callable[[FieldReader, int], int]) -> int:
        field = self._segment.field(fieldname)
        number = field.find(text) if field else None
        return count(field, number) if field and number is not None else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """A matcher over the postings of a term."""
        field, number = self._number(fieldname, text)
        info = self.term_info(fieldname, text)
        return ArrayMatcher.for_term(field, number, format_, scorer, (fieldname, text), info)


class TermCursor(base.FieldCursor):
    """Iterates over the terms of one field; texts are as the field object decodes them."""

    def __init__(self, reader: TermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader, self._name, self._from_bytes = reader, fieldname, fieldobj.from_bytes
        self._to_bytes = fieldobj.to_bytes
        self._field = reader._segment.field(fieldname)
        self._at = 0

    def first(self) -> Any:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to the first term at or after this one."""
        wanted = term if isinstance(term, bytes) else self._to_bytes(term)
        self._at = self._field.lower_bound(wanted) if self._field else 0
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The current term; None past the last."""
        return self._from_bytes(self._field.term(self._at)) if self._field and self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """The statistics of the current term."""
        return self._reader.term_info(self._name, self._field.term(self._at)) if self._field else None

    def is_valid(self) -> bool:
        """Whether the cursor is at a term."""
        return self._field is not None and self._at < len(self._field)
