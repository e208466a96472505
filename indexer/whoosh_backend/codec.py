"""Our segments as a Whoosh codec: stock Whoosh writes them with `add_document` and reads them with any query.

The index stays an ordinary Whoosh index for anyone; the schema and the segment list are in Whoosh's own TOC.
Our evaluator does not come through here: it reads the same arrays directly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.formats import Frequency
from whoosh.matching.mcore import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from indexer.tokens import loose
from indexer.whoosh_backend.arrays import ArrayFile, write_arrays
from indexer.whoosh_backend.packing import FieldPostings, PackedField
from indexer.whoosh_backend.rows import Row, read_row
from indexer.whoosh_backend.schema import STORED_FIELD
from indexer.whoosh_backend.segments import (
    DOCS,
    TERMS,
    SegmentReader,
    docs_arrays,
    new_segment_id,
    segment_name,
    terms_arrays,
)


class ArrayCodec(base.Codec):
    """The codec. Reading needs a folder: a storage in memory has none to map."""

    length_stats = True

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> DocsWriter:
        """Collects rows and lengths."""
        return DocsWriter(Path(storage.folder), segment)

    def field_writer(self, storage: Any, segment: ArraySegment) -> TermsWriter:
        """Collects postings."""
        return TermsWriter(Path(storage.folder), segment)

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> DocsReader:
        """Rows and lengths."""
        return DocsReader(Path(storage.folder), segment)

    def terms_reader(self, storage: Any, segment: ArraySegment) -> TermsReader:
        """Terms and postings."""
        return TermsReader(Path(storage.folder), segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """Postings are not written one by one."""
        raise NotImplementedError

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Postings are read through the terms reader."""
        raise NotImplementedError

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """A segment to write to."""
        return ArraySegment(indexname, new_segment_id())


class ArraySegment(base.Segment):
    """What the TOC remembers of a segment: its id, its size, its deleted documents."""

    def __init__(self, indexname: str, segid: str, count: int = 0, deleted: frozenset[int] = frozenset()) -> None:
        self.indexname, self.segid = indexname, segid
        self.compound = False
        self._count = count
        self._deleted = set(deleted)

    def codec(self, **_: Any) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Never one compound file: the files are mapped one by one."""
        return False

    def set_doc_count(self, count: int) -> None:
        """Say how many documents it has."""
        self._count = count

    def doc_count_all(self) -> int:
        """All documents."""
        return self._count

    def deleted_count(self) -> int:
        """The deleted ones."""
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        """Their numbers."""
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or as not."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)


class DocsWriter(base.PerDocumentWriter):
    """Collects the stored row and the field lengths of each document."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._path = folder / (segment_name(segment.segid) + DOCS)
        self._rows: list[Row | None] = []
        self._lengths: dict[str, dict[int, int]] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next document."""
        if docnum != len(self._rows):
            raise ValueError(f"document {docnum} comes out of order")
        self._rows.append(None)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Take a field's stored value (only rows are stored) and its length."""
        if isinstance(value, Row):
            self._rows[-1] = value
        elif value is not None:
            raise TypeError(f"the field {fieldname} cannot be stored in this index: only a Row can")
        if length:
            self._lengths.setdefault(fieldname, {})[len(self._rows) - 1] = length

    def add_column_value(self, fieldname: str, columnobj: Any, value: Any) -> None:
        """No field of our schema is a Whoosh column."""
        raise TypeError("this index has no Whoosh columns")

    def add_vector_items(self, fieldname: str, fieldobj: Any, items: Any) -> None:
        """No field of our schema has vectors."""
        raise TypeError("this index has no vectors")

    def cancel_doc(self) -> None:
        """Forget the document just begun."""
        self._rows.pop()

    def close(self) -> None:
        """Write the file."""
        rows = [one if one else _NO_ROW for one in self._rows]
        lengths = {
            field: np.array([known.get(number, 0) for number in range(len(rows))], np.int64)
            for field, known in self._lengths.items()
        }
        write_arrays(self._path, docs_arrays(rows, lengths))
        self.is_closed = True


_NO_ROW = Row("", 0, 0, 0, 0, "", "", (), bytes(32))


class TermsWriter(base.FieldWriter):
    """Collects postings as Whoosh hands them over: by field, term, document."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._path = folder / (segment_name(segment.segid) + TERMS)
        self._fields: dict[str, _Collected] = {}
        self._now: _Collected
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Begin a field."""
        self._now = self._fields[fieldname] = _Collected(fieldobj.format)

    def start_term(self, btext: bytes) -> None:
        """Begin a term."""
        self._now.terms.append(btext)
        self._now.counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int) -> None:
        """Add a posting."""
        self._now.add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """A term is done."""

    def close(self) -> None:
        """Write the file."""
        fields = iter([(name, collected.postings()) for name, collected in sorted(self._fields.items())])
        write_arrays(self._path, terms_arrays(fields, self._forms()))
        self.is_closed = True

    def _forms(self) -> dict[str, list[list[int]]]:
        found = {}
        for field in ("title", "body"):
            if field in self._fields and f"{field}_loose" in self._fields:
                stems = self._fields[f"{field}_loose"].terms
                place = {stem: number for number, stem in enumerate(stems)}
                lists: list[list[int]] = [[] for _ in stems]
                for number, term in enumerate(self._fields[field].terms):
                    lists[place[loose(term.decode()).encode()]].append(number)
                found[f"{field}_loose"] = lists
        return found


