"""PDF files (ISO 32000): the text of their pages, by pypdf, which the extra `dateline[office]` brings.

A PDF's own title and date are its writing program's ("Microsoft Word - final2.doc"), so none is stated.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

from archive.readers.normal import tidy
from archive.readers.records import make
from archive.release import Record, Skipped

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NOT_INSTALLED = "needs the extra dateline[office]: pip install 'dateline[office]', then add the folder again"
_MEDIA_TYPE = "application/pdf"
_MOST_PAGES = 300
_LARGEST_PAGE = 2_000_000
_LARGEST = 20_000_000  # bytes of drawing commands in all: what a page of text needs is some thousands
_MOST_OBJECTS = 200_000


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a PDF as one record; a page that cannot be read is skipped alone."""
    try:
        pypdf = import_module("pypdf")
    except ImportError:
        yield Skipped(f"pdf: {NOT_INSTALLED}")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs is not for our readers' terminal
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        reason = _refusal(reader, content)
    except Exception as error:  # the classes of what a broken PDF raises are many, and change
        yield Skipped(f"pdf: damaged ({type(error).__name__}: {str(error)[:120]})")
        return
    if reason:
        yield Skipped(f"pdf: {reason}")
        return
    texts, skipped = _pages(reader)
    yield from skipped
    text = tidy("\n".join(texts))
    if text:
        yield make(text, content, _MEDIA_TYPE)
    elif not skipped:
        yield Skipped("pdf: no text in it; pictures of pages are not read")


def _refusal(reader: PdfReader, content: bytes) -> str:
    """Why a PDF is not read, or ""."""
    if reader.is_encrypted:
        return "encrypted; save it without its password"
    if content.count(b" obj") > _MOST_OBJECTS:
        return f"more than {_MOST_OBJECTS:,} objects"
    pages = len(reader.pages)
    return f"{pages:,} pages, more than the limit of {_MOST_PAGES}" if pages > _MOST_PAGES else ""


def _pages(reader: PdfReader) -> tuple[list[str], list[Skipped]]:
    texts: list[str] = []
    skipped: list[Skipped] = []
    left = _LARGEST
    for number in range(len(reader.pages)):
        where = f"page {number + 1}"
        try:
            page = reader.pages[number]
            size = _size(page)
            left -= size
            if size > _LARGEST_PAGE or left < 0:
                skipped.append(Skipped(f"pdf: the page draws too much to be text ({size:,} bytes)", where))
            else:
                texts.append(page.extract_text().strip("\n"))
        except Exception as error:
            skipped.append(Skipped(f"pdf: the page is damaged ({type(error).__name__})", where))
    return texts, skipped


def _size(page: PageObject) -> int:
    """How many bytes of drawing commands a page has."""
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0
