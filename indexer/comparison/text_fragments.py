"""The text directive of an address, by which a browser marks a passage without us (WICG, URL Fragment Text Directives).

`#:~:text=prefix-,start,end,-suffix`. A browser looks for `start` within one paragraph, so a passage of several, or a
long one, is given by its first and its last words.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from indexer.results import Span

MAX_WHOLE_WORDS = 12
"""Words of a passage that is written out; a longer one is given by its ends."""

END_WORDS = 5

_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def text_fragment(text: str, span: Span, around: Span) -> str:
    """The fragment, with its `#`, for a span of a text; `around` is the span with a few words beside it."""
    paragraphs = [each.split() for each in _PARAGRAPH_BREAK.split(text[span.start : span.end])]
    if len(paragraphs) == 1 and len(paragraphs[0]) <= MAX_WHOLE_WORDS:
        parts = [_encode(paragraphs[0])]
    else:
        parts = [_encode(paragraphs[0][:END_WORDS]), _encode(paragraphs[-1][-END_WORDS:])]
    # Only what stands in the same paragraph: between two there may be anything on the page.
    before = _PARAGRAPH_BREAK.split(text[around.start : span.start])[-1].split()
    after = _PARAGRAPH_BREAK.split(text[span.end : around.end])[0].split()
    directive = [*([f"{_encode(before)}-"] if before else []), *parts, *([f"-{_encode(after)}"] if after else [])]
    return f"#:~:text={','.join(directive)}"


def _encode(words: list[str]) -> str:
    """Words with what is a sign of the directive, or of an address, in percent."""
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
