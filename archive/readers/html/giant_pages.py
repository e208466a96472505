"""HTML larger than any page that was written: a beginning for the parser, and the rest read more simply, in pieces."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from archive.characters import count_any
from archive.readers.html.html_block_tags import BREAK
from archive.readers.normalise import plain_blanks

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
_CELL = re.compile(r"</?[tT][dDhH]\b[^<>]*>")
_TAGS = re.compile(r"((?:</?+[a-zA-Z!?][^<>]*+>\s*+)++)")
_BETWEEN = re.compile(r">\s")
_DENSE = 9  # characters for each run of tags, its own with them: what has fewer is no prose, and takes seconds
_SAMPLE = 100_000  # characters of a piece
_MOST_DISTINCT = 4_000  # runs of tags in a sample
_MOST_TAGS = 100_000  # of a beginning; the parser takes a second for them, and looking for the main block another
_NEAR = 100_000  # characters in which a good place for a cut is looked for
_MANY = 1_000
_LINE_ENDS = "\n\r\f"
_FEWER = (("  ", " "), ("\n ", "\n"), (" \n", "\n"), ("\n\n\n", "\n\n"))
_LONG_TAG = 1_000
_BLANK = re.compile(rf"\s(?![^<>]{{0,{_LONG_TAG}}}>)")  # in no tag


class Rest(NamedTuple):
    """A piece of a giant page, and what stands between its text and the one before: a blank line, a blank, nothing."""

    page: str
    joint: str


def divided(page: str) -> tuple[str, Iterator[Rest]]:
    """The beginning of a page, and the pieces of the rest; what is no giant, but for its pictures, is all beginning."""
    page = _shown(page) if _end(page) < len(page) else page
    if (start := _end(page)) >= len(page):
        return page, iter(())
    end, joint = _cut(page, start)
    return page[:end], _rests(page, end, joint)


def _end(page: str) -> int:
    """Where the beginning of a page ends that is parsed."""
    if len(page) <= _MOST_TAGS or count_any(page, "<") <= _MOST_TAGS:
        return min(PIECE, len(page))
    return min(PIECE, next(islice(re.finditer("<", page), _MOST_TAGS, None)).start())


def with_rest(text: str, rest: Iterator[Rest]) -> str:
    """The text of a page's beginning, and all text that follows."""
    kept = [text] if text else []
    for piece in rest:
        if more := _text(piece.page):
            kept += (piece.joint, more) if kept else (more,)
    return "".join(kept)


def _rests(page: str, at: int, joint: str) -> Iterator[Rest]:
    while len(page) - at > PIECE:
        end, following = _cut(page, at + PIECE)
        yield Rest(page[at:end], joint)
        at, joint = end, following
    yield Rest(page[at:], joint)


def _text(page: str) -> str:
    """Each block's text is a paragraph: without a tree it takes a third of the time."""
    for end in _LINE_ENDS:
        page = page.replace(end, " ")
    return _tidied(_unescaped(_untagged(page))).strip()


def _untagged(page: str) -> str:
    """A page's text with blank lines for the blocks; where there is little but tags, for all of them."""
    if ">" not in page:
        return page
    if (page.count(">") - page.count("><")) * _DENSE > len(page) or _is_scraps(page):
        return _TAGS.sub("\n\n", page)
    parts = _TAGS.split(page)
    distinct = set(parts[1::2])  # they are few: pages say the same again and again
    if len(distinct) > _MOST_DISTINCT * PIECE // _SAMPLE:
        return "\n\n".join(parts[::2])
    gaps = {run: _gap(run) for run in distinct}
    parts[1::2] = map(gaps.__getitem__, parts[1::2])
    return "".join(parts)


def _is_scraps(page: str) -> bool:
    """Whether hardly two runs of tags at the beginning of a piece are alike: to ask each would take seconds."""
    return len(set(_TAGS.findall(page, 0, _SAMPLE))) > _MOST_DISTINCT


def _gap(tags: str) -> str:
    """What a run of tags leaves between the words around it."""
    if BREAK.search(tags):
        return "\n\n"
    return " " if _CELL.search(tags) or _BETWEEN.search(tags) else ""


def _unescaped(text: str) -> str:
    entities = text.count("&")
    if entities > _MANY:  # one by one they take a second for a million
        body = LexborHTMLParser(text.replace("<", "&lt;")).body
        return body.text_lexbor() if body else ""
    return html.unescape(text) if entities else text


def _tidied(text: str) -> str:
    """One blank between words and one blank line between paragraphs; replacing is the fastest there is."""
    text = plain_blanks(text)
    for many, few in _FEWER:
        while many in text:
            text = text.replace(many, few)
    return text


def _cut(page: str, start: int) -> tuple[int, str]:
    """Where a piece ends, about at `start`: before a block, else at a blank, else at a tag, else anywhere."""
    stop = min(len(page), start + _NEAR)
    if block := BREAK.search(page, start, stop):
        return block.start(), "\n\n"
    if cell := _CELL.search(page, start, stop):
        return cell.start(), " "
    blank = _BLANK.search(page, start, stop + _LONG_TAG)  # it looks so far for the end of a tag
    if blank and blank.start() < stop:
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
