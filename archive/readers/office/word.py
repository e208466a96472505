"""Reads Word documents (docx, ECMA-376): paragraphs and tables, by python-docx, which `dateline[office]` brings.

A document's properties are its writing program's: author and date are of the typing, so they are not stated.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Any

from archive.readers.normalise import tidy
from archive.readers.office.pdf import NOT_INSTALLED
from archive.readers.raised_text import write_raised
from archive.readers.records import make_record, make_stated
from archive.release import Record, Skipped
from archive.rules import rule

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T, _TABLE, _ROW = _W + "p", _W + "t", _W + "tbl", _W + "tr"
_STYLE, _OF_STYLE, _NAME, _VALUE, _ID = _W + "style", _W + "pStyle", _W + "name", _W + "val", _W + "styleId"
_RAISED = f"{_W}rPr/{_W}vertAlign"
_BREAK_TEXTS = {_W + "tab": " ", _W + "br": "\n", _W + "cr": "\n"}
_WRAPPERS = frozenset({_W + "sdt", _W + "sdtContent", _W + "ins", _W + "customXml", _W + "smartTag"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAX_TEXT_BYTES = 20_000_000  # bytes of the unpacked text parts; the text of a long book is three
_MAX_UNPACKED_BYTES = 300_000_000
_MAX_PARTS = 5000


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a document as one record."""
    try:
        docx = import_module("docx")
    except ImportError:
        yield Skipped(f"docx: {NOT_INSTALLED}")
        return
    try:
        reason = _refusal(content)
        document = None if reason else docx.Document(BytesIO(content))
    except Exception as error:  # the classes of what a broken document raises are many
        yield Skipped(f"docx: damaged ({_describe_error(error)})")
        return
    if document is None:
        yield Skipped(f"docx: {reason}")
        return
    skipped: list[Skipped] = []
    titles = _part(_titles, document, "styles", skipped)
    letterhead = _part(_letterhead, document, "header", skipped)
    blocks = _part(lambda _: _blocks(document.element.body), document, "body", skipped)
    yield from skipped
    yield make_record(
        tidy("\n\n".join([*letterhead, *blocks])),
        content,
        _MEDIA_TYPE,
        values=[make_stated("title", title, rule("title-style")) for title in titles[:1]],
    )


def _part(
    read_part: Callable[[Document], Iterator[str]], document: Document, where: str, skipped: list[Skipped]
) -> list[str]:
    """What a part says; one that is damaged is skipped alone."""
    try:
        return list(read_part(document))
    except Exception as error:  # the library raises what it likes where something that it counts on is missing
        skipped.append(Skipped(f"docx: damaged ({_describe_error(error)})", where))
        return []


def _refusal(content: bytes) -> str:
    """Why a document is not opened, or "": its unpacked size is checked before anything is unpacked."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        return "protected by a password; save it without one"
    text = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    for size, most, what in ((text, _MAX_TEXT_BYTES, "text"), (whole, _MAX_UNPACKED_BYTES, "all its parts")):
        if size > most:
            return (
                f"too large when unpacked: {size:,} bytes of {what}, the limit is {most:,}; split it into smaller ones"
            )
    return f"{len(parts):,} parts, more than the limit of {_MAX_PARTS:,}" if len(parts) > _MAX_PARTS else ""


def _titles(document: Document) -> Iterator[str]:
    """The paragraphs in the style that is made for titles."""
    # Not by the library's own `paragraph.style`, which looks through all styles for each paragraph.
    styles = {
        style.get(_ID)
        for style in document.styles.element.iter(_STYLE)
        if any(name.get(_VALUE) == "Title" for name in style.iterchildren(_NAME))
    }
    for style in document.element.body.iterfind(f"{_P}/*/{_OF_STYLE}"):
        if style.get(_VALUE) in styles:
            yield _words(style.getparent().getparent())


def _letterhead(document: Document) -> Iterator[str]:
    """The lines above the first page: who sends the release, and when it may be used."""
    if not len(document.sections):
        return
    section = document.sections[0]
    header = section.first_page_header if section.different_first_page_header_footer else section.header
    yield from _blocks(header._element)


def _blocks(root: Any) -> Iterator[str]:
    """The paragraphs and tables of a part in their order, a row of a table as one line.

    The library's own texts leave out what was inserted under tracked changes and what stands in a form's fields.
    """
    for spare in list(root.iter(_FALLBACK)):
        spare.getparent().remove(spare)  # the same text box once more, for older programs
    todo = list(reversed(root))
    while todo:
        block = todo.pop()
        if block.tag == _P:
            yield _words(block)
        elif block.tag == _TABLE:
            yield "\n".join(" ".join(filter(None, map(_words, row.iter(_P)))) for row in block.iterchildren(_ROW))
        elif block.tag in _WRAPPERS:
            todo += reversed(block)


def _describe_error(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}"


def _words(paragraph: Any) -> str:
    texts = [""]
    for node in paragraph.iter(_T, *_BREAK_TEXTS):
        text = _BREAK_TEXTS.get(node.tag) or node.text or ""
        texts.append(write_raised(texts[-1], text) if text and _is_raised(node.getparent()) else text)
    return "".join(texts)


def _is_raised(run: Any) -> bool:
    raised = run.find(_RAISED)
    return raised is not None and raised.get(_VALUE) == "superscript"
