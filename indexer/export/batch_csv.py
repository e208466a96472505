"""The counts of many queries as CSV; the columns are the names of the JSON (docs/JSON.md, batch)."""

from __future__ import annotations

from dataclasses import astuple, fields

from indexer.export.csv_file import encode_lines, make_inert
from indexer.search import Batch, QueryCounts


def batch_to_csv(batch: Batch) -> bytes:
    """A line of column names and a line a query; a cell is empty where something was not counted."""
    names = [field.name for field in fields(QueryCounts)]
    return encode_lines([names, *([_cell(value) for value in astuple(row)] for row in batch.rows)])


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return make_inert(" ".join(map(str, value)))
    return "" if value is None else make_inert(str(value))
