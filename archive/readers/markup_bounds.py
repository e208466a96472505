"""HTML that a parser reads in good time: its time grows with the square of the depth and of a tag's attributes."""

from __future__ import annotations

import re
from itertools import islice

from archive.readers.normal import words

_SHORT = 20_000  # characters of a page that takes no time, whatever it holds
_DEEPEST = 2000
_MOST_TAGS = 100_000
_MOST_ATTRIBUTES = 300
_WHOLE = re.compile(r"<(?:html|body)\b[^<>]*>?", re.IGNORECASE)
_LONG_TAG = re.compile(r"<([a-z][a-z0-9-]*)[^<>]{1000,}", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s]++))?""")
_NESTING = re.compile(r"<(/?)([a-z][a-z0-9-]*)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_FLAT = frozenset(
    words("""
        p br hr img li td th tr tbody thead dt dd option input meta link area col source wbr html
        body head
    """)
)


def bounded(html: str) -> str:
    """`html` as it is, but without what no page that was written has.

    What nests too deep is read without its tags (100,000 open elements take minutes), what has too many tags without
    those at its end, and a tag with too many attributes without them (100,000 take as long as the open elements).
    """
    if len(html) < _SHORT:
        return html
    if html.count("<") > _DEEPEST and _is_deep(html):
        html = _TAG.sub(" ", html)
    html = _first(_MOST_TAGS, _TAG, html)
    html = _first(_MOST_ATTRIBUTES, _WHOLE, html)  # each of them adds its attributes to the first one
    return _LONG_TAG.sub(_without_crowd, html) if _has_long_tag(html) else html


def _has_long_tag(html: str) -> bool:
    """Whether `_LONG_TAG` may find one; hardly a page has any, and to look at each tag by a pattern takes its time."""
    return any(len(piece) > 1000 and ">" not in piece[:1001] for piece in html.split("<"))


def _first(most: int, pattern: re.Pattern[str], html: str) -> str:
    """`html` with only the first so many of what `pattern` finds."""
    beyond = next(islice(pattern.finditer(html), most, None), None) if html.count("<") > most else None
    return html[: beyond.start()] + pattern.sub(" ", html[beyond.start() :]) if beyond else html


def _is_deep(html: str) -> bool:
    """Whether too many elements are open at once, leaving out those that HTML closes by itself."""
    depth = 0
    for found in _NESTING.finditer(html):
        closing, tag = found.groups()
        if tag.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def _without_crowd(found: re.Match[str]) -> str:
    """A tag as it is, or only its name where it has too many attributes."""
    attributes = _ATTRIBUTE.finditer(found[0])
    return f"<{found[1]} " if any(number > _MOST_ATTRIBUTES for number, _ in enumerate(attributes)) else found[0]
