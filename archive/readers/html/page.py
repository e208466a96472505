"""Reads HTML and XHTML pages: metadata, and the text of the main block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.readers.encoding import decode, find_declared_encoding, is_known_encoding
from archive.readers.html.giant_pages import append_rest, split_giant_page
from archive.readers.html.html_text import Paragraph, count_nonblank, extract_paragraphs, join_paragraphs, parse_html
from archive.readers.html.main_text import find_main_block
from archive.readers.html.page_fields import read_block_dates, read_page_fields
from archive.readers.normalise import comparison_key
from archive.readers.records import make_record, make_stated
from archive.release import Record, Skipped, Stated
from archive.rules import rule

# An XHTML page may write `<title/>` or `<script src="x"/>`, which an HTML parser takes for an element
# that is never closed, and the whole page with it.
_EMPTY_ELEMENT = re.compile(
    r"<((?:title|script|style|textarea|iframe|object|a|p|div|span|b|i|em|strong|td|li|ul)\b[^<>]*)/>",
    re.IGNORECASE,
)
# "PRINT | E-MAIL" above or below the text of pages made for paper.
_BUTTONS = re.compile(r"(?:print|e-?mail|share|tweet|pdf|download|text size|[\s|/+-])+", re.IGNORECASE)
_TAG_NAME = re.compile(r"\w+")


class PageText(NamedTuple):
    """The text of a page and what it states, and how its bytes were read."""

    text: str
    values: list[Stated]
    encoding: str
    notes: tuple[str, ...]
    media_type: str


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a page as one record."""
    page = read_page(content)
    yield make_record(page.text, content, page.media_type, values=page.values, encoding=page.encoding, notes=page.notes)


def read_page(content: bytes, declared: str = "") -> PageText:
    """Read the bytes of a page; `declared` is the encoding that was said beside it, which may be none."""
    decoded = decode(content, declared if is_known_encoding(declared) else find_declared_encoding(content))
    encoding, notes, pages = decoded.encoding, decoded.notes, [decoded.text]
    del decoded  # a giant with one emoji takes four bytes a character: it goes when its text has been read
    is_xml = pages[0].lstrip()[:5] == "<?xml"
    if is_xml:
        pages.append(_EMPTY_ELEMENT.sub(_close_empty_element, pages.pop()))
    text, values = text_and_fields(pages.pop())
    return PageText(text, values, encoding, notes, "application/xhtml+xml" if is_xml else "text/html")


def text_and_fields(html: str) -> tuple[str, list[Stated]]:
    """The text of a page's main block, without its headline, and all that the page states, its captions too.

    Of a giant that is said of its beginning; all text that follows stands behind.
    """
    beginning, rest = split_giant_page(html)
    del html  # the rest has it, and lets go of it at its end
    text, values = _read_tree(beginning)
    return append_rest(text, rest), values


def _read_tree(html: str) -> tuple[str, list[Stated]]:
    tree = parse_html(html)
    if tree.root is None:
        return "", []
    values, headlines = read_page_fields(tree.root)
    if tree.body is None:
        return "", values
    block, captions = find_main_block(tree.body, headlines)
    values += read_block_dates(block)
    values += [make_stated("caption", caption, rule("page-caption")) for caption in captions]
    return join_paragraphs(_drop_headline_and_links(extract_paragraphs(block), values)), values


def _drop_headline_and_links(paragraphs: list[Paragraph], values: list[Stated]) -> list[Paragraph]:
    """Leave out the headline, which is the title, and bare links before and after the text."""
    titles = {comparison_key(value.value) for value in values if value.field == "title"}
    kept = [
        paragraph
        for index, paragraph in enumerate(paragraphs)
        if not ((paragraph.tag == "h1" or index == 0) and comparison_key(paragraph.text) in titles)
        and not (paragraph.linked and _BUTTONS.fullmatch(paragraph.text))
    ]
    while kept and _is_bare_link(kept[-1]):
        kept.pop()
    while kept and _is_bare_link(kept[0]):
        kept.pop(0)
    return kept


def _is_bare_link(paragraph: Paragraph) -> bool:
    """A block of links and nothing else; a `p` that is a link is a sentence of the release."""
    return paragraph.tag != "p" and paragraph.linked >= count_nonblank(paragraph.text)


def _close_empty_element(found: re.Match[str]) -> str:
    name = _TAG_NAME.match(found[1])
    return f"<{found[1]}></{name[0]}>" if name else found[0]
