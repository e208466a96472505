"""The block elements of HTML, and a pattern for their tags in unparsed pages."""

from __future__ import annotations

import re
from itertools import groupby

from archive.readers.normalise import split_words

BLOCKS = frozenset(
    split_words("""
        address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption
        figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre
        section summary table tbody tfoot thead tr ul caption
    """)
)


def _by_first_letter(names: set[str]) -> str:
    """A pattern for any of these names, grouped by first letter, which is faster."""
    groups = groupby(sorted(names), lambda name: name[0])
    return "|".join(f"[{first}{first.upper()}](?i:{'|'.join(name[1:] for name in group)})" for first, group in groups)


BREAK = re.compile(rf"</?(?:{_by_first_letter({*BLOCKS, 'br'})})\b[^<>]*>")
"""A tag that ends a paragraph, or a line."""
