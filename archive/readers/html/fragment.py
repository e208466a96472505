"""The text and captions of an HTML fragment, as in a feed, a JSON value or a mail."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.readers.html.captions import extract_captions
from archive.readers.html.giant_pages import append_rest, split_giant_page
from archive.readers.html.html_text import extract_paragraphs, join_paragraphs, parse_html
from archive.readers.html.selecting import select

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|h[1-6]|strong|em|b|i|u|table|img|section|sup|sub)\b[^<>]*>", re.IGNORECASE
)

_CAPTION = "wp-caption-text"  # the class of one in a text made with WordPress


class Fragment(NamedTuple):
    """The text of an HTML fragment, and the captions of its pictures, each once."""

    text: str
    captions: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The text with the captions below it, a paragraph each."""
        return "\n\n".join(filter(None, (self.text, *self.captions))) if self.captions else self.text


def fragment_text(html: str) -> str:
    """The text of an HTML fragment, with the captions of its pictures below it, a paragraph each."""
    return read_fragment(html).whole


def read_fragment(html: str) -> Fragment:
    """Read the text and the captions of an HTML fragment; of a giant, all after its beginning is text."""
    beginning, rest = split_giant_page(strip_cdata_markers(html))
    fragment = _read_beginning(beginning)
    whole = append_rest(fragment.whole, rest)
    return fragment if whole == fragment.whole else Fragment(whole)


def has_markup(text: str) -> bool:
    """Whether a text that may be HTML is, by a tag that texts are laid out with."""
    return "<" in text and bool(_MARKUP.search(text))


def strip_cdata_markers(html: str) -> str:
    """HTML without CDATA markers: an HTML parser takes a CDATA section, text and all, for a comment."""
    if "<" not in html or "<![CDATA[" not in html:
        return html
    return html.replace("<![CDATA[", "").replace("]]>", "")


def _read_beginning(html: str) -> Fragment:
    body = parse_html(html).body
    if body is None:
        return Fragment("")
    marked = select(f".{_CAPTION}", body) if _CAPTION in html else ()
    captions = tuple(dict.fromkeys(caption.text for caption in extract_captions(body, marked)))
    return Fragment(join_paragraphs(extract_paragraphs(body)), captions)
