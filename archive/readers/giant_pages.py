"""HTML larger than any page that was written: a beginning for the parser, and the rest read more simply, in pieces."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from archive.readers.flow import BLOCKS, spaced

PIECE = 4_000_000
"""Characters of a piece, or somewhat more; a page below that is one."""

# What a saved page is large by, and shows nobody: its programs, styles and remarks, and pictures written out.
_UNSHOWN = re.compile(r"<(?:script\b(?![^<>]*ld\+json)|style\b|!--)", re.IGNORECASE)
_ENDS = {
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
_PICTURE = re.compile(r"\bdata:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=]*+")
_MARKS = ("<script", "<SCRIPT", "<style", "<STYLE", "<!--")  # to look for what is not there by a pattern takes seconds
_BLOCK = re.compile(rf"</?(?=[a-zA-Z])(?:{'|'.join(sorted(BLOCKS))}|br)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile("</?[a-zA-Z!?][^<>]*>")
_NEAR = 100_000  # characters in which a good place for a cut is looked for
_MANY = 1_000
_MOST_TAGS = 50_000  # of a piece: text is mostly text, and a million empty blocks take three seconds
_BLANK = re.compile(r"\s(?![^<>]{0,1000}>)")  # in no tag


class Rest(NamedTuple):
    """A piece of a giant page, and what stands between its text and the one before: a blank line, a blank, nothing."""

    page: str
    joint: str


def divided(page: str) -> tuple[str, Iterator[Rest]]:
    """The beginning of a page, and the pieces of the rest; what is no giant, but for its pictures, is all beginning."""
    page = _shown(page) if len(page) > PIECE else page
    if len(page) <= PIECE:
        return page, iter(())
    end, joint = _cut(page, 0)
    return page[:end], _rests(page, end, joint)


def with_rest(text: str, rest: Iterator[Rest]) -> str:
    """The text of a page's beginning, and all text that follows."""
    kept = [text] if text else []
    for piece in rest:
        if more := _text(piece.page):
            kept += (piece.joint, more) if kept else (more,)
    return "".join(kept)


def _rests(page: str, at: int, joint: str) -> Iterator[Rest]:
    while len(page) - at > PIECE:
        end, following = _cut(page, at)
        yield Rest(page[at:end], joint)
        at, joint = end, following
    yield Rest(page[at:], joint)


def _text(page: str) -> str:
    """Each block's text is a paragraph: without a tree it takes a third of the time."""
    blocks = _BLOCK.split(page) if ">" in page and page.count("<") <= _MOST_TAGS else [page]
    paragraphs = (spaced(_untagged(each)) for each in blocks)
    return "\n\n".join(filter(None, paragraphs))


def _untagged(block: str) -> str:
    if "<" in block and ">" in block:
        block = _TAG.sub("", block)
    if (entities := block.count("&")) > _MANY:  # one by one they take a second for a million
        body = LexborHTMLParser(block.replace("<", "&lt;")).body
        return body.text_lexbor() if body else ""
    return html.unescape(block) if entities else block


def _cut(page: str, at: int) -> tuple[int, str]:
    """Where the piece that begins at `at` ends: before a block, else at a blank, else at a tag, else anywhere."""
    start, stop = at + PIECE, min(len(page), at + PIECE + _NEAR)
    if block := _BLOCK.search(page, start, stop):
        return block.start(), "\n\n"
    blank = _BLANK.search(page, start, stop)
    if blank:
        return blank.start(), " "
    tag = page.find("<", start, stop)
    return (start if tag < 0 else tag), ""


def _shown(page: str) -> str:
    """A page without what shows nothing; what is never closed stays."""
    if any(mark in page for mark in _MARKS):
        page = _spoken(page)
    return _PICTURE.sub("", page) if ";base64," in page else page


def _spoken(page: str) -> str:
    kept, at = [], 0
    never: set[str] = set()
    found = _UNSHOWN.search(page)
    while found:
        kind = found[0].lower()
        end = None if kind in never else _ENDS[kind].search(page, found.end())
        if end:
            kept.append(page[at : found.start()])
            at = end.end()
        else:
            never.add(kind)  # remembered, or a page of such openings would be searched to its end for each
        found = _UNSHOWN.search(page, end.end() if end else found.end())
    return "".join([*kept, page[at:]]) if kept else page
