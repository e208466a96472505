"""CSV (RFC 4180) in UTF-8 without a byte order mark, with cells that no spreadsheet takes for formulas.

The columns are the names of a line of JSON (docs/JSON.md, export); people stand in one cell, "; " between them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.export.export import Row
from indexer.search import release_to_export_line

COLUMNS = (
    "id", "title", "body", "date", "place", "source", "parent", "people", "byline", "path", "url", "original_url",
    "version", "added", "sha256",
)  # fmt: skip

# Spreadsheets pass over blanks and what cannot be seen before a formula, and East Asian ones take full-width signs.
# A tab or a carriage return at the beginning ends a cell in some (OWASP, CSV Injection).
_FORMULA = re.compile(r"[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]")


def write_csv(chunks: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    """A line of column names, then the rows, a chunk at a time."""
    yield encode_lines([COLUMNS])
    for rows in chunks:
        yield encode_lines([cells(row) for row in rows])


def cells(row: Row) -> list[str]:
    """The cells of a release, in the order of COLUMNS."""
    line = release_to_export_line(row.version, row.path)
    return [_cell(line[name]) for name in COLUMNS]


def make_inert(text: str) -> str:
    """A cell as text in every spreadsheet: with an apostrophe before what would be a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def encode_lines(lines: Iterable[Sequence[str]]) -> bytes:
    """Lines of cells as CSV; quotation marks stand where a cell needs them, lines end in CR and LF."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    # A file name that is no Unicode has lone surrogates: they are escaped, as in JSON.
    return text.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: Any) -> str:
    return make_inert("; ".join(value) if isinstance(value, list) else str(value))
