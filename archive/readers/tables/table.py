"""Reads tables of comma-, tab- or semicolon-separated values (RFC 4180 and its relatives): each row is a record."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.readers.encoding import decode_bytes, find_encoding, strip_nuls
from archive.readers.mojibake import repair_values
from archive.readers.named_fields import is_known_name, read_named, text_of
from archive.readers.record_context import format_context
from archive.readers.records import make_record
from archive.readers.seven_bit import NAMES
from archive.readers.tables.lines import line_slices
from archive.release import Record, Skipped

# A release is often longer than the 128 KiB a cell may hold by default. The limit is the process's.
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))

_MEDIA_TYPES = {"\t": "text/tab-separated-values"}
_ANNOTATION = b"#FORMAT=WebAnno"
_MAX_NAME_CHARS = 40
_MAX_ROW_BYTES = 5_000_000  # bytes of a row for the library


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells, its own bytes, and the number of its first line."""

    cells: list[str]
    original: bytes
    line: int
    is_plain: bool = False  # quotation marks in it are letters: one of them is never closed


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a table, each row a record; a row of too few or too many cells is read as far as it goes."""
    if content.lstrip().startswith(_ANNOTATION):
        yield Skipped("WebAnno annotation, not a table of releases")
        return
    encoding, notes = find_encoding(content)
    delimiter = _delimiter(content, encoding)
    rows = _rows(content, encoding, delimiter)
    header = next(rows, None)
    if header is None:
        return
    media_type = _MEDIA_TYPES.get(delimiter, "text/csv")
    named = header.cells if _is_header(header.cells) else []
    for row in rows if named else (header, *rows):
        yield _read_row(row, named, delimiter, media_type, encoding, notes)


def reparse(
    content: bytes, header: list[str], delimiter: str, media_type: str, encoding: str, is_plain: bool
) -> Record | Skipped:
    """Reparse one row."""
    slices = line_slices(content, encoding)
    rows = _split_at_delimiters(slices, encoding, delimiter, 0) if is_plain else _rows(content, encoding, delimiter)
    row = next(rows, None)
    return _read_row(row, header, delimiter, media_type, encoding, ()) if row else Skipped("empty row")


def _read_row(
    row: _Row, header: list[str], delimiter: str, media_type: str, encoding: str, notes: tuple[str, ...]
) -> Record | Skipped:
    record_context = format_context("row", header, delimiter, media_type, encoding, row.is_plain)
    if header:
        return _named_row(header, row, media_type, encoding, notes, record_context)
    return make_record(
        _longest_cells(row.cells),
        row.original,
        media_type,
        encoding=encoding,
        notes=notes,
        where=_where(row),
        context=record_context,
    )


def _rows(content: bytes, encoding: str, delimiter: str) -> Iterator[_Row]:
    """The rows that hold anything. A row takes several lines where a quoted cell has line ends in it."""
    slices = line_slices(content, encoding)
    start = 0
    while start < len(slices):
        lines = _LineSource(slices, encoding, start, _MAX_ROW_BYTES)
        try:
            for cells in csv.reader(lines, delimiter=delimiter):
                if (
                    lines.next_line == len(slices)
                    and lines.next_line - start > 1
                    and _has_open_quotation(slices[start:], encoding)
                ):
                    yield from _split_at_delimiters(slices[start:], encoding, delimiter, start)
                elif any(cell.strip() for cell in cells):
                    yield _Row(cells, b"".join(slices[start : lines.next_line]).rstrip(b"\r\n"), start + 1)
                start = lines.begin_row()
        except csv.Error:
            # The library refuses a row (its encoding made a line end within it): its line is cut at the separators.
            yield from _split_at_delimiters(slices[start : start + 1], encoding, delimiter, start)
            start += 1
        except _RowTooLarge:
            lines = _LineSource(slices, encoding, start, sys.maxsize)
            cells = _split_giant_row(lines, delimiter)
            if not cells:
                yield from _split_at_delimiters(slices[start:], encoding, delimiter, start)
                return
            if any(cell.strip() for cell in cells):
                yield _Row(cells, b"".join(slices[start : lines.next_line]).rstrip(b"\r\n"), start + 1)
            start = lines.next_line


class _RowTooLarge(Exception):
    """A row is larger than any release: the library would take many times its memory."""


class _LineSource:
    """The lines of a file for the library's reader, from line `taken` on."""

    def __init__(self, slices: list[bytes], encoding: str, taken: int, most: int) -> None:
        self._slices, self._encoding, self._most = slices, encoding, most
        self.next_line, self._size = taken, 0

    def __iter__(self) -> _LineSource:
        return self

    def __next__(self) -> str:
        """The next line.

        Raises:
            _Giant: the row that it goes on with is too large.
        """
        if self.next_line == len(self._slices):
            raise StopIteration
        line = self._slices[self.next_line]
        self._size += len(line)
        if self._size > self._most:
            raise _RowTooLarge
        self.next_line += 1
        return _text(line, self._encoding)

    def begin_row(self) -> int:
        """Begin a new row; the number of its first line."""
        self._size = 0
        return self.next_line