class _Collected:
    """The postings of one field, as they come."""

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
            np.array(self._documents, np.int64),
            np.array(self._frequencies, np.int64),
            None if self._positions is None else np.array(self._positions, np.int64),
        )


class DocsReader(base.PerDocumentReader):
    """Rows and lengths of a segment."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._segment = segment
        self._file = ArrayFile(folder / (segment_name(segment.segid) + DOCS))

    def doc_count(self) -> int:
        """The documents that are not deleted."""
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        """All documents."""
        return len(self._file.array("date"))

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one is."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> set[int]:
        """Those that are."""
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The number of tokens of a field in a document."""
        name = f"length/{fieldname}"
        return int(self._file.array(name)[docnum]) if name in self._file else default

    def field_length(self, fieldname: str) -> int:
        """The tokens of a field in all documents."""
        return int(self._all(fieldname).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """The smallest length that is not zero."""
        lengths = self._all(fieldname)
        return int(lengths[lengths > 0].min()) if lengths.any() else 0

    def max_field_length(self, fieldname: str) -> int:
        """The largest length."""
        return int(self._all(fieldname).max(initial=0))

    def _all(self, fieldname: str) -> np.ndarray[Any, Any]:
        name = f"length/{fieldname}"
        return self._file.array(name) if name in self._file else np.zeros(0, np.int64)

    def stored_fields(self, docnum: int) -> dict[str, Row]:
        """The stored row."""
        return {STORED_FIELD: read_row(self._file, docnum)}


class TermsReader(base.TermsReader):
    """Terms and postings of a segment."""

    def __init__(self, folder: Path, segment: ArraySegment) -> None:
        self._segment = SegmentReader(folder, segment_name(segment.segid))

    def _number(self, fieldname: str, text: bytes) -> tuple[PackedField, int]:
        field = self._segment.field(fieldname)
        number = field.number(text) if field else None
        if field is None or number is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self._segment.field(term[0])
        return field is not None and field.number(term[1]) is not None

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
            yield from ((fieldname, term) for term in field.terms(field.at_or_after(prefix)))
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
        documents, frequencies = field.documents(number), field.frequencies(number)
        lengths = self._segment.lengths(fieldname)
        of_these = lengths[documents] if lengths is not None else np.ones(1, np.int64)
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(of_these.min()),
            maxlength=int(of_these.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands; 0 where it does not occur."""
        return float(self._segment_count(fieldname, text, PackedField.occurrence_count))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands; 0 where it does not occur."""
        return self._segment_count(fieldname, text, PackedField.count)

    def _segment_count(self, fieldname: str, text: bytes, count: Callable[[PackedField, int], int]) -> int:
        field = self._segment.field(fieldname)
        number = field.number(text) if field else None
        return count(field, number) if field and number is not None else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """A matcher over the postings of a term."""
        field, number = self._number(fieldname, text)
        info = self.term_info(fieldname, text)
        return ArrayMatcher.of(field, number, format_, scorer, (fieldname, text), info)


class TermCursor(base.FieldCursor):
    """Walks the terms of one field; texts are as the field object decodes them."""

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
        self._at = self._field.at_or_after(wanted) if self._field else 0
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The term here; None past the last."""
        return self._from_bytes(self._field.term(self._at)) if self._field and self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """Its statistics."""
        return self._reader.term_info(self._name, self._field.term(self._at)) if self._field else None

    def is_valid(self) -> bool:
        """Whether a term is here."""
        return self._field is not None and self._at < len(self._field)


class ArrayMatcher(ListMatcher):
    """Stock Whoosh's view of one posting list; values are encoded when they are asked for."""

    _places: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None

    @classmethod
    def of(cls, field: PackedField, number: int, format_: Any, scorer: Any, term: Any, info: TermInfo) -> ArrayMatcher:
        """The matcher of a term."""
        frequencies = field.frequencies(number)
        matcher = cls(
            field.documents(number).tolist(),
            frequencies.astype(float).tolist(),
            format=format_,
            scorer=scorer,
            term=term,
            terminfo=info,
        )
        if field.has_positions:
            matcher._places = (np.cumsum(frequencies) - frequencies, field.positions(number))
        return matcher

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same place of the same list."""
        other = type(self)(
            self._ids,
            self._weights,
            None,
            self._format,
            self._scorer,
            self._i,
            self._all_weights,
            self._term,
            self._terminfo,
        )
        other._places = self._places
        return other

    def value(self) -> bytes:
        """The posting's value as the field's format encodes it."""
        if self._places is None:
            return pack_uint(int(self.weight())) if isinstance(self._format, Frequency) else b""
        return bytes(self._format.encode(self._positions()))

    def value_as(self, astype: str) -> Any:
        """The posting's value, decoded."""
        if self._places is not None and astype == "positions":
            return self._positions()
        if astype in ("frequency", "weight"):
            return self.weight()
        return super().value_as(astype)

    def _positions(self) -> list[int]:
        assert self._places is not None
        starts, positions = self._places
        start = int(starts[self._i])
        return [int(p) for p in positions[start : start + int(self.weight())]]
