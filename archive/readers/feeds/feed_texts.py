"""Chooses the full text of a feed item among summaries and teasers, and its captions."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

from archive.readers.encoding import decode
from archive.readers.feeds.feed_elements import Elements, inner_markup
from archive.readers.html import Fragment, has_markup, read_fragment
from archive.readers.normalise import comparison_key, split_words, tidy

_FULL = split_words("encoded content fulltext full-text body div")
# In the order of trust: what RSS and Atom have, then what is made for players of sound and film.
_SHORT = split_words("""
        description summary abstract excerpt:encoded itunes:summary googleplay:description itunes:subtitle media:text
    """)
_RANK = {**dict.fromkeys(_FULL, 0), **{name: rank for rank, name in enumerate(_SHORT, 1)}}
_CAPTION = "media:description"
_PLAIN = frozenset(("text", "text/plain", "plain"))
_ENTITY = re.compile(r"&#?\w+;")
# Where a teaser breaks off, and the little that may follow: "[...] Read the whole story".
_CUT_OFF = re.compile(r"\.{3}|…")
_MAX_REST_CHARS = 80


class ItemTexts(NamedTuple):
    """The text of an item, and the captions of its pictures that are no part of it."""

    text: str
    captions: tuple[str, ...] = ()


def choose_texts(elements: Elements) -> ItemTexts:
    """Choose the text of an item among those of its elements.

    The text is what is declared as the full text, or else the first of the shorter ones. A text that another begins
    with is a teaser of it, and goes. Of the shorter ones one that is longer than the full text, and not in it, is kept
    below it: it may be the text after all. A caption is the text only where there is no other.
    """
    kept: list[str] = []
    captions: list[str] = []
    for rank, element in _rank_texts(elements):
        fragment = _read(element)
        if fragment.text:
            _add_text(kept, fragment.whole, is_full=rank == 0)
        else:
            captions += fragment.captions
    captions += [text for name, each in elements if name == _CAPTION and (text := _read(each).whole)]
    text = "\n\n".join(kept)
    if not text:
        return ItemTexts("\n\n".join(dict.fromkeys(captions)))
    return ItemTexts(text, tuple(caption for caption in captions if not _contains(text, caption)))


def _rank_texts(elements: Elements) -> list[tuple[int, etree._Element]]:
    """What may be the text, best first: full texts in the order of the item, then shorter ones."""
    return sorted(((_RANK[name], each) for name, each in elements if name in _RANK), key=itemgetter(0))


def _add_text(kept: list[str], text: str, is_full: bool) -> None:
    """Add a text to the kept ones, unless one contains it; those that it contains are dropped."""
    if any(_contains(other, text) for other in kept):
        return
    if not kept or is_full or len(text) > _length(kept):
        kept[:] = [*(other for other in kept if not _contains(text, other)), text]


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _contains(text: str, other: str) -> bool:
    """Whether a text contains the letters of another, up to where that is cut off."""
    cut = _CUT_OFF.search(other, max(0, len(other) - _MAX_REST_CHARS))
    return comparison_key(other[: cut.start()] if cut else other) in comparison_key(text)


def _read(element: etree._Element) -> Fragment:
    """The text of an element. Atom declares what it holds (RFC 4287, 4.1.3; Atom 0.3 also its transfer encoding)."""
    kind, text = (element.get("type") or "").lower().partition(";")[0].strip(), inner_markup(element)
    if not _is_text(kind):
        return Fragment("")
    if (element.get("mode") or "").lower() == "base64":
        text = _decode_base64(text)
    if kind in _PLAIN and not has_markup(text) and not _ENTITY.search(text):
        return Fragment(tidy(text))
    return read_fragment(text)


def _is_text(kind: str) -> bool:
    """Whether a type is that of a text: one of Atom's own words ("html") or a media type of text or XML."""
    return "/" not in kind or kind.startswith("text/") or kind.endswith("xml")


def _decode_base64(text: str) -> str:
    try:
        return decode(binascii.a2b_base64(text)).text
    except ValueError:
        return text
