"""Giant HTML pages: the beginning goes to the parser, the rest is read in chunks without a tree, by patterns."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from archive.characters import count_characters
from archive.readers.html.html_block_tags import BREAK
from archive.readers.normalise import normalise_spaces
from archive.readers.raised_text import replace_raised

CHUNK_CHARS = 4_000_000
"""Characters of a chunk, or somewhat more; a shorter page is one chunk."""

# What makes a saved page large and is not shown: scripts, styles, comments, and inline pictures.
_INVISIBLE = re.compile(r"<(?:script\b(?![^<>]*ld\+json)|style\b|!--)", re.IGNORECASE)
_ENDS = {
    "<script": re.compile(r"</script\s*>", re.IGNORECASE),
    "<style": re.compile(r"</style\s*>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
_PICTURE = re.compile(r"\bdata:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=]*+")
_INVISIBLE_STARTS = (
    "<script",
    "<SCRIPT",
    "<style",
    "<STYLE",
    "<!--",
)  # faster to find than the pattern
_CELL = re.compile(r"</?[tT][dDhH]\b[^<>]*>")
_TAGS = re.compile(r"((?:</?+[a-zA-Z!?][^<>]*+>\s*+)++)")
_BETWEEN = re.compile(r">\s")
_MIN_CHARS_PER_TAG_RUN = 9  # characters per run of tags, its own included: what has fewer is no prose, and slow
_SAMPLE_CHARS = 100_000  # characters of a chunk
_MAX_DISTINCT_TAG_RUNS = 4_000  # runs of tags in a sample
_MAX_TAGS = 100_000  # of the beginning: bounds the time for parser and main block
_CUT_WINDOW_CHARS = 100_000  # characters in which a good place to cut is searched
_MAX_ENTITIES_ONE_BY_ONE = 1_000
_LINE_ENDS = "\n\r\f"
_COLLAPSING = (("  ", " "), ("\n ", "\n"), (" \n", "\n"), ("\n\n\n", "\n\n"))
_MAX_TAG_CHARS = 1_000
_BLANK = re.compile(rf"\s(?![^<>]{{0,{_MAX_TAG_CHARS}}}>)")  # in no tag


class PageChunk(NamedTuple):
    """A chunk of a giant page, and the separator before its text: a blank line, a space or nothing."""

    page: str
    joint: str


def split_giant_page(page: str) -> tuple[str, Iterator[PageChunk]]:
    """Split a page into its beginning and the chunks of the rest; one that is not giant is all beginning."""
    page = _strip_invisible(page) if _beginning_end(page) < len(page) else page
    if (start := _beginning_end(page)) >= len(page):
        return page, iter(())
    end, joint = _find_cut(page, start)
    return page[:end], _split_rest(page, end, joint)


def _beginning_end(page: str) -> int:
    """Where the beginning of a page ends that is parsed."""
    if len(page) <= _MAX_TAGS or count_characters(page, "<") <= _MAX_TAGS:
        return min(CHUNK_CHARS, len(page))
    return min(CHUNK_CHARS, next(islice(re.finditer("<", page), _MAX_TAGS, None)).start())


def append_rest(text: str, rest: Iterator[PageChunk]) -> str:
    """The text of a page's beginning, with the text of the rest."""
    kept = [text] if text else []
    for chunk in rest:
        if more := _chunk_text(chunk.page):
            kept += (chunk.joint, more) if kept else (more,)
    return "".join(kept)


def _split_rest(page: str, at: int, joint: str) -> Iterator[PageChunk]:
    while len(page) - at > CHUNK_CHARS:
        end, following = _find_cut(page, at + CHUNK_CHARS)
        yield PageChunk(page[at:end], joint)
        at, joint = end, following
    yield PageChunk(page[at:], joint)


def _chunk_text(page: str) -> str:
    """The text of a chunk, each block a paragraph, by patterns and without a tree."""
    for end in _LINE_ENDS:
        page = page.replace(end, " ")
    return _collapse_spaces(_unescape(_replace_tags(replace_raised(page)))).strip()


def _replace_tags(page: str) -> str:
    """Replace tags: blocks by blank lines; where there is little but tags, all of them."""
    if ">" not in page:
        return page
    if (page.count(">") - page.count("><")) * _MIN_CHARS_PER_TAG_RUN > len(page) or _has_too_many_tag_runs(page):
        return _TAGS.sub("\n\n", page)
    parts = _TAGS.split(page)
    distinct = set(parts[1::2])  # they are few: pages repeat their markup
    if len(distinct) > _MAX_DISTINCT_TAG_RUNS * CHUNK_CHARS // _SAMPLE_CHARS:
        return "\n\n".join(parts[::2])
    gaps = {run: _separator_for(run) for run in distinct}
    parts[1::2] = map(gaps.__getitem__, parts[1::2])
    return "".join(parts)


def _has_too_many_tag_runs(page: str) -> bool:
    """Whether hardly two runs of tags at the beginning of a chunk are alike: to classify each would be slow."""
    return len(set(_TAGS.findall(page, 0, _SAMPLE_CHARS))) > _MAX_DISTINCT_TAG_RUNS


def _separator_for(tags: str) -> str:
    """The separator that a run of tags leaves between words."""
    if BREAK.search(tags):
        return "\n\n"
    return " " if _CELL.search(tags) or _BETWEEN.search(tags) else ""


def _unescape(text: str) -> str:
    entities = text.count("&")
    if entities > _MAX_ENTITIES_ONE_BY_ONE:  # one by one they are slow
        body = LexborHTMLParser(text.replace("<", "&lt;")).body
        return body.text_lexbor() if body else ""
    return html.unescape(text) if entities else text


def _collapse_spaces(text: str) -> str:
    """One space between words and one blank line between paragraphs; `str.replace` is faster than patterns."""
    text = normalise_spaces(text)
    for many, few in _COLLAPSING:
        while many in text:
            text = text.replace(many, few)
    return text


def _find_cut(page: str, start: int) -> tuple[int, str]:
    """Where to cut, about at `start`: before a block, else at a blank, else at a tag, else anywhere."""
    stop = min(len(page), start + _CUT_WINDOW_CHARS)
    if block := BREAK.search(page, start, stop):
        return block.start(), "\n\n"
    if cell := _CELL.search(page, start, stop):
        return cell.start(), " "
    blank = _BLANK.search(page, start, stop + _MAX_TAG_CHARS)  # it looks so far for the end of a tag
    if blank and blank.start() < stop:
        return blank.start(), " "
    tag = page.find("<", start, stop)
    return (start if tag < 0 else tag), ""


def _strip_invisible(page: str) -> str:
    """A page without scripts, styles, comments and inline pictures; what is never closed stays."""
    if any(mark in page for mark in _INVISIBLE_STARTS):
        page = _strip_scripts(page)
    return _PICTURE.sub("", page) if ";base64," in page else page


def _strip_scripts(page: str) -> str:
    kept, at = [], 0
    never: set[str] = set()
    found = _INVISIBLE.search(page)
    while found:
        kind = found[0].lower()
        end = None if kind in never else _ENDS[kind].search(page, found.end())
        if end:
            kept.append(page[at : found.start()])
            at = end.end()
        else:
            never.add(kind)  # remembered, or a page of such openings would be searched to its end for each
        found = _INVISIBLE.search(page, end.end() if end else found.end())
    return "".join([*kept, page[at:]]) if kept else page