def _text(line: bytes, encoding: str) -> str:
    return strip_nuls(decode_bytes(line, encoding), line).lstrip("\ufeff")


def _split_giant_row(lines: Iterable[str], delimiter: str) -> list[str]:
    """The cells of a row, as the library reads them; none where it took in lines after a quotation never closed."""
    cells: list[str] = []
    cell: list[str] = []
    quoted, number = False, 0
    for number, line in enumerate(lines):
        at = 0
        if not number and line.startswith('"'):
            quoted, at = True, 1
        while True:
            if quoted:
                end = line.find('"', at)
                cell.append(line[at:] if end < 0 else line[at:end])
                if end < 0:
                    break
                quoted, at = line.startswith('"', end + 1), end + 1
                if quoted:  # written twice, it stands for itself
                    cell.append('"')
                    at += 1
                    continue
            end = line.find(delimiter, at)
            cell.append(line[at:].rstrip("\r\n") if end < 0 else line[at:end])
            cells.append("".join(cell))
            if end < 0:
                return cells
            cell.clear()
            quoted = line.startswith('"', end + 1)
            at = end + 1 + quoted
    return [] if number else [*cells, "".join(cell)]


def _quotation(encoding: str) -> bytes:
    return '"'.encode(encoding.removesuffix("-sig"))


def _has_open_quotation(slices: list[bytes], encoding: str) -> bool:
    """Whether the last row begins a quotation that is never closed, and so took in the rest of the file."""
    rest = b"".join(slices)
    if encoding in NAMES:
        return decode_bytes(rest, encoding).count('"') % 2 == 1  # the byte may be half a letter
    return rest.count(_quotation(encoding)) % 2 == 1


def _split_at_delimiters(slices: list[bytes], encoding: str, delimiter: str, before: int) -> Iterator[_Row]:
    for number, line in enumerate(slices, before + 1):
        cells = strip_nuls(decode_bytes(line, encoding), line).strip("\r\n").split(delimiter)
        if any(cell.strip() for cell in cells):
            yield _Row(cells, line.rstrip(b"\r\n"), number, is_plain=True)


def _delimiter(content: bytes, encoding: str) -> str:
    """The separator that stands most often in the first line, which seldom holds prose."""
    text = decode_bytes(content[:20_000], encoding).lstrip("\ufeff\r\n ")
    first = text.splitlines()[0] if text else ""
    return max("\t,;|", key=first.count) if first else ","


def _is_header(cells: list[str]) -> bool:
    names = [cell.strip() for cell in cells]
    short = all(len(name) <= _MAX_NAME_CHARS for name in names)
    return short and any(is_known_name(name) for name in names)


def _named_row(
    header: list[str], row: _Row, media_type: str, encoding: str, notes: tuple[str, ...], record_context: str
) -> Record | Skipped:
    names = [name.strip() for name in header]
    values: dict[str, object] = {}
    for name, cell in zip(names, row.cells, strict=False):
        values.setdefault(name, cell)
    beyond = row.cells[len(names) :]
    values = dict(repair_values(values)[0])  # as it is in `read_named`
    text = text_of(values)
    if not text or beyond:
        unnamed = [str(cell) for name, cell in values.items() if not is_known_name(name)]
        text = "\n\n".join(part for part in (text, _longest_cells([*unnamed, *beyond])) if part)
    return read_named(
        values,
        row.original,
        media_type,
        kind="column",
        where=_where(row),
        text=text,
        encoding=encoding,
        notes=notes,
        context=record_context,
    )


def _longest_cells(cells: list[str]) -> str:
    """The cells that are prose, of three words or more; for want of them the longest one that has letters."""
    prose = [cell.strip() for cell in cells if len(cell.split()) >= 3]
    if prose:
        return "\n\n".join(prose)
    longest = max(cells, key=len, default="").strip()
    return longest if any(character.isalpha() for character in longest) else ""


def _where(row: _Row) -> str:
    return f"line {row.line}"
