"""The codec's per-document part: rows and field lengths, written in order of document, read by document number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base

from indexer.engine.arrays.files import ArrayFile, write_arrays
from indexer.engine.arrays.segments import DOCS, STORED_FIELD, DocumentRow, docs_arrays, read_row


class DocsWriter(base.PerDocumentWriter):
    """Collects the stored row and the field lengths of each document."""

    def __init__(self, folder: Path, segment: base.Segment) -> None:
        self._path = folder / (segment.segment_id() + DOCS)
        self._rows: list[DocumentRow | None] = []
        self._lengths: dict[str, dict[int, int]] = {}
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin the next document."""
        if docnum != len(self._rows):
            raise ValueError(f"document {docnum} comes out of order")
        self._rows.append(None)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        """Take a field's stored value (only rows are stored) and its length."""
        if isinstance(value, DocumentRow):
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
            field: np.array([by_document.get(number, 0) for number in range(len(rows))], np.int64)
            for field, by_document in self._lengths.items()
        }
        write_arrays(self._path, docs_arrays(rows, lengths))
        self.is_closed = True


_NO_ROW = DocumentRow("", 0, 0, 0, 0, "", "", (), bytes(32))


class DocsReader(base.PerDocumentReader):
    """Rows and lengths of a segment."""

    def __init__(self, folder: Path, segment: base.Segment) -> None:
        self._segment = segment
        self._file = ArrayFile(folder / (segment.segment_id() + DOCS))

    def doc_count(self) -> int:
        """The number of live documents."""
        return self.doc_count_all() - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """The number of documents, deleted ones included."""
        return self._file.length("date")

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.deleted_count() > 0)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> set[int]:
        """The numbers of the deleted documents."""
        return set(self._segment.deleted_docs())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The number of tokens of a field in a document."""
        name = f"length/{fieldname}"
        return int(self._file.array(name)[docnum]) if name in self._file else default

    def field_length(self, fieldname: str) -> int:
        """The number of tokens of a field in all documents."""
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

    def stored_fields(self, docnum: int) -> dict[str, DocumentRow]:
        """The stored row."""
        return {STORED_FIELD: read_row(self._file, docnum)}
