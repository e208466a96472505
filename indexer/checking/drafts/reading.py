"""The text of a draft, read like any file; block quotations of Markdown and HTML keep their edges."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.readers import read
from archive.release import Record, Skipped
from indexer.checking.errors import DraftNotRead

# Two characters without a meaning (private use) stand for the edges of a block quotation while a reader reads it.
_OPEN, _CLOSE = "\ue000", "\ue001"
_EDGES = re.compile(f"[{_OPEN}{_CLOSE}]")
_QUOTED_LINES = re.compile(r"(?:^[ \t]{0,3}>.*(?:\n|\Z))+", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE)
_BLOCK_TAG = re.compile(rb"<blockquote\b[^<>]*>|</blockquote\s*>", re.IGNORECASE)
_MARKDOWN, _HTML = (".md", ".markdown", ".txt", ".text", ""), (".html", ".htm", ".xhtml")


class DraftText(NamedTuple):
    """A text, and the offsets of its block quotations in it."""

    text: str
    blocks: tuple[tuple[int, int], ...] = ()


def read_draft_text(content: bytes, name: str) -> DraftText:
    """Read a draft.

    Args:
        content: its bytes.
        name: its file name; the suffix says how it is read, "" for a text.

    Raises:
        DraftNotRead: no reader reads it, or there is no text in it.
    """
    suffix = re.sub(r".*(?=\.)|.*", "", name.lower(), count=1) if "." in name else ""
    outcomes = list(read(_mark_blocks(content, suffix), name or "draft.txt"))
    texts = [_with_title(each) for each in outcomes if isinstance(each, Record)]
    if not texts:
        reasons = [each.reason for each in outcomes if isinstance(each, Skipped)]
        raise DraftNotRead(name, reasons[0] if reasons else "no text in it")
    return _take_out_edges("\n\n".join(texts))


def read_typed_text(text: str) -> DraftText:
    """Read a draft that was typed: plain text, in which lines that begin with `>` are block quotations."""
    return _take_out_edges(_mark_lines(_EDGES.sub("", text)))


def _mark_blocks(content: bytes, suffix: str) -> bytes:
    if suffix in _HTML:
        return _BLOCK_TAG.sub(
            lambda tag: b"&#xE001;" + tag[0] if tag[0].startswith(b"</") else tag[0] + b"&#xE000;", content
        )
    if suffix in _MARKDOWN and b">" in content:
        try:
            return _mark_lines(content.decode("utf-8-sig").replace("\r\n", "\n")).encode()
        except UnicodeDecodeError:
            return content
    return content


def _mark_lines(text: str) -> str:
    """The text with block quotations between edges, without the signs that begin their lines."""
    return _QUOTED_LINES.sub(lambda block: f"{_OPEN}{_LINE_MARK.sub('', block[0]).strip()}{_CLOSE}\n", text)


def _with_title(record: Record) -> str:
    """The text of a record, its title before it where that is no part of it."""
    titles = [each.value for each in record.stated if each.field == "title" and each.value not in record.text]
    return "\n\n".join([*titles[:1], record.text])


def _take_out_edges(marked: str) -> DraftText:
    text, blocks, opened = "", [], -1
    at = 0
    for edge in _EDGES.finditer(marked):
        text += marked[at : edge.start()]
        if edge[0] == _OPEN:
            opened = len(text)
        elif opened >= 0:
            blocks.append((opened, len(text)))
            opened = -1
        at = edge.end()
    return DraftText(text + marked[at:], tuple(block for block in blocks if block[0] < block[1]))
