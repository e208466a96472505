"""CSS selectors asked of a tree."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

# A tree makes one for itself when it is first asked, and parts with it at its end: for a page that is as long as three
# questions take.
_SELECTOR = LexborHTMLParser("").selector


def select(query: str, node: LexborNode) -> list[LexborNode]:
    """The elements of a tree that a selector finds, in their order; what two of a list of selectors find, twice."""
    return _SELECTOR.find(query, node)
