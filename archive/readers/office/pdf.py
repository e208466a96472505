"""Reads PDF files (ISO 32000): the text of their pages, by pypdf, which the extra `dateline[office]` brings.

A PDF's own title and date are its writing program's ("Microsoft Word - final2.doc"), so none is stated.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING

from archive.readers.normalise import tidy
from archive.readers.records import make_record
from archive.release import Record, Skipped

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NOT_INSTALLED = "needs the extra dateline[office]: pip install 'dateline[office]', then add the folder again"
_MEDIA_TYPE = "application/pdf"
_END = b"%%EOF"
_BEGINNINGS_OF_END = tuple(_END[:length] for length in range(1, len(_END)))
_MAX_PAGES = 300
# Bytes of drawing commands: of a page that is read, of all pages with text, of all pages. A page of text needs some
# thousands.
_MAX_PAGE_BYTES = 1_000_000
_MAX_TEXT_PAGES_BYTES = 1_500_000
_MAX_TOTAL_BYTES = 20_000_000
_MAX_STREAM_BYTES = 10_000_000
_STREAMS = (
    "zlib_maximum_output_length",
    "lzw_maximum_output_length",
    "run_length_maximum_output_length",
    "array_based_stream_maximum_output_length",
)
_MAX_OBJECTS = 200_000
_MAX_FORMS = 500  # nested form XObjects of a page, whose number can grow exponentially
_TIMEOUT_S = 20.0  # processor time after which no further page is begun
_TOO_MUCH = "too much in one file; split it into smaller ones"


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a PDF as one record; a page that cannot be read is skipped alone."""
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        yield Skipped(f"pdf: {NOT_INSTALLED}")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its repairs need not be reported
    # No stream of text, letters or objects is as large as the pictures that the library's own limits are for.
    limits = dict.fromkeys(_STREAMS, _MAX_STREAM_BYTES) | {"xform_maximum_invocations_per_extraction": _MAX_FORMS}
    with pypdf.apply_configuration(**limits):
        texts, skipped = _read(pypdf, content)
    yield from skipped
    text = tidy("\n".join(texts))
    if text:
        yield make_record(text, content, _MEDIA_TYPE)
    elif not skipped:
        yield Skipped("pdf: no text in it; scanned pages are not read")


def _read(pypdf: ModuleType, content: bytes) -> tuple[list[str], list[Skipped]]:
    """The texts of the pages, and what was skipped."""
    if (
        content.count(b" obj") > _MAX_OBJECTS
    ):  # checked first: where the table of objects is damaged, the library searches for all
        return [], [Skipped(f"pdf: more than {_MAX_OBJECTS:,} objects; split it into smaller files")]
    if not _has_end(content):  # checked first: the library searches line by line
        return [], [Skipped("pdf: damaged (its end is missing); copy the file again")]
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        reason = _refusal(reader)
    except Exception as error:  # the classes of what a broken PDF raises are many, and change
        return [], [Skipped(f"pdf: damaged ({_describe_error(error)})")]
    return ([], [Skipped(f"pdf: {reason}")]) if reason else _pages(reader)


def _has_end(content: bytes) -> bool:
    """Whether a PDF has the mark of its end (7.5.5), or breaks off within it, as one that can still be read."""
    return _END in content or content[-1024:].rstrip().endswith(_BEGINNINGS_OF_END)


def _refusal(reader: PdfReader) -> str:
    """Why a PDF is not read, or ""."""
    if reader.is_encrypted:
        return "protected by a password; save it without one"
    pages = len(reader.pages)
    return f"{pages:,} pages, more than the limit of {_MAX_PAGES}" if pages > _MAX_PAGES else ""


def _pages(reader: PdfReader) -> tuple[list[str], list[Skipped]]:
    """The texts of the pages, one by one; beyond the limits nothing more is decompressed."""
    texts: list[str] = []
    skipped: list[Skipped] = []
    read = drawn = 0
    latest = time.process_time() + _TIMEOUT_S
    for number in range(len(reader.pages)):
        where = f"page {number + 1}"
        try:
            page = reader.pages[number]
            size = _size(page)
            drawn += size
            too_much = drawn > _MAX_TOTAL_BYTES or (read + size > _MAX_TEXT_PAGES_BYTES and size <= _MAX_PAGE_BYTES)
            if too_much or time.process_time() > latest:
                skipped.append(Skipped(f"pdf: {_TOO_MUCH}", f"{where} and what follows"))
                break
            if size > _MAX_PAGE_BYTES:
                skipped.append(Skipped(f"pdf: the page holds too much drawing to be text ({size:,} bytes)", where))
            elif text := page.extract_text().strip("\n"):
                texts.append(text)
                read += size
        except Exception as error:
            skipped.append(Skipped(f"pdf: the page cannot be read ({_describe_error(error)})", where))
    return texts, skipped


def _size(page: PageObject) -> int:
    """How many bytes of drawing commands a page has."""
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}"
