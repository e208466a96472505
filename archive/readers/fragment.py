"""The text of a piece of HTML, as a feed, a JSON value or a mail carries it."""

from __future__ import annotations

from archive.readers.captions import take_captions
from archive.readers.flow import flow, parse, text_of
from archive.readers.giant_pages import divided, with_rest


def fragment_text(html: str) -> str:
    """The text of a piece of HTML; the captions of its pictures stand below it, a paragraph each."""
    beginning, rest = divided(html)
    return with_rest(_text(beginning), rest)


def _text(html: str) -> str:
    body = parse(html).body
    if body is None:
        return ""
    captions = dict.fromkeys(caption.text for caption in take_captions(body))
    return "\n\n".join(filter(None, (text_of(flow(body)), *captions)))
