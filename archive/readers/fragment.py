"""The text of a piece of HTML, as a feed, a JSON value or a mail carries it."""

from __future__ import annotations

from archive.readers.captions import take_captions
from archive.readers.flow import flow, parse, text_of


def fragment_text(html: str) -> str:
    """The text of a piece of HTML; the captions of its pictures stand below it, a paragraph each."""
    body = parse(html).body
    if body is None:
        return ""
    captions = dict.fromkeys(caption.text for caption in take_captions(body))
    return "\n\n".join(filter(None, (text_of(flow(body)), *captions)))
