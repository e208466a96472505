"""CSS selectors asked of a tree."""

from __future__ import annotations

import threading

from selectolax.lexbor import LexborHTMLParser, LexborNode


class _Selector(threading.local):
    """One for each thread. A tree makes its own when it is first asked, which takes as long as ten of our questions."""

    def __init__(self) -> None:
        self.find = LexborHTMLParser("").selector.find


_SELECTOR = _Selector()


def select(query: str, node: LexborNode) -> list[LexborNode]:
    """The elements of a tree that a selector finds, in their order; what two of a list of selectors find, twice."""
    return _SELECTOR.find(query, node)
