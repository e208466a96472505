"""Limits the depth and attributes of HTML, whose parsing time is quadratic in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from archive.characters import count_characters
from archive.readers.html.html_block_tags import BREAK
from archive.readers.normalise import split_words

_MAX_UNCHECKED_CHARS = 20_000  # characters of a page that is fast whatever it holds
_MAX_UNCHECKED_ATTRIBUTES_CHARS = 50_000  # characters of one that is fast even if all of it is attributes
_MAX_DEPTH = 2000
_MAX_ATTRIBUTES = 300
_WHOLE = re.compile(r"<(?:[Hh][Tt][Mm][Ll]|[Bb][Oo][Dd][Yy])\b[^<>]*>?")  # without IGNORECASE `<` is looked for quickly
_LONG_TAG_CHARS = 1000  # characters of a tag that is looked into
_LONG_TAG = re.compile(rf"<([a-z][a-z0-9-]*)[^<>]{{{_LONG_TAG_CHARS},}}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s]++))?""")
_NESTING = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_NOT_BR = re.compile(r"<(?!br>)[^<>]*>")
_FLAT = frozenset(
    split_words("""
        p br hr img li td th tr tbody thead dt dd option input meta link area col source wbr html
        body head
    """)
)


def limit_markup(html: str) -> str:
    """`html` with limited depth and attributes; ordinary pages stay as they are.

    What nests too deep loses its tags, but its paragraphs stay apart; a tag with too many attributes loses them.
    """
    if len(html) < _MAX_UNCHECKED_CHARS:
        return html
    tags = count_characters(html, "<")
    if tags > _MAX_DEPTH and _is_deep(html):
        html = _NOT_BR.sub(" ", BREAK.sub("<br><br>", html))
    if len(html) < _MAX_UNCHECKED_ATTRIBUTES_CHARS:
        return html
    if tags > _MAX_ATTRIBUTES:
        html = _keep_first(_MAX_ATTRIBUTES, _WHOLE, html)  # each of them adds its attributes to the first one
    return _limit_attributes(html)


def _limit_attributes(html: str) -> str:
    """`html` with its long tags limited in attributes."""
    parts, done = [], 0
    for at in _long_tags(html):
        if found := _LONG_TAG.match(html, at):
            parts += [html[done:at], _limit_attributes_of_tag(found)]
            done = found.end()
    return "".join([*parts, html[done:]]) if parts else html


def _long_tags(html: str) -> Iterator[int]:
    """Where a tag may be long, found in leaps: a page has hardly one, and to look at each tag takes its time."""
    at = html.find("<")
    while at >= 0:
        start, end = at + 1, at + 1 + _LONG_TAG_CHARS
        last = html.rfind(">", start, end)  # before it no tag begins that goes on beyond the window
        if last < 0:
            last = html.rfind("<", start, end)
        if last < 0 and html[at] == "<":
            yield at
        at = last if last >= 0 else html.find("<", at + 1)


def _keep_first(most: int, pattern: re.Pattern[str], html: str) -> str:
    """`html` with only the first so many of what `pattern` finds."""
    beyond = next(islice(pattern.finditer(html), most, None), None)
    return html[: beyond.start()] + pattern.sub(" ", html[beyond.start() :]) if beyond else html


def _is_deep(html: str) -> bool:
    """Whether too many elements are open at once, leaving out those that HTML closes by itself."""
    depth = 0
    for found in _NESTING.finditer(html):
        closing, tag = found.groups()
        if tag.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > _MAX_DEPTH:
                return True
    return False


def _limit_attributes_of_tag(found: re.Match[str]) -> str:
    """A tag as it is, or only its name where it has too many attributes."""
    attributes = _ATTRIBUTE.finditer(found[0])
    return f"<{found[1]} " if any(number > _MAX_ATTRIBUTES for number, _ in enumerate(attributes)) else found[0]
