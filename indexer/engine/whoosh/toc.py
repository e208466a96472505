"""Whoosh's table of contents (TOC) of an index, with which stock Whoosh opens it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from indexer.engine.arrays.generations import SegmentEntry
from indexer.engine.arrays.segments import INDEX_NAME
from indexer.engine.whoosh.codec import ArraySegment
from indexer.engine.whoosh.schema import make_schema


def write_toc(folder: Path, entries: Iterable[SegmentEntry]) -> None:
    """Write the table of contents of these segments into the folder of a generation."""
    prefix = len(f"{INDEX_NAME}_")
    segments: list[Any] = [
        ArraySegment(INDEX_NAME, entry.name[prefix:], entry.documents, frozenset(entry.deleted)) for entry in entries
    ]
    whoosh_index.TOC(make_schema(), segments, 1).write(FileStorage(str(folder)), INDEX_NAME)
