"""A Whoosh codec for segments: stock Whoosh writes them with `add_document` and reads them with any query.

So the index is an ordinary Whoosh index; the schema and the segment list are in Whoosh's own TOC. The array engine's
evaluator does not use the codec: it reads the same arrays directly.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.codec import base

from indexer.engine.arrays.segments import new_segment_id
from indexer.engine.whoosh.codec_docs import DocsReader, DocsWriter
from indexer.engine.whoosh.codec_terms import TermsReader, TermsWriter


class ArrayCodec(base.Codec):
    """The codec. It needs a storage with a folder, since files are memory-mapped."""

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
    """A segment in the TOC: its id, its size, its deleted documents."""

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
        """Set the number of documents."""
        self._count = count

    def doc_count_all(self) -> int:
        """The number of documents, deleted ones included."""
        return self._count

    def deleted_count(self) -> int:
        """The number of deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> set[int]:
        """The numbers of the deleted documents."""
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or as not."""
        (self._deleted.add if delete else self._deleted.discard)(docnum)
